//! Stand-ins for services that take forms and webhooks: each as its documentation says.

use std::collections::BTreeMap;

use askwell::formats::Request;
use serde_json::{Value, json};

use super::ID;

pub struct Outcome {
    pub status: u16,
    pub body: String,
    /// Whether the answer comes after a redirect.
    pub redirected: bool,
}

pub trait Service {
    /// The endpoint as a page gives it.
    fn configuration(&self) -> String;
    /// Whether browsers may send it headers of their own.
    fn answers_preflights(&self) -> bool;
    /// Whether a second copy is told from a second submission.
    fn tells_copies(&self) -> bool;
    /// What the page asks for just before it sends.
    fn ticket(&self) -> Option<String> {
        None
    }
    fn take(&mut self, request: &Request, url: &str) -> Outcome;
    /// The envelopes that it has.
    fn kept(&self) -> Vec<String>;
}

fn answer(status: u16, body: impl ToString) -> Outcome {
    Outcome { status, body: body.to_string(), redirected: false }
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let found = request.headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.as_str())
}

fn is_kind(request: &Request, kind: &str) -> bool {
    header(request, "content-type").is_some_and(|given| given.split(';').next() == Some(kind))
}

/// A service that is one function over what it has.
struct StandIn {
    configuration: Value,
    preflights: bool,
    copies: bool,
    ticket: Option<Value>,
    take: fn(&Request, &str, &mut BTreeMap<String, String>) -> Outcome,
    kept: BTreeMap<String, String>,
}

impl Service for StandIn {
    fn configuration(&self) -> String {
        self.configuration.to_string()
    }

    fn answers_preflights(&self) -> bool {
        self.preflights
    }

    fn tells_copies(&self) -> bool {
        self.copies
    }

    fn ticket(&self) -> Option<String> {
        self.ticket.as_ref().map(Value::to_string)
    }

    fn take(&mut self, request: &Request, url: &str) -> Outcome {
        (self.take)(request, url, &mut self.kept)
    }

    fn kept(&self) -> Vec<String> {
        self.kept.values().cloned().collect()
    }
}

pub fn services() -> Vec<Box<dyn Service>> {
    let make = |configuration, preflights, copies, take| StandIn {
        configuration,
        preflights,
        copies,
        ticket: None,
        take,
        kept: BTreeMap::new(),
    };
    let url = "https://service.example/in";
    let plain = |format: &str| json!({"format": format, "url": url});
    let supabase = json!({"format": "supabase", "url": "https://x.supabase.co/rest/v1/submissions", "key": "sb_publishable_1"});
    let xapi = json!({"format": "xapi", "url": "https://proxy.example/xapi/statements",
        "activity": "https://example.com/surveys/tour", "score": "nps"});
    let s3 = json!({"format": "s3", "ticket": "/ticket", "prefix": "submissions/"});
    let ticket = json!({"url": "https://bucket.s3.amazonaws.com/", "fields": {
        "policy": "eyJleHAiOiIyMDI2In0=", "x-amz-signature": "00ff", "success_action_status": "201"}});
    let all = vec![
        make(plain("json"), true, true, receiver),
        make(plain("text"), false, true, text),
        make(plain("apps-script"), false, true, apps_script),
        make(plain("form"), false, false, form),
        make(plain("multipart"), false, false, multipart),
        make(plain("formspree"), true, false, formspree),
        make(json!({"format": "netlify", "url": "/", "form": "survey"}), false, false, netlify),
        make(plain("n8n"), true, true, n8n),
        make(plain("hook"), false, true, hook),
        make(supabase, true, true, supabase_table),
        make(xapi, true, true, record_store),
        StandIn { ticket: Some(ticket), ..make(s3, true, true, bucket) },
        make(plain("opaque"), false, true, hook),
    ];
    all.into_iter().map(|service| Box::new(service) as Box<dyn Service>).collect()
}

type Kept = BTreeMap<String, String>;

/// Keeps one per key, and says whether it was new.
fn keep(kept: &mut Kept, key: &str, envelope: &str) -> bool {
    kept.insert(key.to_owned(), envelope.to_owned()).is_none()
}

/// Keeps everything that comes, as services do that know no ids.
fn pile(kept: &mut Kept, envelope: &str) {
    let key = kept.len().to_string();
    kept.insert(key, envelope.to_owned());
}

fn submission_id(envelope: &str) -> Option<String> {
    let envelope: Value = serde_json::from_str(envelope).ok()?;
    Some(envelope["submissionId"].as_str()?.to_owned())
}

fn receiver(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    if !is_kind(request, "application/json") || header(request, "idempotency-key") != Some(ID) {
        return answer(415, "");
    }
    let new = keep(kept, ID, &request.body);
    answer(if new { 201 } else { 200 }, "{}")
}

fn text(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let Some(id) = submission_id(&request.body) else { return answer(400, "") };
    keep(kept, &id, &request.body);
    answer(200, "{}")
}

/// Runs `doPost`, then leads to where its output can be read by GET.
fn apps_script(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let Some(id) = submission_id(&request.body) else { return answer(200, "<html>Error</html>") };
    keep(kept, &id, &request.body);
    Outcome { redirected: true, ..answer(200, json!({ "submissionId": id })) }
}

fn unescape(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap()
            }
            other => other,
        });
    }
    String::from_utf8(bytes).unwrap()
}

