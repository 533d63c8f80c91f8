//! To an endpoint, one submission after the other, as a device would send them.

use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::{Fate, Refusal, opened};
use crate::cli::doctor::exchange::Exchange;
use crate::cli::lines;
use crate::outbox::{Failure, Reply, Verdict, judge};
use crate::seal::{OpeningKey, is_sealed};
use crate::server::time;
use crate::value::Value;

/// How often a submission is tried before the rest is left for another time.
const TRIES: u32 = 5;

/// The longest wait between two tries.
const LONGEST: Duration = Duration::from_secs(60);

/// What an endpoint refused, in its own words where it is a receiver of ours.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Refused<'a> {
    submission_id: &'a str,
    status: &'a str,
    code: u16,
    #[serde(skip_serializing_if = "Value::is_null")]
    issues: Value,
}

/// Sends submissions and notes what became of each; stops, with the reason, where the endpoint takes
/// nothing more for now.
pub fn bring(
    bodies: Vec<String>,
    address: &str,
    key: Option<&OpeningKey>,
    fates: &mut Vec<Fate>,
) -> Result<Option<String>, String> {
    let exchange = Exchange::new();
    for body in bodies {
        let envelope: Value = serde_json::from_str(&body).unwrap_or_default();
        let id = envelope.get("submissionId").and_then(Value::as_text).unwrap_or_default();
        let body = match opened(body, key) {
            Ok(body) => body,
            Err(status) => {
                let refusal = Refusal { submission_id: Some(id), status, line: None };
                fates.push(Fate::Refused(lines::json(&refusal)?));
                continue;
            }
        };
        let sealed = key.is_none() && is_sealed(&envelope);
        match send(&exchange, address, id, &body, sealed)? {
            Ok(fate) => fates.push(fate),
            Err(reason) => return Ok(Some(reason)),
        }
    }
    Ok(None)
}

fn send(
    exchange: &Exchange,
    address: &str,
    id: &str,
    body: &str,
    sealed: bool,
) -> Result<Result<Fate, String>, String> {
    let headers = [("content-type", "application/json"), ("idempotency-key", id)];
    let mut reason = String::new();
    for attempt in 1..=TRIES {
        let (reply, text) = match exchange.send("POST", address, &headers, body) {
            Ok(answer) => {
                let retry_after = answer.header("retry-after").map(str::to_owned);
                let (status, body) = (answer.status, answer.body);
                (Reply::Answer { status, retry_after, body: body.clone() }, body)
            }
            Err(error) => {
                reason = error;
                (Reply::Unreachable, String::new())
            }
        };
        match judge(&reply, time::now().ms) {
            Verdict::Acknowledged => {
                let said: Value = serde_json::from_str(&text).unwrap_or_default();
                let said = said.get("status").and_then(Value::as_text);
                let is_known = matches!(reply, Reply::Answer { status: 409, .. })
                    || said == Some("already-stored");
                let sealed = sealed && said.is_none_or(|said| said == "stored-sealed");
                return Ok(Ok(if is_known { Fate::Known } else { Fate::New { sealed } }));
            }
            Verdict::Retry { failure, wait_ms } => {
                if let Failure::Status(status) = failure {
                    reason = format!("it answers {status}");
                }
                if attempt < TRIES {
                    let wait = wait_ms.map_or(Duration::from_secs(1 << attempt), |wait| {
                        Duration::from_millis(wait as u64)
                    });
                    thread::sleep(wait.min(LONGEST));
                }
            }
            Verdict::Paused(failure) | Verdict::Quarantined(failure) => {
                return refused(id, failure, &text).map(Ok);
            }
            Verdict::Unverified | Verdict::Busy => {}
        }
    }
    Ok(Err(reason))
}

fn refused(id: &str, failure: Failure, text: &str) -> Result<Fate, String> {
    let said: Value = serde_json::from_str(text).unwrap_or_default();
    let status = said.get("status").and_then(Value::as_text).unwrap_or("refused");
    let Failure::Status(code) = failure else { return Err(format!("no answer about {id}")) };
    // The issues of a receiver of ours are ids and codes; what others say may repeat answers.
    let issues = match status {
        "invalid" => said.get("issues").cloned().unwrap_or_default(),
        _ => Value::Null,
    };
    Ok(Fate::Refused(lines::json(&Refused { submission_id: id, status, code, issues })?))
}
