//! The clock of a survey with time limits.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Controller, Inner, Phase};
use crate::browser;
use crate::session::TimeLeft;

impl Controller {
    /// What is left for the survey and for the page, where there are limits; tracked.
    pub fn time_left(self) -> [Option<TimeLeft>; 2] {
        self.with([None, None], |inner| {
            inner.time.track();
            let session = inner.read();
            [session.survey_time(), session.page_time()]
        })
    }

    /// Whether the time that is left is short; tracked.
    pub fn is_time_short(self) -> bool {
        self.time_left().into_iter().flatten().any(|time| time.is_short)
    }

    /// Gives the respondent more time, where the survey allows it.
    pub fn extend_time(self) {
        self.with((), |inner| {
            inner.session.borrow_mut().extend_time();
            inner.keep_draft();
            inner.time.notify();
        });
    }
}

impl Inner {
    /// Lets time pass, once a second for as long as there is a limit.
    pub(super) fn run_clock(&self) {
        let Some(controller) = self.controller.get() else { return };
        if !self.session.borrow().has_time_limit() {
            return;
        }
        spawn_local(async move {
            while controller.with(false, |inner| inner.clock_ticks()) {
                browser::sleep(1000).await;
            }
        });
    }

    /// Takes in the time; false once that is no longer needed.
    fn clock_ticks(&self) -> bool {
        let now_ms = browser::now_ms();
        match self.phase.get() {
            // Nobody answers yet.
            Phase::Offer => self.session.borrow_mut().skip_to(now_ms),
            Phase::Answering => {
                let step = self.session.borrow_mut().tick(now_ms);
                self.time.notify();
                if !step.changes.is_empty() {
                    let complete = step.changes.complete;
                    self.refused.set(step.refused);
                    self.takes_focus.set(step.changes.page);
                    self.apply(step.changes);
                    if complete {
                        self.finish();
                    }
                }
            }
            // A kiosk begins again with the next person.
            Phase::Saving | Phase::Done => {}
        }
        true
    }
}
