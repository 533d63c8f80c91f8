//! `POST /v1/submissions`: from a request to one row in the database and a reply.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::judge::{Accepted, Reason, judge};
use super::log;
use super::store::{Arrival, Receipt, Store, Verdict, explain};
use super::surveys::Surveys;
use crate::submission::Submission;
use crate::value::{Map, Value};

/// The largest body that is read: 1 MiB.
pub const BODY_LIMIT: usize = 1 << 20;

/// When a sender may try again after the database refused.
const RETRY: Duration = Duration::from_secs(30);

/// What the receiver works with.
pub struct Receiver {
    pub store: Store,
    pub surveys: Surveys,
}

/// What a sender is told.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_id: Option<String>,
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    issues: Vec<Reason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<Map>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// Answers with 201 for what is new, 200 for what is there already, 409 for other content under
/// an id that is taken and 422 for what does not fit its survey; all of these are on disk then.
/// 400, 413, 415 and 503 leave the submission with its sender.
pub async fn receive(
    State(receiver): State<Arc<Receiver>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    if !is_accepted_type(&headers) {
        let message = "send application/json, or the same as text/plain";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-type", message);
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let message = format!("a submission has at most {BODY_LIMIT} bytes");
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message);
        }
        Err(_) => {
            return refuse(StatusCode::BAD_REQUEST, "unreadable", "the body ended too early");
        }
    };
    // A sender that hangs up drops its request; the work on it goes on to its end.
    match tokio::spawn(take(body, headers, receiver)).await {
        Ok(response) => response,
        Err(_) => unavailable("the submission could not be looked at"),
    }
}

async fn take(body: Bytes, headers: HeaderMap, receiver: Arc<Receiver>) -> Response {
    // Judging takes as long as the survey is large: other requests go on meanwhile.
    let reading = Arc::clone(&receiver);
    let read = spawn_blocking(move || read(&body, &headers, &reading.surveys)).await;
    let arrival = match read {
        Ok(Ok(arrival)) => arrival,
        Ok(Err(message)) => return refuse(StatusCode::BAD_REQUEST, "unreadable", message),
        Err(_) => return unavailable("the submission could not be looked at"),
    };
    match receiver.store.receive(&arrival).await {
        Ok(receipt) => acknowledge(arrival, receipt),
        Err(error) => {
            log::event(&[("event", "database-refuses"), ("reason", &explain(&error))]);
            unavailable("the submission could not be stored; please send it again later")
        }
    }
}

/// Both are JSON; `text/plain` spares browsers of other sites the preflight.
fn is_accepted_type(headers: &HeaderMap) -> bool {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
    ["application/json", "text/plain"].iter().any(|known| essence.eq_ignore_ascii_case(known))
}

/// Reads and judges a submission. Without JSON and an id there is nothing to keep.
fn read(body: &[u8], headers: &HeaderMap, surveys: &Surveys) -> Result<Arrival, String> {
    let value: Value =
        serde_json::from_slice(body).map_err(|error| format!("the body is no JSON: {error}"))?;
    let id = value.get("submissionId").and_then(Value::as_text).filter(|id| is_id(id));
    let id = id.ok_or("`submissionId` must be text of 1 to 64 letters, digits, `-`, `_` or `.`")?;
    if let Some(key) = headers.get("idempotency-key")
        && key.to_str().map(|key| key.trim_matches('"')).ok() != Some(id)
    {
        return Err(String::from("the header Idempotency-Key must be the submissionId"));
    }
    let survey = value.get("survey").and_then(|survey| survey.get("id")).and_then(Value::as_text);
    let (id, survey) = (id.to_owned(), survey.unwrap_or_default().to_owned());
    Ok(Arrival { id, survey, verdict: verdict(body, surveys), envelope: value.to_json() })
}

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn verdict(body: &[u8], surveys: &Surveys) -> Verdict {
    let invalid = |reasons| Verdict::Invalid { reasons };
    let Ok(submission) = serde_json::from_slice::<Submission>(body) else {
        return invalid(vec![Reason::whole("wrong-envelope")]);
    };
    let Some(survey) = surveys.find(&submission.survey) else {
        return invalid(vec![Reason::whole("unknown-survey")]);
    };
    match judge(&submission, survey) {
        Ok(Accepted { scores, scores_differ }) => {
            Verdict::Valid { hash: survey.hash().to_owned(), scores, scores_differ }
        }
        Err(reasons) => invalid(reasons),
    }
}

fn acknowledge(arrival: Arrival, receipt: Receipt) -> Response {
    let (code, status) = match receipt {
        Receipt::Stored => (StatusCode::CREATED, "stored"),
        Receipt::AlreadyStored { .. } => (StatusCode::OK, "already-stored"),
        Receipt::Conflict => (StatusCode::CONFLICT, "conflict"),
        Receipt::KeptAside => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
    };
    let (scores, issues) = match (receipt, arrival.verdict) {
        (Receipt::AlreadyStored { scores }, _) => (Some(scores), Vec::new()),
        (Receipt::Stored, Verdict::Valid { scores, scores_differ, .. }) => {
            if scores_differ {
                log::event(&[("event", "scores-differ"), ("survey", &arrival.survey)]);
            }
            (Some(scores), Vec::new())
        }
        (Receipt::KeptAside, Verdict::Invalid { reasons }) => (None, reasons),
        _ => (None, Vec::new()),
    };
    reply(code, &Reply { submission_id: Some(arrival.id), status, issues, scores, message: None })
}

fn refuse(code: StatusCode, status: &'static str, message: impl Into<String>) -> Response {
    reply(code, &Reply { status, message: Some(message.into()), ..Reply::default() })
}

fn unavailable(message: &str) -> Response {
    let mut response = refuse(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY.as_secs()));
    response
}

fn reply(code: StatusCode, reply: &Reply) -> Response {
    let json = serde_json::to_string(reply).unwrap_or_default();
    (code, [(CONTENT_TYPE, "application/json")], json).into_response()
}
