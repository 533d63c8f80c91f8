//! `n8n`: a webhook node, which answers preflights and takes any header: JSON with its id as
//! `Idempotency-Key`. The workflow drops copies by that id.

use super::{Request, Settings, json};

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    json::encode(settings, id, envelope)
}
