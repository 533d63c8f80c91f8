//! Drafts: answers that survive a reload, in `localStorage`.

use gloo_storage::{LocalStorage, Storage};

use crate::value::Value;

/// Where the answers of one respondent to one survey wait to be finished.
///
/// Everything works where storage is blocked or full, without effect: `save` returns false and
/// `load` nothing.
pub struct Draft {
    key: String,
}

impl Draft {
    /// The draft of a session with a survey. What the session is decides who gets to see it:
    ///
    /// - on a device that people share, such as a kiosk, the id of the submission, so that nobody
    ///   finds what the one before answered;
    /// - embedded or behind a link, what tells respondents apart there, such as the booking or
    ///   the link's token, or nothing where the device is one person's own.
    pub fn new(survey: &str, session: &str) -> Self {
        Draft { key: format!("askwell.draft.{survey}.{session}") }
    }

    /// Keeps a state, as from [`Session::save`](crate::session::Session::save).
    pub fn save(&self, state: &Value) -> bool {
        can_store() && LocalStorage::raw().set_item(&self.key, &state.to_json()).is_ok()
    }

    /// The state that was kept.
    pub fn load(&self) -> Option<Value> {
        if !can_store() {
            return None;
        }
        Value::from_json(&LocalStorage::raw().get_item(&self.key).ok()??)
    }

    /// Forgets it.
    pub fn clear(&self) {
        if can_store() {
            LocalStorage::delete(&self.key);
        }
    }
}

/// Whether `localStorage` can be used: gloo panics where it is blocked, and it may become so at
/// any time, so every use asks first.
pub fn can_store() -> bool {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    storage.is_some_and(|storage| storage.get_item("askwell").is_ok())
}
