//! Time limits: how much time there was, is left, and what happens when there is none.
//!
//! Time passes by [`Session::set_now`] and [`Session::tick`] alone, so a survey that nobody looks
//! at stands still. What was answered in time is never lost: a page whose time is over is closed
//! and asks for nothing any more, and a survey whose time is over is finished as it stands.

use super::{Aspects, Changes, Session, Step};
use crate::survey::source::PageMode;
use crate::value::{Map, Value};

/// The time that was spent, and that was added, in milliseconds.
#[derive(Clone, Copy, Default)]
pub struct Spent {
    time: f64,
    extra: f64,
}

/// What is left of a time limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeLeft {
    /// In milliseconds; never below 0.
    pub left_ms: f64,
    /// Whether it is nearly over.
    pub is_short: bool,
}

/// When a respondent is told that time is short: twenty seconds are the least that one needs
/// to react (WCAG 2.2.1), a minute is kinder, and half of a short time has to do.
const SHORT_MS: f64 = 60_000.0;

impl Session {
    /// Sets the clock. The time since it was last set counts as spent.
    pub fn set_now(&mut self, now_ms: f64) {
        let passed = (now_ms - self.environment.now_ms).max(0.0);
        self.skip_to(now_ms);
        if self.is_complete() || self.is_start_page(self.page) {
            return;
        }
        self.spent.time += passed;
        if let Some(page) = self.page_spent.get_mut(self.page).filter(|_| !self.reviewing) {
            page.time += passed;
        }
    }

    /// The clock, in milliseconds since 1970 in UTC.
    pub fn now_ms(&self) -> f64 {
        self.environment.now_ms
    }

    /// Sets the clock without any time having been spent, as after a break.
    pub fn skip_to(&mut self, now_ms: f64) {
        self.environment.now_ms = now_ms;
    }

    /// Sets the clock, and goes on or finishes where a time is over.
    pub fn tick(&mut self, now_ms: f64) -> Step {
        if cfg!(lean) {
            return Step::default();
        }
        self.set_now(now_ms);
        let mut step = Step::default();
        if self.is_complete() {
            return step;
        }
        if self.is_survey_over() {
            self.timed_out = true;
            self.finish(&mut step.changes);
        } else if !self.reviewing && self.is_page_over(self.page) && !self.closed[self.page] {
            self.closed[self.page] = true;
            for question in self.questions_on(self.page) {
                step.changes.mark(question, Aspects::READ_ONLY);
            }
            step = self.leave_closed_page(step.changes);
        }
        step
    }

    fn leave_closed_page(&mut self, mut changes: Changes) -> Step {
        match self.flow.next_page(self.page) {
            Some(next) => {
                self.arrive(next, &mut changes);
                Step { changes, refused: false }
            }
            None => {
                let mut step = if self.has_preview() { self.review() } else { self.complete() };
                for (question, aspects) in &changes.questions {
                    step.changes.mark(*question, *aspects);
                }
                step
            }
        }
    }

    /// Adds as much time as there was at first, to the page and to the survey, wherever it has
    /// become short. Nothing where the author says that the limit is essential.
    pub fn extend_time(&mut self) {
        if cfg!(lean) {
            return;
        }
        if self.survey.source.essential_time {
            return;
        }
        if self.survey_time().is_some_and(|time| time.is_short) {
            self.spent.extra += self.survey_limit().unwrap_or(0.0);
        }
        let limit = self.page_limit(self.page).unwrap_or(0.0);
        let is_short = self.page_time().is_some_and(|time| time.is_short && time.left_ms > 0.0);
        if let Some(page) = self.page_spent.get_mut(self.page).filter(|_| is_short) {
            page.extra += limit;
        }
    }

    /// What is left for the whole survey, where that is limited.
    pub fn survey_time(&self) -> Option<TimeLeft> {
        Some(time_left(self.survey_limit()?, self.spent))
    }

