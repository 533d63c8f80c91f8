//! Somebody else's site: pages of its own under a policy of its own, and a copy of the loader.

use std::io::{self, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

use super::http::Message;

/// Serves one page at every address that is no file of the site, under a content security policy.
pub fn serve(page: String, policy: String, site: &Path) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("the address of the site").port();
    let site = site.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (page, policy, site) = (page.clone(), policy.clone(), site.clone());
            thread::spawn(move || answer(&stream, &page, &policy, &site));
        }
    });
    port
}

fn answer(stream: &TcpStream, page: &str, policy: &str, site: &Path) -> io::Result<()> {
    let Some(request) = Message::read(stream)? else { return Ok(()) };
    let path = request.head[0].split_whitespace().nth(1).unwrap_or("/");
    let file: PathBuf = site.join(path.trim_start_matches('/'));
    let (kind, body) = match std::fs::read(&file) {
        Ok(bytes) if path.ends_with(".js") => ("text/javascript", bytes),
        Ok(bytes) if path.ends_with(".svg") => ("image/svg+xml", bytes),
        _ => ("text/html", page.as_bytes().to_vec()),
    };
    let head = [
        String::from("HTTP/1.1 200 OK"),
        format!("Content-Type: {kind}"),
        format!("Content-Security-Policy: {policy}"),
        format!("Content-Length: {}", body.len()),
        String::from("Connection: close"),
    ];
    Message { head: head.into(), body }.write(stream)?;
    (&*stream).flush()?;
    stream.shutdown(Shutdown::Both)
}
