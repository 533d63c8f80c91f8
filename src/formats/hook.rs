//! `hook`: catch hooks of Zapier and Make, which answer no preflight: JSON as `text/plain`, no header
//! of our own. Copies are told by `submissionId` in the body.

use super::{Request, Settings, text};

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    text::encode(settings, id, envelope)
}