    /// What is left for the current page, where that is limited.
    pub fn page_time(&self) -> Option<TimeLeft> {
        let limit = self.page_limit(self.page).filter(|_| !self.reviewing)?;
        Some(time_left(limit, *self.page_spent.get(self.page)?))
    }

    /// Whether time matters anywhere in the survey.
    pub fn has_time_limit(&self) -> bool {
        if cfg!(lean) {
            return false;
        }
        let pages = 0..self.survey.pages.len();
        self.survey_limit().is_some() || pages.into_iter().any(|p| self.page_limit(p).is_some())
    }

    /// Whether the time for a page is over.
    pub(super) fn is_closed(&self, page: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        self.closed.get(page) == Some(&true)
    }

    /// Whether something that was asked for is missing where time ran out.
    pub(super) fn was_cut_off(&self) -> bool {
        if cfg!(lean) {
            return false;
        }
        let questions = self.survey.questions.iter().enumerate();
        let mut open = questions.filter(|(question, model)| {
            self.is_closed(model.page) && self.is_visible(*question) && self.is_required(*question)
        });
        open.any(|(question, model)| model.kind.as_type().missing(self.answer(question)).is_some())
    }

    fn survey_limit(&self) -> Option<f64> {
        if cfg!(lean) {
            return None;
        }
        milliseconds(self.survey.source.time_limit)
    }

    fn page_limit(&self, page: usize) -> Option<f64> {
        if cfg!(lean) {
            return None;
        }
        let source = &self.survey.source;
        if self.page_mode() == PageMode::SinglePage || self.is_start_page(page) {
            return None;
        }
        let own = self.survey.pages.get(page)?.source.time_limit;
        milliseconds(if own > 0 { own } else { source.page_time_limit })
    }

    fn is_survey_over(&self) -> bool {
        self.survey_time().is_some_and(|time| time.left_ms <= 0.0)
    }

    fn is_page_over(&self, page: usize) -> bool {
        let spent = self.page_spent.get(page).copied().unwrap_or_default();
        self.page_limit(page).is_some_and(|limit| time_left(limit, spent).left_ms <= 0.0)
    }

    /// What was spent, for a session that is kept.
    pub(super) fn save_time(&self) -> Value {
        if cfg!(lean) {
            return Value::Null;
        }
        let pages = self.survey.pages.iter().zip(&self.page_spent).filter(|(_, s)| s.time > 0.0);
        let pages = pages.map(|(page, spent)| (page.source.id.clone(), numbers(*spent)));
        let entries = [
            ("survey".to_owned(), numbers(self.spent)),
            ("pages".to_owned(), Value::Map(pages.collect())),
            ("over".to_owned(), self.timed_out.into()),
        ];
        Value::Map(entries.into_iter().collect::<Map>())
    }

    pub(super) fn restore_time(&mut self, saved: &Value) {
        if cfg!(lean) {
            return;
        }
        self.spent = spent(saved.get("survey"));
        for page in 0..self.page_spent.len() {
            let id = self.survey.pages.get(page).map(|page| page.source.id.as_str());
            let pages = saved.get("pages");
            self.page_spent[page] = spent(pages.and_then(|pages| pages.get(id?)));
            self.closed[page] = self.is_page_over(page);
        }
        self.timed_out = saved.get("over").and_then(Value::as_bool) == Some(true);
    }
}

fn milliseconds(seconds: u32) -> Option<f64> {
    (seconds > 0).then(|| f64::from(seconds) * 1000.0)
}

fn time_left(limit: f64, spent: Spent) -> TimeLeft {
    let left_ms = (limit + spent.extra - spent.time).max(0.0);
    TimeLeft { left_ms, is_short: left_ms <= SHORT_MS.min(limit / 2.0) }
}

fn numbers(spent: Spent) -> Value {
    Value::List(vec![Value::Number(spent.time), Value::Number(spent.extra)])
}

fn spent(saved: Option<&Value>) -> Spent {
    let number = |at: usize| saved?.as_list()?.get(at)?.as_number();
    Spent { time: number(0).unwrap_or(0.0), extra: number(1).unwrap_or(0.0) }
}
