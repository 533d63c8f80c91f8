//! Sending in formats other than plain JSON.

use super::document::document;
use super::transport;
use crate::formats::Settings;
use crate::outbox::{Entry, Reply};
use crate::value::Value;

/// Sends an entry in its format, and reads the answer as the format means it.
pub async fn send(entry: &Entry, id: &str, outlive: bool) -> Reply {
    let mut settings = Settings::of(&entry.endpoint);
    let ticket = settings.text("ticket").to_owned();
    if !ticket.is_empty() {
        // Tickets expire within hours, and an entry may have waited for days.
        let Some(Value::Map(fresh)) = document(&ticket).await else { return Reply::Unreachable };
        settings = settings.with(fresh);
    }
    let request = entry.format.encode_with(&settings, id, &entry.body);
    let address = request.way.address.clone();
    let address = address.unwrap_or_else(|| settings.text("url").to_owned());
    let mut reply = transport::post(&address, &request, outlive).await;
    if let Reply::Answer { status, body, .. } = &mut reply {
        *status = entry.format.status(id, *status, body);
    }
    reply
}
