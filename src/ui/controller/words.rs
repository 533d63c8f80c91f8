//! Askwell's own words in languages that a browser build leaves out, fetched where they are read.

use wasm_bindgen_futures::spawn_local;

use super::{Controller, Inner};
use crate::browser;
use crate::locales;
use crate::session::Changes;
use crate::value::Value;

impl Inner {
    /// Until the words are there, others stand in; where they cannot be had, those stay.
    pub(super) fn fetch_words(&self) {
        let Some(folder) = self.options.borrow().words.clone() else { return };
        let Some(code) = locales::unknown(self.session.borrow().locale()) else { return };
        let controller = self.controller.get();
        spawn_local(async move {
            if let Some(Value::Map(words)) = browser::document(&(folder + code + ".json")).await {
                locales::learn(code, words);
            }
            if let Some(inner) = controller.and_then(Controller::inner) {
                let mut changes = Changes::default();
                changes.locale = true;
                inner.apply(changes);
            }
        });
    }
}
