//! `opaque`: endpoints without CORS: the browser sends, and nobody can read what came of it. The
//! submission stays on the device as sent, unverified.

use super::{Request, Settings, Way, text};

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    let way = Way { opaque: true, ..Way::default() };
    Request { way, ..text::encode(settings, id, envelope) }
}