fn urlencoded(request: &Request) -> Option<BTreeMap<String, String>> {
    if !is_kind(request, "application/x-www-form-urlencoded") {
        return None;
    }
    let pairs = request.body.split('&').map(|pair| pair.split_once('='));
    pairs.map(|pair| pair.map(|(name, value)| (unescape(name), unescape(value)))).collect()
}

/// What a table in a spreadsheet would show.
fn is_readable(fields: &BTreeMap<String, String>) -> bool {
    let is = |name: &str, value: &str| fields.get(name).is_some_and(|given| given == value);
    is("survey", "tour")
        && is("recommend", "9")
        && is("liked", "guide|meals")
        && is("parts.bus", "4")
        && is("score.nps", "9")
        && is("context.booking", "B-1")
}

fn form(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    match urlencoded(request).filter(is_readable) {
        Some(fields) => {
            pile(kept, &fields["submission"]);
            answer(200, "ok")
        }
        None => answer(400, ""),
    }
}

/// Reads multipart/form-data (RFC 7578), in the order of the parts.
fn parts(request: &Request) -> Option<Vec<(String, String)>> {
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

fn multipart(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let fields: Option<BTreeMap<String, String>> =
        parts(request).map(|parts| parts.into_iter().collect());
    match fields.filter(is_readable) {
        Some(fields) => {
            pile(kept, &fields["submission"]);
            answer(204, "")
        }
        None => answer(400, ""),
    }
}

/// JSON only for those who ask for it; the others are led to a page.
fn formspree(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let fields: Result<BTreeMap<String, String>, _> = serde_json::from_str(&request.body);
    if header(request, "accept") != Some("application/json") {
        return Outcome { redirected: true, ..answer(200, "<html>Thanks!</html>") };
    }
    match fields.ok().filter(is_readable) {
        Some(fields) => {
            pile(kept, &fields["submission"]);
            answer(200, json!({"ok": true}))
        }
        None => answer(400, json!({"errors": []})),
    }
}

fn netlify(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let fields = urlencoded(request).filter(is_readable);
    match fields.filter(|fields| fields.get("form-name").is_some_and(|name| name == "survey")) {
        Some(fields) => {
            pile(kept, &fields["submission"]);
            answer(200, "<html>Thank you!</html>")
        }
        None => answer(404, ""),
    }
}

/// A webhook node and a node that removes duplicates by the header.
fn n8n(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let Some(key) = header(request, "idempotency-key") else { return answer(500, "") };
    keep(kept, key, &request.body);
    answer(200, json!({"message": "Workflow was started"}))
}

fn hook(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let Some(id) = submission_id(&request.body) else { return answer(400, "") };
    keep(kept, &id, &request.body);
    answer(200, json!({"status": "success"}))
}

/// PostgREST with a unique column: without `on_conflict` or the preference a copy is a 409.
fn supabase_table(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let row: Value = serde_json::from_str(&request.body).unwrap();
    let key = Some("sb_publishable_1");
    let bearer = header(request, "authorization").and_then(|it| it.strip_prefix("Bearer "));
    if header(request, "apikey") != key || bearer != key {
        return answer(401, "");
    }
    let prefer = header(request, "prefer").unwrap_or_default();
    if prefer.contains("return=representation") {
        return answer(401, "no policy lets anybody read");
    }
    let ignores = prefer.contains("resolution=ignore-duplicates")
        && request
            .way
            .address
            .as_deref()
            .is_some_and(|it| it.ends_with("?on_conflict=submission_id"));
    let id = row["submission_id"].as_str().unwrap();
    let new = keep(kept, id, &row["envelope"].to_string());
    answer(if new || ignores { 201 } else { 409 }, "")
}

/// xAPI 1.0.3, 2.1.1: PUT with `statementId`; the same statement again is a 204, another one a 409.
fn record_store(request: &Request, _: &str, kept: &mut Kept) -> Outcome {
    let address = request.way.address.as_deref().unwrap_or_default();
    if !request.way.put || header(request, "x-experience-api-version") != Some("1.0.3") {
        return answer(400, "");
    }
    let statement: Value = serde_json::from_str(&request.body).unwrap();
    if !address.ends_with(&format!("?statementId={ID}")) || statement["id"] != ID {
        return answer(400, "");
    }
    let complete =
        ["actor", "verb", "object", "timestamp"].iter().all(|name| !statement[name].is_null());
    if !complete || statement["result"]["score"]["raw"] != 9 {
        return answer(400, "");
    }
    let extensions = statement["result"]["extensions"].as_object().unwrap();
    let (name, envelope) = extensions.iter().next().unwrap();
    assert!(name.starts_with("https://"), "extensions are named by addresses");
    let envelope = envelope.to_string();
    match kept.get(ID) {
        Some(known) if *known != envelope => answer(409, ""),
        _ => {
            keep(kept, ID, &envelope);
            answer(204, "")
        }
    }
}

/// Fields before the file, the file last, and the key that the policy allows.
fn bucket(request: &Request, url: &str, kept: &mut Kept) -> Outcome {
    assert_eq!(url, "https://bucket.s3.amazonaws.com/");
    let Some(parts) = parts(request) else { return answer(400, "") };
    let value =
        |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let Some((last, file)) = parts.last() else { return answer(400, "") };
    let allowed = value("key").is_some_and(|key| key.starts_with("submissions/"));
    if last != "file" || !allowed || value("policy").is_none() || value("x-amz-signature").is_none()
    {
        return answer(403, "");
    }
    keep(kept, &value("key").unwrap(), file);
    answer(201, "")
}
