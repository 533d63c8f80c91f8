//! As much of HTTP/1.1 as the tests need: one message in, one message out.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than anything that works may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request or a response: its head, line by line, and its body.
pub struct Message {
    pub head: Vec<String>,
    pub body: Vec<u8>,
}

impl Message {
    /// `None` where the other side hung up without saying anything.
    pub fn read(stream: &TcpStream) -> io::Result<Option<Message>> {
        let mut reader = BufReader::new(stream);
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            match line.trim_end() {
                "" => break,
                line => head.push(line.to_owned()),
            }
        }
        let mut message = Message { head, body: Vec::new() };
        let length = message.header("content-length").and_then(|length| length.parse().ok());
        message.body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut message.body)?;
        Ok(Some(message))
    }

    pub fn write(&self, mut stream: &TcpStream) -> io::Result<()> {
        let mut bytes = self.head.join("\r\n").into_bytes();
        bytes.extend_from_slice(b"\r\n\r\n");
        bytes.extend_from_slice(&self.body);
        stream.write_all(&bytes)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The same message with a header set.
    pub fn with(mut self, name: &str, value: &str) -> Message {
        let is_it = |line: &String| {
            line.split(':').next().is_some_and(|key| key.eq_ignore_ascii_case(name))
        };
        self.head.retain(|line| !is_it(line));
        self.head.push(format!("{name}: {value}"));
        self
    }
}

/// Asks and gets the reply.
pub fn call(port: u16, request: &Message) -> io::Result<Message> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    request.write(&stream)?;
    Message::read(&stream)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}
