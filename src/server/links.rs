//! Survey links at the receiver: what a submission needs to have come by.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

use super::store::{Arrival, Verdict};
use super::submissions::Receiver;
use super::time;
use crate::link::{Link, PublicKeys, Refusal};
use crate::server::judge::Reason;
use crate::submission::Channel;
use crate::value::Value;

/// Which links are taken.
pub struct Links {
    /// Without keys no link is looked at.
    pub keys: Option<PublicKeys>,
    /// Surveys that take nothing without a link.
    pub only: Vec<String>,
}

impl Links {
    /// What a submission's link means for it: it is taken, kept aside or refused.
    pub fn judge(&self, envelope: &Value, arrival: &mut Arrival) {
        let Some(keys) = &self.keys else { return };
        if let Verdict::Sealed = arrival.verdict {
            // Its link is sealed with it. A mark of it outside would tell whose answers these are, to
            // everybody who holds the list of links: what the seal is there to prevent.
            if self.only.contains(&arrival.survey) {
                arrival.verdict = Verdict::Unwelcome { reason: "link-sealed" };
            }
            return;
        }
        let context = envelope.get("context");
        let token = context.and_then(|context| context.get("link")).and_then(Value::as_text);
        let channel = envelope.get("channel").and_then(Value::as_text);
        let needed = channel == Some(Channel::Link.name()) || self.only.contains(&arrival.survey);
        let unwelcome = |reason| Verdict::Unwelcome { reason };
        let Some(token) = token else {
            if needed {
                arrival.verdict = unwelcome("link-required");
            }
            return;
        };
        match keys.look_into(token) {
            Err(refusal) => arrival.verdict = unwelcome(refusal.code()),
            Ok(link) if link.survey != arrival.survey => {
                arrival.verdict = unwelcome("link-other-survey");
            }
            Ok(link) if !tells(&link, context) => {
                arrival.verdict = unwelcome("link-other-context");
            }
            Ok(link) => {
                if link.is_expired(time::now().ms) {
                    // It is kept, since somebody took the trouble; its owner decides.
                    let reasons = vec![Reason::whole(Refusal::Expired.code())];
                    arrival.verdict = Verdict::Invalid { reasons };
                }
                arrival.link = link.id;
            }
        }
    }
}

/// Whether a submission tells what its link says.
fn tells(link: &Link, context: Option<&Value>) -> bool {
    let is = |name: &str, value: &Value| context.and_then(|it| it.get(name)) == Some(value);
    let booking = link.booking.as_deref().map(Value::from);
    booking.is_none_or(|booking| is("booking", &booking))
        && link.context.iter().all(|(name, value)| is(name, value))
}

/// What to do next, by code: for whoever reads the reply.
pub fn next_step(code: &str) -> Option<&'static str> {
    Some(match code {
        "link-required" => "open the survey by the link that was sent, and answer there",
        "link-sealed" => {
            "this survey takes only what came by link, and the link of this submission is sealed with \
             it: start the receiver with --open-with and the collector's private key, bring it in with \
             `askwell import --open-with` where that key is, or take this survey out of --links-only"
        }
        "link-broken" => "open the link once more from the original message, or ask for a new one",
        "link-wrong-key" => {
            "the link was made with a key that this receiver does not know: start it with \
             --links-key and the public key of whoever makes the links"
        }
        "link-other-survey" => "this link is for another survey: ask for one to this survey",
        "link-other-context" => {
            "send the booking and the context that stand in the link, unchanged"
        }
        "link-expired" => {
            "the link's time is over; what was sent is kept aside: ask for a new link"
        }
        "link-used" => {
            "this link has brought its one submission; what was sent is kept aside: ask for a new link"
        }
        _ => return None,
    })
}

/// `POST /v1/links`: whether the token in the body opens a survey now. Asking does not spend it.
pub async fn look(State(receiver): State<Arc<Receiver>>, token: String) -> Response {
    let status = match &receiver.reader.links.keys {
        None => "unknown",
        Some(keys) => match keys.open(token.trim(), time::now().ms) {
            Err(refusal) => refusal.code(),
            Ok(Link { id: Some(id), .. }) => match receiver.store.is_spent(&id).await {
                Ok(true) => "link-used",
                Ok(false) => "open",
                Err(_) => "unknown",
            },
            Ok(_) => "open",
        },
    };
    ([(CONTENT_TYPE, "application/json")], format!("{{\"status\":\"{status}\"}}")).into_response()
}

/// `GET /link-keys.json`: the public keys, for the link page.
pub async fn keys(State(receiver): State<Arc<Receiver>>) -> Response {
    let json = receiver.reader.links.keys.as_ref().map(PublicKeys::to_json).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], json).into_response()
}
