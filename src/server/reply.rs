//! What a sender is told.

use std::time::Duration;

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::judge::Reason;
use super::links::next_step;
use super::store::{Arrival, Receipt, Verdict};
use crate::value::Map;

/// The reply to one submission.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_id: Option<String>,
    status: &'static str,
    /// The status of its own, among many.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    issues: Vec<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<Map>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip)]
    http: u16,
    #[serde(skip)]
    wait: Option<Duration>,
}

impl Reply {
    /// The reply to what the database has looked at.
    pub fn receipt(arrival: Arrival, receipt: Receipt) -> Reply {
        let Arrival { id, verdict, .. } = arrival;
        let (http, status, scores, issues) = match (receipt, verdict) {
            (Receipt::Stored, Verdict::Sealed) => (201, "stored-sealed", None, Vec::new()),
            (Receipt::AlreadyStored { .. }, Verdict::Sealed) => {
                (200, "already-stored", None, Vec::new())
            }
            (Receipt::Stored, Verdict::Valid { scores, .. }) => {
                (201, "stored", Some(scores), Vec::new())
            }
            (Receipt::AlreadyStored { scores }, _) => {
                (200, "already-stored", Some(scores), Vec::new())
            }
            (Receipt::LinkUsed, _) => (410, "link-used", None, Vec::new()),
            (Receipt::Unwelcome, Verdict::Unwelcome { reason }) => (403, reason, None, Vec::new()),
            (Receipt::KeptAside, Verdict::Invalid { reasons }) => {
                match reasons.iter().any(|reason| reason.code == "link-expired") {
                    true => (410, "link-expired", None, Vec::new()),
                    false => (422, "invalid", None, reasons),
                }
            }
            _ => (409, "conflict", None, Vec::new()),
        };
        let message = next_step(status).map(str::to_owned);
        Reply { submission_id: Some(id), status, issues, scores, message, http, ..Reply::default() }
    }

    /// The reply to what was not kept.
    pub fn refusal(http: u16, status: &'static str, message: impl Into<String>) -> Reply {
        Reply { status, message: Some(message.into()), http, ..Reply::default() }
    }

    /// The same, where the sender is to come back.
    pub fn later(
        http: u16,
        status: &'static str,
        message: impl Into<String>,
        wait: Duration,
    ) -> Reply {
        Reply { wait: Some(wait), ..Reply::refusal(http, status, message) }
    }

    pub fn status(&self) -> &'static str {
        self.status
    }
}

/// Many replies in one.
#[derive(Serialize)]
struct Replies {
    results: Vec<Reply>,
}

/// The response to a request with one submission, or with many.
pub fn answer(mut replies: Vec<Reply>, many: bool) -> Response {
    let wait = replies.iter().filter_map(|reply| reply.wait).max();
    let (code, json) = if many {
        for reply in &mut replies {
            reply.code = Some(reply.http);
        }
        // Where nothing could be read, nobody is to take this for an acknowledgement.
        let lost = replies.iter().all(|reply| reply.http == 400);
        (if lost { 400 } else { 200 }, serde_json::to_string(&Replies { results: replies }))
    } else {
        let reply = replies.pop().unwrap_or_default();
        (reply.http, serde_json::to_string(&reply))
    };
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let json = json.unwrap_or_default();
    let mut response = (code, [(CONTENT_TYPE, "application/json")], json).into_response();
    if let Some(wait) = wait {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
