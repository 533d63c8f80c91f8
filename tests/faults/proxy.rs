//! What stands between a device and the receiver, and does everything that a network, a proxy or a
//! tired server does, in an order that a seed decides.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// SplitMix64.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Passes,
    CutBeforeCommit,
    CutAfterCommit,
    HangsBeforeCommit,
    HangsAfterCommit,
    Drips,
    ClientError,
    ServerError,
    ServerErrorAfterCommit,
    TooMany,
    Garbage,
    Redirect,
}

const FATES: [Fate; 12] = [
    Fate::Passes,
    Fate::CutBeforeCommit,
    Fate::CutAfterCommit,
    Fate::HangsBeforeCommit,
    Fate::HangsAfterCommit,
    Fate::Drips,
    Fate::ClientError,
    Fate::ServerError,
    Fate::ServerErrorAfterCommit,
    Fate::TooMany,
    Fate::Garbage,
    Fate::Redirect,
];

pub struct Proxy {
    pub address: String,
    calm: Arc<AtomicBool>,
    met: Arc<Mutex<Vec<Fate>>>,
}

impl Proxy {
    pub fn before(receiver: &str, seed: u64) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let receiver = receiver.to_owned();
        let calm = Arc::new(AtomicBool::new(false));
        let met = Arc::new(Mutex::new(Vec::new()));
        let (is_calm, meets) = (Arc::clone(&calm), Arc::clone(&met));
        thread::spawn(move || {
            let mut chance = Chance(seed);
            for stream in listener.incoming().flatten() {
                let fate = match is_calm.load(Ordering::SeqCst) || chance.percent(45) {
                    true => Fate::Passes,
                    // Hanging costs real time, so it is rare.
                    false => match FATES[1 + chance.below(FATES.len() - 1)] {
                        Fate::HangsBeforeCommit | Fate::HangsAfterCommit if chance.percent(85) => {
                            Fate::CutAfterCommit
                        }
                        fate => fate,
                    },
                };
                meets.lock().unwrap().push(fate);
                let receiver = receiver.clone();
                thread::spawn(move || carry(&stream, &receiver, fate));
            }
        });
        Proxy { address, calm, met }
    }

    /// From now on everything passes.
    pub fn calms_down(&self) {
        self.calm.store(true, Ordering::SeqCst);
    }

    /// Which fates there were so far.
    pub fn met(&self) -> Vec<Fate> {
        let mut met = self.met.lock().unwrap().clone();
        met.sort_unstable();
        met.dedup();
        met
    }
}

fn carry(stream: &TcpStream, receiver: &str, fate: Fate) -> io::Result<()> {
    let request = read(stream)?;
    let mut out = stream;
    match fate {
        Fate::CutBeforeCommit => Ok(()),
        Fate::HangsBeforeCommit => wait(stream),
        Fate::ClientError => out.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"),
        Fate::ServerError => {
            out.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 3\r\n\r\n<p>")
        }
        Fate::TooMany => {
            out.write_all(b"HTTP/1.1 429 Slow\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n")
        }
        Fate::Garbage => out.write_all(b"\x16\x03\x01\x02\x00 this is no HTTP\r\n\r\n"),
        Fate::Redirect => out.write_all(
            b"HTTP/1.1 302 Found\r\nlocation: http://hotel.example/\r\ncontent-length: 0\r\n\r\n",
        ),
        Fate::Passes => out.write_all(&forward(receiver, &request)?),
        Fate::CutAfterCommit => forward(receiver, &request).map(drop),
        Fate::HangsAfterCommit => {
            forward(receiver, &request)?;
            wait(stream)
        }
        Fate::ServerErrorAfterCommit => {
            forward(receiver, &request)?;
            out.write_all(b"HTTP/1.1 504 Gateway Timeout\r\ncontent-length: 0\r\n\r\n")
        }
        Fate::Drips => {
            for byte in forward(receiver, &request)? {
                out.write_all(&[byte])?;
                thread::yield_now();
            }
            Ok(())
        }
    }
}

/// Says nothing until the other side has enough.
fn wait(mut stream: &TcpStream) -> io::Result<()> {
    stream.read(&mut [0]).map(drop)
}

fn read(stream: &TcpStream) -> io::Result<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let (mut request, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(given) = line.to_lowercase().strip_prefix("content-length:") {
            length = given.trim().parse().unwrap_or(0);
        }
        request.extend_from_slice(line.as_bytes());
        if line == "\r\n" || line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    request.extend(body);
    Ok(request)
}

fn forward(receiver: &str, request: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(receiver)?;
    stream.write_all(request)?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply)?;
    Ok(reply)
}
