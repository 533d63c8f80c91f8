//! The line between the respondent and the receiver, which can be cut at any moment.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::http::Message;

/// What becomes of a submission that is sent over the line. Pages always pass.
#[derive(Clone, Copy)]
pub enum Fate {
    Passes,
    /// The connection breaks before the receiver hears anything.
    CutOnTheWay,
    /// The receiver has stored it, but its reply never arrives.
    CutOnTheWayBack,
    /// Something else answers with this status, and wants to be left alone for an hour.
    Answered(u16),
    /// Something else answers, and not by HTTP.
    Garbage,
    /// A sign-in page wants to be seen first.
    Redirected,
    /// Nothing answers for a long moment. For ever would leave the browser no connection to load the
    /// next page by, since it opens six to a host.
    Hangs,
}

#[derive(Clone)]
pub struct Line {
    port: u16,
    state: Arc<Mutex<State>>,
}

struct State {
    receiver: u16,
    fate: Fate,
    sent: Vec<Vec<u8>>,
}

impl Line {
    pub fn to(receiver: u16) -> Line {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("the address of the line").port();
        let state = Arc::new(Mutex::new(State { receiver, fate: Fate::Passes, sent: Vec::new() }));
        let line = Line { port, state };
        let listening = line.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let line = listening.clone();
                thread::spawn(move || line.carry(&stream));
            }
        });
        line
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What happens to submissions from now on.
    pub fn submissions_are(&self, fate: Fate) {
        self.state.lock().expect("no thread panicked").fate = fate;
    }

    /// How many times a submission was sent so far.
    pub fn attempts(&self) -> usize {
        self.state.lock().expect("no thread panicked").sent.len()
    }

    fn carry(&self, stream: &TcpStream) -> io::Result<()> {
        let Some(request) = Message::read(stream)? else { return Ok(()) };
        let is_submission = request.head[0].starts_with("POST ");
        let (receiver, fate) = {
            let mut state = self.state.lock().expect("no thread panicked");
            if is_submission {
                state.sent.push(request.body.clone());
            }
            (state.receiver, if is_submission { state.fate } else { Fate::Passes })
        };
        match fate {
            Fate::CutOnTheWay => {}
            Fate::Answered(status) => answer(stream, status)?,
            Fate::Garbage => (&*stream).write_all(b"\x16\x03\x01 this is no HTTP\r\n\r\n")?,
            Fate::Redirected => (&*stream).write_all(
                b"HTTP/1.1 302 Found\r\nLocation: /index.html\r\nContent-Length: 0\r\n\r\n",
            )?,
            Fate::Hangs => {
                stream.set_read_timeout(Some(Duration::from_secs(1)))?;
                let _ = (&*stream).read(&mut [0]);
            }
            Fate::Passes | Fate::CutOnTheWayBack => {
                let reply = forward(receiver, request)?;
                if matches!(fate, Fate::Passes) {
                    (&*stream).write_all(&reply)?;
                }
            }
        }
        stream.shutdown(Shutdown::Both)
    }
}

fn forward(receiver: u16, request: Message) -> io::Result<Vec<u8>> {
    let mut onward = TcpStream::connect(("127.0.0.1", receiver))?;
    request.with("Connection", "close").write(&onward)?;
    let mut reply = Vec::new();
    onward.read_to_end(&mut reply)?;
    Ok(reply)
}

fn answer(stream: &TcpStream, status: u16) -> io::Result<()> {
    let body = br#"{"status":"invalid","issues":[]}"#;
    let head = [
        format!("HTTP/1.1 {status} As told"),
        String::from("Content-Type: application/json"),
        format!("Content-Length: {}", body.len()),
        String::from("Retry-After: 3600"),
        String::from("Connection: close"),
    ];
    Message { head: head.into(), body: body.into() }.write(stream)
}
