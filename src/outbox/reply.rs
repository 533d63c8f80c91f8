//! What an endpoint's reply means.

use std::fmt;

use super::backoff::{LONGEST_WAIT_MS, wait_ms};
use crate::value::Value;

/// What came of sending an entry.
#[derive(Clone, PartialEq)]
pub enum Reply {
    /// The endpoint answered; `body` may be cut after some kilobytes.
    Answer { status: u16, retry_after: Option<String>, body: String },
    /// No connection, no permission by CORS or CSP, or no answer in time: browsers do not tell
    /// which.
    Unreachable,
    /// The endpoint, or something on the way such as a hotel's sign-in page, pointed elsewhere.
    Redirected,
    /// It went out, but whether it was taken cannot be read.
    Opaque,
    /// It was not sent: another tab is sending it right now.
    Busy,
    /// It was not sent: another tab has delivered it.
    Elsewhere,
}

/// Why an entry is not delivered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Unreachable,
    Redirected,
    /// The HTTP status of the answer.
    Status(u16),
}

impl Failure {
    /// A status as a number, the others by name.
    pub fn to_value(self) -> Value {
        match self {
            Failure::Unreachable => Value::from("unreachable"),
            Failure::Redirected => Value::from("redirected"),
            Failure::Status(status) => Value::from(i32::from(status)),
        }
    }

    /// The inverse of [`Failure::to_value`].
    pub fn from_value(value: &Value) -> Option<Self> {
        match (value.as_text(), value.as_number()) {
            (Some("unreachable"), _) => Some(Failure::Unreachable),
            (Some("redirected"), _) => Some(Failure::Redirected),
            (_, Some(status)) => Some(Failure::Status(status as u16)),
            _ => None,
        }
    }
}

/// What a reply means for the entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// Delivered.
    Acknowledged,
    /// To be sent again, after `wait_ms` where the endpoint asked for it.
    Retry { failure: Failure, wait_ms: Option<f64> },
    /// To be sent again after its owner mended something.
    Paused(Failure),
    /// Refused for good.
    Quarantined(Failure),
    /// Sent; nobody can say whether it arrived.
    Unverified,
    /// Not sent this time.
    Busy,
}

impl Verdict {
    /// What to note as the last failure.
    pub fn failure(self) -> Option<Failure> {
        match self {
            Verdict::Retry { failure, .. }
            | Verdict::Paused(failure)
            | Verdict::Quarantined(failure) => Some(failure),
            Verdict::Acknowledged | Verdict::Unverified | Verdict::Busy => None,
        }
    }
}

/// Judges a reply that came at a moment in milliseconds since 1970.
///
/// | reply | verdict |
/// |---|---|
/// | 2xx | acknowledged, whatever the body: the status is the rule |
/// | 409 | acknowledged, since an endpoint that knows the id has it; but quarantined where the body says `"status": "conflict"`, as our own receiver does where the id came with other content (to the same again it says 200) |
/// | 401, 403, 407 | paused |
/// | a page of HTML with another 4xx but 409, 410, 415 and 422 | paused: some proxy, firewall or hotel on the way says so, not the endpoint |
/// | 408, 425, 429, 5xx | retry, after `Retry-After` where given |
/// | 413 and any other 4xx | quarantined: it would be refused again |
/// | redirect, 1xx, 3xx | retry: following a redirect would turn POST into GET and take a sign-in page's 200 for an acknowledgement |
/// | unreachable | retry |
/// | opaque | unverified |
///
/// ```
/// use askwell::outbox::{judge, Failure, Reply, Verdict};
/// let answer = |status, body: &str| Reply::Answer { status, retry_after: None, body: body.into() };
/// assert_eq!(judge(&answer(200, "<p>garbage"), 0.0), Verdict::Acknowledged);
/// assert_eq!(judge(&answer(409, "duplicate key"), 0.0), Verdict::Acknowledged);
/// let conflict = judge(&answer(409, r#"{"status": "conflict"}"#), 0.0);
/// assert_eq!(conflict, Verdict::Quarantined(Failure::Status(409)));
/// ```
pub fn judge(reply: &Reply, now_ms: f64) -> Verdict {
    let (status, retry_after, body) = match reply {
        Reply::Answer { status, retry_after, body } => (*status, retry_after.as_deref(), body),
        Reply::Unreachable => {
            return Verdict::Retry { failure: Failure::Unreachable, wait_ms: None };
        }
        Reply::Redirected => return Verdict::Retry { failure: Failure::Redirected, wait_ms: None },
        Reply::Opaque => return Verdict::Unverified,
        Reply::Busy => return Verdict::Busy,
        Reply::Elsewhere => return Verdict::Acknowledged,
    };
    let failure = Failure::Status(status);
    match status {
        200..=299 => Verdict::Acknowledged,
        409 if !is_conflict(body) => Verdict::Acknowledged,
        401 | 403 | 407 => Verdict::Paused(failure),
        408 | 425 | 429 => retry(failure, retry_after, now_ms),
        409 | 410 | 415 | 422 => Verdict::Quarantined(failure),
        // No endpoint that takes submissions writes pages to a program.
        400..=499 if body.trim().starts_with('<') => Verdict::Paused(failure),
        400..=499 => Verdict::Quarantined(failure),
        _ => retry(failure, retry_after, now_ms),
    }
}

