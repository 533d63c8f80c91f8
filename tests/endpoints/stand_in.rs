//! Stand-ins for services. What each takes, how it answers and what becomes of a copy is a file in
//! `services/`; the same serve the tests in process and those in a browser (`tests/e2e`).

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

/// A request as it arrives.
pub struct Received {
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

pub struct StandIn {
    pub name: String,
    row: Value,
    /// Where the service is, as pages are told, and the other host that it may lead to.
    service: String,
    elsewhere: String,
    tickets: usize,
    latest: String,
    kept: Vec<(String, Value)>,
    /// How many preflights came.
    pub preflights: usize,
}

/// Every stand-in, to be placed at an address.
pub fn all() -> Vec<StandIn> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/endpoints/services");
    let files = fs::read_dir(folder).expect("the folder can be read").flatten();
    let mut all: Vec<StandIn> = files
        .map(|file| {
            let text = fs::read_to_string(file.path()).expect("the file can be read");
            let name = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let row = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            StandIn {
                name,
                row,
                service: String::new(),
                elsewhere: String::new(),
                tickets: 0,
                latest: String::new(),
                kept: Vec::new(),
                preflights: 0,
            }
        })
        .collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

impl StandIn {
    /// At these addresses, of the service itself and of the other host that it leads to.
    pub fn is_at(&mut self, service: &str, elsewhere: &str) {
        (self.service, self.elsewhere) = (service.to_owned(), elsewhere.to_owned());
    }

    /// The endpoint as a page gives it.
    pub fn configuration(&self) -> String {
        self.filled(&self.row["configuration"]).to_string()
    }

    /// Whether it only takes what comes from its own site.
    pub fn is_of_the_site(&self) -> bool {
        self.row["sameOrigin"] == true
    }

    pub fn answers_preflights(&self) -> bool {
        self.row["preflight"].is_object()
    }

    pub fn tells_copies(&self) -> bool {
        self.row["copies"].is_string()
    }

    /// What it may say while something is wrong with it, and what that means.
    pub fn troubles(&self) -> Vec<(Value, String)> {
        let troubles = self.row["troubles"].as_array().into_iter().flatten();
        let means =
            |row: &Value| row["means"].as_str().expect("a trouble means something").to_owned();
        troubles.map(|row| (row.clone(), means(row))).collect()
    }

    /// The envelopes that it has.
    pub fn kept(&self) -> Vec<Value> {
        self.kept.iter().map(|(_, envelope)| envelope.clone()).collect()
    }

    /// What it answers; nothing where the page itself is asked for.
    pub fn answer(&mut self, request: &Received) -> Option<Answer> {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        if request.method == "OPTIONS" {
            self.preflights += 1;
            let takes = self.answers_preflights();
            let reply = json!({ "status": if takes { 204 } else { 405 }, "headers": self.row["preflight"] });
            return Some(self.said(&reply, request));
        }
        let ticket = self.row["ticket"].clone();
        if request.method == "GET" && ticket["path"] == path {
            self.tickets += 1;
            let body = self.filled(&ticket["body"]).to_string();
            return Some(self.replied(&json!({ "status": 200, "body": body }), request));
        }
        if request.method == "GET" {
            let page = self.row["pages"][path].clone();
            return page.is_object().then(|| self.replied(&page, request));
        }
        let outcome = match self.taken(request, path, query) {
            Some(true) => "new",
            Some(false) if self.row["copy"].is_object() => "copy",
            Some(false) => "new",
            None => "unfit",
        };
        let reply = self.row[outcome].clone();
        Some(self.replied(&reply, request))
    }

    /// The reply of a row, with what it allows to other origins.
    pub fn replied(&self, reply: &Value, request: &Received) -> Answer {
        let mut answer = self.said(reply, request);
        let allowed = self.said(&json!({ "status": 0, "headers": self.row["cors"] }), request);
        answer.headers.extend(allowed.headers);
        answer
    }

