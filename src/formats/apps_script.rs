//! `apps-script`: a Google Apps Script web app, which answers no preflight and replies after a
//! redirect. It has to reply with the submission's id, because a sign-in page is a 200 as well.

use super::{Request, Settings, Way, text};

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    let way = Way { follows: true, ..Way::default() };
    Request { way, ..text::encode(settings, id, envelope) }
}
