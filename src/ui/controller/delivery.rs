//! From the last page to the outbox, and what becomes of the submission there.

#[cfg(not(lean))]
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

#[cfg(not(lean))]
use super::Controller;
use super::{Event, Inner, Phase};
#[cfg(not(lean))]
use crate::browser::Page;
use crate::browser::{self, Courier};
use crate::outbox::{Notice, Status};
use crate::session::Session;
use crate::submission::Submission;

#[cfg(not(lean))]
impl Controller {
    /// Hands in what was answered so far by somebody who will not go on: as finished where `whole`
    /// asks for it and nothing required is missing, else with the status `partial`.
    pub async fn hand_in(self, whole: bool) {
        let answers = |inner: &Rc<Inner>| inner.phase.get() == Phase::Answering;
        if !self.with(false, answers) || (whole && self.complete()) {
            return;
        }
        let way = self.with(None, |inner| {
            let endpoint = inner.options.borrow().endpoint.clone()?;
            Some((inner.courier()?, inner.envelope(), endpoint))
        });
        if let Some((courier, submission, endpoint)) = way {
            courier.submit(&submission, &endpoint).await;
        }
    }
}

impl Inner {
    /// Hands the submission to the outbox. The draft stays until it is safe there.
    pub(super) fn finish(&self) {
        self.keep_draft();
        self.show(Phase::Saving);
        self.emit(Event::Completed);
        self.deliver();
    }

    /// What an earlier visit finished, but did not see stored, is handed over now.
    pub(super) fn go_on_delivering(&self) {
        let finished =
            |session: &Option<Session>| session.as_ref().is_some_and(Session::is_complete);
        if finished(&self.draft.borrow()) {
            let draft = self.draft.borrow_mut().take();
            if let Some(draft) = draft {
                *self.session.borrow_mut() = draft;
            }
        }
        if self.session.borrow().is_complete() {
            self.phase.set(Phase::Saving);
            self.deliver();
        } else {
            self.look_after_the_draft();
        }
    }

    /// Takes back the offer of a draft that was finished: a browser that died right after the end may
    /// have kept the submission, which is written through, and an older state of the draft.
    fn look_after_the_draft(&self) {
        let id = self.draft.borrow().as_ref().map(|draft| draft.id().to_owned());
        let (Some(id), Some(courier), Some(controller)) =
            (id, self.courier(), self.controller.get())
        else {
            return;
        };
        spawn_local(async move {
            if courier.knows(&id).await {
                controller.with((), |inner| {
                    let is_it = |draft: &Session| draft.id() == id;
                    if inner.draft.borrow().as_ref().is_some_and(is_it) {
                        inner.start_over();
                        inner.takes_focus.set(false);
                    }
                });
            }
        });
    }

    fn deliver(&self) {
        let endpoint = self.options.borrow().endpoint.clone();
        let (Some(endpoint), Some(courier)) = (endpoint, self.courier()) else {
            self.forget_draft();
            self.takes_focus.set(true);
            self.show(Phase::Done);
            return self.follow_redirect();
        };
        let submission = self.envelope();
        // What becomes of it comes through the courier's listener.
        spawn_local(async move {
            courier.submit(&submission, &endpoint).await;
        });
    }

    fn envelope(&self) -> Submission {
        #[cfg_attr(lean, allow(unused_mut))]
        let mut submission = self.session.borrow().submission(browser::now_ms());
        #[cfg(not(lean))]
        for (name, value) in &self.options.borrow().device {
            submission.device.insert(name.clone(), value.clone());
        }
        submission
    }

    /// The way to the endpoint; none where there is no endpoint.
    pub(super) fn courier(&self) -> Option<Courier> {
        self.options.borrow().endpoint.as_ref()?;
        let controller = self.controller.get()?;
        let listener = move |notice: &Notice| {
            controller.with((), |inner| inner.note_delivery(&notice.id, notice.status));
        };
        #[cfg(lean)]
        let start = || Courier::start(listener);
        #[cfg(not(lean))]
        let start = || {
            let options = self.options.borrow();
            let page = Page { deliver: options.deliver.clone(), seal: options.seal.clone() };
            Courier::start_with(listener, page)
        };
        Some(self.courier.get_or_init(start).clone())
    }

    fn note_delivery(&self, id: &str, status: Status) {
        if self.session.borrow().id() != id || !self.session.borrow().is_complete() {
            return;
        }
        self.delivery.set(Some(status));
        let safe = matches!(status, Status::Saved | Status::Sent);
        self.unsaved.set(!safe && (self.unsaved.get() || status == Status::Unsaved));
        if safe {
            self.forget_draft();
        }
        if safe && self.phase.get() == Phase::Saving {
            self.takes_focus.set(true);
            self.show(Phase::Done);
            self.follow_redirect();
        }
        self.delivered.notify();
        self.emit(Event::Delivery(status));
    }
}