fn retry(failure: Failure, retry_after: Option<&str>, now_ms: f64) -> Verdict {
    let wait = retry_after.and_then(|text| wait_ms(text, now_ms));
    Verdict::Retry { failure, wait_ms: wait.map(|wait| wait.min(LONGEST_WAIT_MS / 2.0)) }
}

fn is_conflict(body: &str) -> bool {
    let body = Value::from_json(body);
    body.is_some_and(|body| body.get("status").and_then(Value::as_text) == Some("conflict"))
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // An endpoint may echo what it was sent.
            Reply::Answer { status, .. } => write!(f, "Answer({status})"),
            Reply::Unreachable => f.write_str("Unreachable"),
            Reply::Redirected => f.write_str("Redirected"),
            Reply::Opaque => f.write_str("Opaque"),
            Reply::Busy => f.write_str("Busy"),
            Reply::Elsewhere => f.write_str("Elsewhere"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> Reply {
        Reply::Answer { status, retry_after: None, body: String::new() }
    }

    #[test]
    fn every_status_has_one_verdict() {
        for status in 0..1000 {
            let failure = Failure::Status(status);
            let expected = match status {
                200..=299 | 409 => Verdict::Acknowledged,
                401 | 403 | 407 => Verdict::Paused(failure),
                408 | 425 | 429 => Verdict::Retry { failure, wait_ms: None },
                400..=499 => Verdict::Quarantined(failure),
                _ => Verdict::Retry { failure, wait_ms: None },
            };
            assert_eq!(judge(&answer(status), 0.0), expected, "{status}");
        }
    }

    #[test]
    fn a_page_of_a_proxy_is_no_refusal() {
        let page = |status, body: &str| {
            let body = body.to_owned();
            judge(&Reply::Answer { status, retry_after: None, body }, 0.0)
        };
        let html = "\n<!doctype html><title>Not here</title>";
        for status in [400, 403, 404, 405, 407, 413, 451] {
            assert_eq!(page(status, html), Verdict::Paused(Failure::Status(status)), "{status}");
        }
        for status in [410, 415, 422] {
            assert_eq!(page(status, html), Verdict::Quarantined(Failure::Status(status)));
        }
        let own = r#"{"status": "too-large"}"#;
        assert_eq!(page(413, own), Verdict::Quarantined(Failure::Status(413)));
        assert_eq!(page(409, html), Verdict::Acknowledged);
    }

    #[test]
    fn an_endpoint_may_ask_for_patience_but_not_for_ever() {
        let ask = |text: &str| {
            let retry_after = Some(text.to_owned());
            match judge(&Reply::Answer { status: 503, retry_after, body: String::new() }, 0.0) {
                Verdict::Retry { wait_ms, .. } => wait_ms,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(ask("120"), Some(120_000.0));
        assert_eq!(ask("Thu, 01 Jan 1970 00:01:00 GMT"), Some(60_000.0));
        assert_eq!(ask("soon"), None);
        assert_eq!(ask("99999999"), Some(LONGEST_WAIT_MS / 2.0));
    }

    #[test]
    fn debug_does_not_echo_the_body() {
        let reply = Reply::Answer { status: 422, retry_after: None, body: "late bus".into() };
        assert_eq!(format!("{reply:?}"), "Answer(422)");
    }
}
