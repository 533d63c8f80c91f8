//! `POST /v1/submissions`: from a request to rows in the database and a reply.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::limits::Limits;
use super::log;
use super::metrics::Metrics;
use super::reading::{self, Read, Reader};
use super::reply::{self, Reply};
use super::store::{Receipt, Store, Verdict, Writer};

/// The largest body of a single submission that is read: 1 MiB.
pub const BODY_LIMIT: usize = 1 << 20;

/// The same for many at once: 16 MiB.
pub const BATCH_LIMIT: usize = 16 << 20;

/// When a sender may try again after the database refused.
const RETRY: Duration = Duration::from_secs(30);

/// The same where others were first.
const CROWDED: Duration = Duration::from_secs(5);

/// What the receiver works with.
pub struct Receiver {
    pub store: Store,
    pub writer: Writer,
    pub reader: Reader,
    pub limits: Limits,
    pub metrics: Metrics,
    pub metrics_token: Option<String>,
    /// Whether a proxy in front says who sends.
    pub trusts_proxy: bool,
}

/// Who sends a request, and as what.
struct Sender {
    address: IpAddr,
    headers: HeaderMap,
    /// Whether it may hold more than one submission.
    batch: bool,
}

/// Answers a single submission with 201 for what is new, 200 for what is there already, 409 for
/// other content under an id that is taken, 410 for a link that is spent or over and 422 for what
/// does not fit its survey; all of these are on disk then. 400, 403, 413, 415, 429 and 503 leave
/// the submission with its sender. Several at once, as a JSON array or one a line, are answered
/// with 200 and the same for each of them.
pub async fn receive(
    State(receiver): State<Arc<Receiver>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let kind = essence(&headers);
    let lines = kind == "application/x-ndjson";
    if !lines && kind != "application/json" && kind != "text/plain" {
        let message = "send application/json, the same as text/plain, or application/x-ndjson";
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return receiver.refuse(status, "unsupported-type", message);
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let message = format!(
                "a submission has at most {BODY_LIMIT} bytes; many together, at \
                 /v1/submissions/batch, at most {BATCH_LIMIT}"
            );
            return receiver.refuse(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message);
        }
        Err(_) => {
            let message = "the body ended too early";
            return receiver.refuse(StatusCode::BAD_REQUEST, "unreadable", message);
        }
    };
    let address = receiver.address(peer, &headers);
    let sender = Sender { address, headers, batch: lines };
    // A sender that hangs up drops its request; the work on it goes on to its end.
    let working = Arc::clone(&receiver);
    match tokio::spawn(async move { working.take(body, sender).await }).await {
        Ok(response) => response,
        Err(_) => receiver.unavailable("the submission could not be looked at", RETRY),
    }
}

/// `application/json` from `Application/JSON; charset=utf-8`.
fn essence(headers: &HeaderMap) -> String {
    let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

impl Receiver {
    /// Who sends, as far as this receiver can believe it.
    fn address(&self, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
        let told = headers.get("x-forwarded-for").filter(|_| self.trusts_proxy);
        // The last one is what the proxy saw itself; the others are what it was told.
        let last = told.and_then(|told| told.to_str().ok()?.rsplit(',').next());
        last.and_then(|last| last.trim().parse().ok()).unwrap_or(peer.ip())
    }

    async fn take(&self, body: Bytes, sender: Sender) -> Response {
        let batch = sender.batch || body.trim_ascii_start().starts_with(b"[");
        let items = match reading::split(&body, sender.batch, batch) {
            Ok(items) => items,
            Err(message) => return self.refuse(StatusCode::BAD_REQUEST, "unreadable", message),
        };
        if let Err(wait) = self.limits.take_from_address(sender.address, items.len()) {
            return self.too_many(wait);
        }
        let key = sender.headers.get("idempotency-key");
        if batch && key.is_some() {
            let message = "Idempotency-Key is for a single submission: each of many has its own id";
            return self.refuse(StatusCode::BAD_REQUEST, "unreadable", message);
        }
        let key = key.map(|key| key.to_str().unwrap_or_default().trim_matches('"').to_owned());
        let mut read = Vec::with_capacity(items.len());
        for item in items {
            read.push(self.reader.read(item, key.as_deref()).await);
        }
        for device in reading::devices(&read) {
            if let Err(wait) = self.limits.take_from_device(&device.0, device.1) {
                return self.too_many(wait);
            }
        }
        let replies = self.store_all(read).await;
        for reply in &replies {
            self.metrics.result(reply.status());
        }
        reply::answer(replies, batch)
    }

    /// Stores what can be stored, and replies to everything in the order of the request.
    async fn store_all(&self, read: Vec<Read>) -> Vec<Reply> {
        let mut replies = Vec::with_capacity(read.len());
        let mut arrivals = Vec::new();
        for read in read {
            match read {
                Read::Arrived { arrival, .. } => {
                    replies.push(None);
                    arrivals.push(arrival);
                }
                Read::Unreadable(message) => {
                    replies.push(Some(Reply::refusal(400, "unreadable", message)));
                }
            }
        }
        let count = arrivals.len();
        let done = if count == 0 { Some(Vec::new()) } else { self.writer.store(arrivals).await };
        let wait = if done.is_some() { RETRY } else { CROWDED };
        let mut done = done.unwrap_or_default().into_iter();
        let unavailable = || {
            let message = "the submission could not be stored; please send it again later";
            Reply::later(503, "unavailable", message, wait)
        };
        let stored = |reply: Option<Reply>| match reply {
            Some(reply) => reply,
            None => match done.next() {
                Some((arrival, Some(receipt))) => {
                    note(&arrival.verdict, &receipt, &arrival.survey);
                    Reply::receipt(arrival, receipt)
                }
                _ => unavailable(),
            },
        };
        replies.into_iter().map(stored).collect()
    }

    /// Refuses a request as a whole.
    pub fn refuse(
        &self,
        code: StatusCode,
        status: &'static str,
        message: impl Into<String>,
    ) -> Response {
        self.metrics.result(status);
        reply::answer(vec![Reply::refusal(code.as_u16(), status, message)], false)
    }

    fn too_many(&self, wait: Duration) -> Response {
        self.metrics.result("too-many");
        let message = "this sender sends too much at once; please send it again later";
        reply::answer(vec![Reply::later(429, "too-many", message, wait)], false)
    }

    /// Asks a sender to come back.
    pub fn unavailable(&self, message: &str, wait: Duration) -> Response {
        self.metrics.result("unavailable");
        reply::answer(vec![Reply::later(503, "unavailable", message, wait)], false)
    }

    /// Asks a sender to come back once fewer others are there.
    pub fn crowded(&self) -> Response {
        self.unavailable("the receiver is busy; please send it again later", CROWDED)
    }
}

fn note(verdict: &Verdict, receipt: &Receipt, survey: &str) {
    if let (Verdict::Valid { scores_differ: true, .. }, Receipt::Stored) = (verdict, receipt) {
        log::event(&[("event", "scores-differ"), ("survey", survey)]);
    }
}
