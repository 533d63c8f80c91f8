//! Services at the other end, over HTTP: the stand-ins of `tests/endpoints`, which first say what they
//! say while something is wrong, then lose a reply, and then work.

#[path = "../../endpoints/stand_in.rs"]
mod stand_in;

use std::collections::VecDeque;
use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

use super::http::Message;
use stand_in::{Answer, Received};

pub struct StandIn {
    service: stand_in::StandIn,
    /// What it still says instead of working.
    troubles: VecDeque<Value>,
    loses_a_reply: bool,
    /// How many times something was handed in.
    pub attempts: usize,
}

/// Every stand-in.
pub fn services() -> Vec<StandIn> {
    let service = |service: stand_in::StandIn| {
        let troubles = service.troubles().into_iter();
        let passing = troubles.filter(|(_, means)| means != "refused").map(|(reply, _)| reply);
        StandIn { troubles: passing.collect(), loses_a_reply: true, attempts: 0, service }
    };
    stand_in::all().into_iter().map(service).collect()
}

impl StandIn {
    pub fn name(&self) -> &str {
        &self.service.name
    }

    pub fn configuration(&self) -> String {
        self.service.configuration()
    }

    pub fn kept(&self) -> Vec<Value> {
        self.service.kept()
    }

    pub fn tells_copies(&self) -> bool {
        self.service.tells_copies()
    }

    /// Whether a preflight came that it does not answer.
    pub fn was_asked_in_vain(&self) -> bool {
        !self.service.answers_preflights() && self.service.preflights > 0
    }

    /// How often something must be handed in until a reply arrives.
    pub fn patience(&self) -> usize {
        self.troubles.len() + usize::from(self.loses_a_reply) + 1
    }

    /// Nothing where the page itself is asked for; an empty answer is one that is lost.
    fn hears(&mut self, request: &Received) -> Option<Option<Answer>> {
        let is_delivery = request.method == "POST" || request.method == "PUT";
        if !is_delivery {
            return self.service.answer(request).map(Some);
        }
        self.attempts += 1;
        if let Some(reply) = self.troubles.pop_front() {
            return Some(Some(self.service.replied(&reply, request)));
        }
        let answer = self.service.answer(request);
        if std::mem::take(&mut self.loses_a_reply) {
            return Some(None);
        }
        Some(answer)
    }
}

/// Serves a page in which `ENDPOINT` stands for the service's configuration, under a policy that lets
/// it reach the service and nothing else. The page is at another origin than the service, unless that
/// takes only what its own site sends.
pub fn serve(page: &str, service: &Arc<Mutex<StandIn>>, site: &Path) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("the address of the service").port();
    let here = format!("http://127.0.0.1:{port}");
    // Another origin than both, for services that lead to another host.
    let other = TcpListener::bind(("127.0.0.2", port)).expect("the same port of the other host");
    let elsewhere = format!("http://127.0.0.2:{port}");
    let mut stand_in = service.lock().expect("no thread panicked");
    stand_in.service.is_at(&here, &elsewhere);
    let host = Arc::new(Host {
        page: page.replace("ENDPOINT", &stand_in.configuration().replace('"', "&quot;")),
        policy: format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self'; \
             connect-src 'self' {here} {elsewhere}; require-trusted-types-for 'script'"
        ),
        site: site.to_owned(),
        service: Arc::clone(service),
    });
    for listener in [listener, other] {
        let host = Arc::clone(&host);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let host = Arc::clone(&host);
                thread::spawn(move || host.converses(&stream));
            }
        });
    }
    match stand_in.service.is_of_the_site() {
        true => here,
        false => format!("http://localhost:{port}"),
    }
}

struct Host {
    page: String,
    policy: String,
    site: PathBuf,
    service: Arc<Mutex<StandIn>>,
}

impl Host {
    fn converses(&self, stream: &TcpStream) -> io::Result<()> {
        let Some(message) = Message::read(stream)? else { return Ok(()) };
        let mut words = message.head[0].split_whitespace().map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let headers = message.head.iter().skip(1).filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, it)| (name.to_lowercase(), it.trim().to_owned()));
        let request = Received {
            method,
            target,
            headers: headers.collect(),
            body: String::from_utf8_lossy(&message.body).into_owned(),
        };
        let heard = self.service.lock().expect("no thread panicked").hears(&request);
        match heard {
            None => self.file(&request.target).write(stream)?,
            Some(Some(answer)) => said(answer).write(stream)?,
            // It has it, but its reply is lost.
            Some(None) => {}
        }
        stream.shutdown(Shutdown::Both)
    }

    fn file(&self, target: &str) -> Message {
        let path = target.split('?').next().unwrap_or_default();
        let kind = match path.rsplit_once('.').map(|(_, kind)| kind) {
            Some("js") => "text/javascript",
            Some("svg") => "image/svg+xml",
            Some("json") => "application/json",
            Some("wasm") => "application/wasm",
            _ => "text/html",
        };
        let file = match path {
            "/" => Ok(self.page.as_bytes().to_vec()),
            path => std::fs::read(self.site.join(path.trim_start_matches('/'))),
        };
        let Ok(body) = file else { return message(404, Vec::new(), Vec::new()) };
        let headers = [("Content-Type", kind), ("Content-Security-Policy", self.policy.as_str())];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        message(200, headers.into(), body)
    }
}

fn said(answer: Answer) -> Message {
    message(answer.status, answer.headers, answer.body.into_bytes())
}

fn message(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Message {
    let mut head = vec![format!("HTTP/1.1 {status} As told")];
    head.extend(headers.into_iter().map(|(name, value)| format!("{name}: {value}")));
    head.push(format!("Content-Length: {}", body.len()));
    head.push(String::from("Connection: close"));
    Message { head, body }
}
