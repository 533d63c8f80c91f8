//! Going to another page than the next one, and going on by itself.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Controller, Inner, Phase};
use crate::browser;
use crate::session::Session;
use crate::submission::Channel;

/// How long a choice can be seen before the next page comes.
const PAUSE_MS: i32 = 300;

impl Controller {
    /// Goes to a page as far as the answers on the way are acceptable. False where they are not.
    pub fn go_to(self, page: usize) -> bool {
        self.with(false, |inner| inner.take_step(&|session| session.try_go_to(page)))
    }

    /// Whether all answers are shown once more.
    #[cfg(not(lean))]
    pub(in crate::ui) fn is_reviewing(self) -> bool {
        self.session(|session| session.is_reviewing()) == Some(true)
    }

    /// Where the respondent may go on after the last page.
    pub(in crate::ui) fn leads_on(self) -> Option<String> {
        self.with(None, |inner| {
            inner.session.borrow().redirect().filter(|it| inner.may_lead_to(it))
        })
    }

    /// What kind of hand the respondent uses just now: going on by itself is for a pointer, which
    /// chooses once, and not for a keyboard, which passes by one choice after the other.
    pub(in crate::ui) fn uses_pointer(self, pointer: bool) {
        self.with((), |inner| inner.pointer.set(pointer));
    }
}

impl Inner {
    /// Goes on after a moment, if this answer was the last that was open here.
    pub(super) fn advance_after(&self, question: usize) {
        let place = move |inner: &Inner| {
            let session = inner.session.borrow();
            (session.page(), session.single_question(), session.answer(question).clone())
        };
        if !self.pointer.get() || !self.session.borrow().may_advance(question) {
            return;
        }
        let Some(controller) = self.controller.get() else { return };
        let before = place(self);
        spawn_local(async move {
            browser::sleep(PAUSE_MS).await;
            controller.with((), |inner| {
                if inner.phase.get() == Phase::Answering && place(inner) == before {
                    controller.next();
                }
            });
        });
    }

    /// Follows the redirect of a survey that has nothing to read at its end.
    pub(super) fn follow_redirect(&self) {
        let address = self.session.borrow().redirect_at_once();
        if let Some(address) = address.filter(|it| self.may_lead_to(it)) {
            let _ = window().location().assign(&address);
        }
    }

    /// Whether people may go on there. A page may know the only places; a kiosk leads nobody away.
    fn may_lead_to(&self, address: &str) -> bool {
        #[cfg(not(lean))]
        if let Some(origins) = &self.options.borrow().redirects {
            let base = window().location().href().unwrap_or_default();
            let origin = leptos::web_sys::Url::new_with_base(address, &base).map(|it| it.origin());
            if !origin.is_ok_and(|origin| origins.contains(&origin)) {
                return false;
            }
        }
        #[cfg(lean)]
        let _ = address;
        !self.stays()
    }

    /// Whether the next person answers here too.
    fn stays(&self) -> bool {
        self.options.borrow().channel == Channel::Kiosk
    }

    pub(super) fn take_step(&self, step: &dyn Fn(&mut Session) -> crate::session::Step) -> bool {
        if self.phase.get() != Phase::Answering {
            return false;
        }
        let step = {
            let mut session = self.session.borrow_mut();
            session.set_now(browser::now_ms());
            step(&mut session)
        };
        self.refused.set(step.refused);
        self.takes_focus.set(true);
        let complete = step.changes.complete;
        self.apply(step.changes);
        if step.refused {
            self.issues.notify();
        }
        if complete {
            self.finish();
        }
        !step.refused
    }
}