    fn said(&self, reply: &Value, request: &Received) -> Answer {
        let asked = header(request, "access-control-request-headers").unwrap_or_default();
        let origin = header(request, "origin").unwrap_or("null");
        let words = |value: &Value| {
            let text = self.filled(value).as_str().unwrap_or_default().to_owned();
            text.replace("{asked}", asked).replace("{origin}", origin)
        };
        let headers = reply["headers"].as_object().into_iter().flatten();
        Answer {
            status: reply["status"].as_u64().and_then(|it| it.try_into().ok()).expect("a status"),
            headers: headers.map(|(name, value)| (name.clone(), words(value))).collect(),
            body: words(&reply["body"]),
        }
    }

    /// Whether it was new; nothing where the service would not have it.
    fn taken(&mut self, request: &Received, path: &str, query: &str) -> Option<bool> {
        let takes = self.row["takes"].clone();
        let (body, last) = read(request, takes["body"].as_str()?)?;
        let envelope = match body.pointer(takes["envelope"].as_str()?)? {
            Value::String(text) => serde_json::from_str(text).ok()?,
            envelope => envelope.clone(),
        };
        self.latest = envelope["submissionId"].as_str()?.to_owned();
        let method = takes["method"].as_str().unwrap_or("POST");
        let wanted = self.filled(&takes["query"]);
        if request.method != method
            || takes["path"] != path
            || wanted.as_str().unwrap_or("") != query
        {
            return None;
        }
        for (name, value) in takes["headers"].as_object().into_iter().flatten() {
            let given = header(request, name)?;
            let given = if name == "content-type" { given.split(';').next()? } else { given };
            if self.filled(value) != given {
                return None;
            }
        }
        for (pointer, value) in takes["fields"].as_object().into_iter().flatten() {
            if body.pointer(pointer) != Some(&self.filled(value)) {
                return None;
            }
        }
        if takes["last"].is_string() && takes["last"] != last {
            return None;
        }
        let key = match self.row["copies"].as_str() {
            None => self.kept.len().to_string(),
            Some(place) => match place.strip_prefix("header:") {
                Some(name) => header(request, name)?.to_owned(),
                None => body.pointer(place)?.as_str()?.to_owned(),
            },
        };
        let known = self.kept.iter().any(|(known, _)| *known == key);
        if !known {
            self.kept.push((key, envelope));
        }
        Some(!known)
    }

    /// A part of the row with what is known only now.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::from(
                text.replace("{service}", &self.service)
                    .replace("{elsewhere}", &self.elsewhere)
                    .replace("{tickets}", &self.tickets.to_string())
                    .replace("{id}", &self.latest),
            ),
            Value::Object(map) => {
                map.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect()
            }
            other => other.clone(),
        }
    }
}

fn header<'r>(request: &'r Received, name: &str) -> Option<&'r str> {
    let found = request.headers.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// The body as an object, and the name of its last field where it has fields.
fn read(request: &Received, kind: &str) -> Option<(Value, String)> {
    let fields = match kind {
        "json" => return Some((serde_json::from_str(&request.body).ok()?, String::new())),
        "form" => {
            let pairs = request.body.split('&').map(|pair| pair.split_once('='));
            let pairs = pairs.map(|pair| pair.map(|(name, it)| (unescape(name), unescape(it))));
            pairs.collect::<Option<Vec<(String, String)>>>()?
        }
        "multipart" => parts(request)?,
        other => panic!("no body is called {other}"),
    };
    let last = fields.last()?.0.clone();
    Some((fields.into_iter().map(|(name, value)| (name, Value::from(value))).collect(), last))
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex = [rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                u8::from_str_radix(&String::from_utf8_lossy(&hex), 16).unwrap_or_default()
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads multipart/form-data (RFC 7578), in the order of the parts.
fn parts(request: &Received) -> Option<Vec<(String, String)>> {
    let boundary = header(request, "content-type")?.split_once("boundary=")?.1;
    let body = request.body.strip_suffix(&format!("--{boundary}--\r\n"))?;
    let mut parts = Vec::new();
    for part in body.split(&format!("--{boundary}\r\n")).skip(1) {
        let (head, value) = part.strip_suffix("\r\n")?.split_once("\r\n\r\n")?;
        let name = head.split_once("name=\"")?.1.split_once('"')?.0;
        parts.push((name.to_owned(), value.to_owned()));
    }
    Some(parts)
}
