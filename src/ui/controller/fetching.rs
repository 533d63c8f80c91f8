//! Choices that lie at addresses: the session says which, and here they are fetched.

use wasm_bindgen_futures::spawn_local;

use super::{Controller, Inner};
use crate::browser;

impl Inner {
    /// Fetches what the session wants, each address once at a time.
    pub(super) fn fetch_choices(&self) {
        let wanted = self.session.borrow().wanted();
        for url in wanted {
            if self.fetching.borrow().contains(&url) {
                continue;
            }
            self.fetching.borrow_mut().push(url.clone());
            let controller = self.controller.get();
            spawn_local(async move {
                let document = browser::document(&url).await;
                if let Some(inner) = controller.and_then(Controller::inner) {
                    inner.fetching.borrow_mut().retain(|fetching| *fetching != url);
                    let changes = inner.session.borrow_mut().feed(&url, document);
                    inner.apply(changes);
                }
            });
        }
    }
}
