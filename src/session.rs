//! The headless respondent: a survey, the answers so far, and a position in it.
//!
//! Everything that a respondent can do is a method here, and each says exactly what it
//! changed. The widget, the receiver and the command line all drive this one type. Clock,
//! randomness and language come in from outside, so the same inputs give the same states
//! everywhere.
//!
//! Questions are known by number. Those outside rows have the numbers that they have in
//! [`Survey::questions`]; a question that is asked in rows gets a number per row, for as long
//! as the row stands.
//!
//! ```
//! use std::sync::Arc;
//! use askwell::{session::{Aspects, Session, Start}, survey::Survey};
//! let json = r#"{"askwell": 1, "id": "s", "pages": [{"id": "p", "questions": [
//!     {"id": "recommend", "type": "nps", "required": true},
//!     {"id": "why", "type": "text", "visibleIf": "{recommend} <= 6"}]}]}"#;
//! let survey = Arc::new(Survey::load(json).unwrap().survey);
//! let mut session = Session::new(survey, Start::default());
//! assert!(session.complete().refused);
//! let changes = session.set(0, 3.into());
//! assert!(changes.of(1).has(Aspects::VISIBLE));
//! assert!(!session.complete().refused);
//! ```

mod changes;
mod check;
mod collect;
mod finish;
mod offer;
mod recalculate;
mod rows;
mod save;
mod scope;
mod state;
mod wording;

use std::sync::Arc;

use crate::expr::Environment;
use crate::flow::{Flow, Place};
use crate::issue::Level;
use crate::submission::Channel;
use crate::survey::source::CheckErrors;
use crate::survey::{Question, QuestionId, Survey};
use crate::text::best_language;
use crate::value::{Map, Sorted, Value};

pub use changes::{Aspects, Changes, Step};
use check::Shown;
pub use scope::View;
use state::{Instance, Row};

/// What a session starts from.
#[derive(Clone, Debug)]
pub struct Start {
    /// The submission's id, made when the survey starts.
    pub id: String,
    /// The respondent's language; the nearest that the survey has is taken.
    pub locale: String,
    /// The clock, in milliseconds since 1970 in UTC.
    pub now_ms: f64,
    pub utc_offset_minutes: i32,
    /// What random order depends on.
    pub seed: u64,
    /// Askwell's own words by language and key.
    pub words: fn(&str, &str) -> &'static str,
    /// What the host passed in, such as a booking reference.
    pub context: Map,
    pub channel: Channel,
}

impl Default for Start {
    fn default() -> Self {
        Start {
            id: String::new(),
            locale: String::new(),
            now_ms: 0.0,
            utc_offset_minutes: 0,
            seed: 0,
            words: |_, _| "",
            context: Map::new(),
            channel: Channel::Embed,
        }
    }
}

/// A respondent's way through a survey.
#[derive(Clone)]
pub struct Session {
    survey: Arc<Survey>,
    start: Start,
    locale: String,
    environment: Environment,
    /// Every question that can be answered now, by number.
    instances: Vec<Instance>,
    /// Every row of every question that is answered in rows, by number.
    rows: Vec<Row>,
    /// The rows of a question, in order.
    rows_of: Sorted<usize, Vec<usize>>,
    calculated: Vec<Value>,
    /// Values that only triggers set.
    variables: Vec<Value>,
    flow: Flow,
    pages_enabled: Vec<bool>,
    /// Whether a trigger has made the current page the last one.
    ends_here: bool,
    page: usize,
    /// Questions whose issues are shown.
    shown_issues: Sorted<usize, Shown>,
    consent: Map,
    completed_ms: Option<f64>,
    /// Whether given answers are being put in place, which are judged as they are.
    replaying: bool,
}

/// How far a respondent has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The current page among the visible ones, from 1.
    pub page: usize,
    pub pages: usize,
    pub answered: usize,
    pub questions: usize,
}

impl Session {
    /// Starts a survey: defaults applied, conditions evaluated, at the first visible page.
    pub fn new(survey: Arc<Survey>, start: Start) -> Session {
        let mut session = Session::blank(survey, start);
        session.apply_defaults();
        session.recalculate_all(true);
        session.page = session.flow.visible_pages().next().unwrap_or(0);
        session
    }

    fn blank(survey: Arc<Survey>, start: Start) -> Session {
        let locale = best_language(&start.locale, &survey.source.locales)
            .unwrap_or(survey.default_locale())
            .to_owned();
        let mut session = Session {
            locale,
            environment: Environment::new(start.now_ms, start.utc_offset_minutes),
            instances: Vec::with_capacity(survey.questions.len()),
            rows: Vec::new(),
            rows_of: Sorted::new(),
            calculated: vec![Value::Null; survey.source.calculated.len()],
            variables: vec![Value::Null; survey.variables.len()],
            flow: Flow::default(),
            pages_enabled: vec![true; survey.pages.len()],
            ends_here: false,
            page: 0,
            shown_issues: Sorted::new(),
            consent: Map::new(),
            completed_ms: None,
            replaying: false,
            survey,
            start,
        };
        session.place_questions();
        session
    }

    pub fn survey(&self) -> &Arc<Survey> {
        &self.survey
    }

    /// The id that the submission will have.
    pub fn id(&self) -> &str {
        &self.start.id
    }

    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// Where the model has the question behind a number.
    pub fn question_id(&self, question: usize) -> Option<QuestionId> {
        self.instances.get(question).map(|instance| instance.id)
    }

    /// The question behind a number.
    pub fn question(&self, question: usize) -> Option<&Question> {
        let id = self.question_id(question)?;
        self.survey.block(id.block).get(id.index)
    }

    /// Changes the language; answers stay.
    pub fn set_locale(&mut self, locale: &str) -> Changes {
        let best = best_language(locale, &self.survey.source.locales).map(str::to_owned);
        match best {
            Some(best) if best != self.locale => {
                self.locale = best;
                let mut changes = Changes { locale: true, headings: true, ..Changes::default() };
                self.renew_alphabets(&mut changes);
                changes
            }
            _ => Changes::default(),
        }
    }

    /// Sets the clock.
    pub fn set_now(&mut self, now_ms: f64) {
        self.environment.now_ms = now_ms;
    }

    /// Goes to the next page, if the answers on this one are acceptable.
    // A session is no iterator, and respondents go "next".
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Step {
        let page = self.page;
        let mut step = match self.survey.source.check_errors {
            CheckErrors::OnComplete => Step::default(),
            _ => self.check(&[page]),
        };
        if !step.refused
            && !self.ends_here
            && let Some(next) = self.flow.next_page(page)
        {
            self.move_to(next, &mut step.changes);
        }
        step
    }

    /// Goes to the page before. Nothing is checked, and nothing is lost.
    pub fn previous(&mut self) -> Changes {
        let mut changes = Changes::default();
        if let Some(previous) = self.flow.previous_page(self.page) {
            self.move_to(previous, &mut changes);
        }
        changes
    }

    /// Goes to a visible page without checking this one.
    pub fn go_to(&mut self, page: usize) -> Changes {
        let mut changes = Changes::default();
        if self.flow.is_page_visible(page) {
            self.move_to(page, &mut changes);
        }
        changes
    }

    /// Finishes, if all answers are acceptable; otherwise goes to the first page with an issue.
    pub fn complete(&mut self) -> Step {
        let pages = self.visible_pages();
        let mut step = self.check(&pages);
        if self.is_complete() {
            return step;
        }
        if step.refused {
            let first = self.all_issues().find(|(_, issue)| issue.level == Level::Error);
            if let Some(page) = first.map(|(question, _)| self.flow.page_of(question)) {
                self.move_to(page, &mut step.changes);
            }
        } else {
            self.completed_ms = Some(self.environment.now_ms);
            step.changes.complete = true;
        }
        step
    }

    fn move_to(&mut self, page: usize, changes: &mut Changes) {
        if !self.is_complete() && self.page != page {
            self.page = page;
            changes.page = true;
        }
    }

    pub fn answer(&self, question: usize) -> &Value {
        self.instances.get(question).map_or(&Value::Null, |instance| &instance.answer)
    }

    pub fn comment(&self, question: usize) -> &Value {
        self.instances.get(question).map_or(&Value::Null, |instance| &instance.comment)
    }

    pub fn is_visible(&self, question: usize) -> bool {
        self.flow.is_visible(question)
    }

    pub fn is_required(&self, question: usize) -> bool {
        self.instances.get(question).is_some_and(|instance| instance.required)
    }

    /// Whether the question can only be read: so defined, or not enabled, itself or what it
    /// stands in.
    pub fn is_read_only(&self, question: usize) -> bool {
        let Some(model) = self.question(question) else { return false };
        let around = match self.flow.place(question) {
            Place::Question(around) => self.is_read_only(around),
            Place::Page(page) => {
                self.survey.source.read_only
                    || self.survey.pages[page].source.read_only
                    || !self.pages_enabled[page]
            }
        };
        around || model.source.read_only || !self.instances[question].enabled
    }

    /// The index of the current page.
    pub fn page(&self) -> usize {
        self.page
    }

    pub fn visible_pages(&self) -> Vec<usize> {
        self.flow.visible_pages().collect()
    }

    pub fn is_first_page(&self) -> bool {
        self.flow.previous_page(self.page).is_none()
    }

    pub fn is_last_page(&self) -> bool {
        self.ends_here || self.flow.next_page(self.page).is_none()
    }

    pub fn is_complete(&self) -> bool {
        self.completed_ms.is_some()
    }

    /// How far the respondent has come.
    pub fn progress(&self) -> Progress {
        let pages = self.visible_pages();
        let counts = |question: &usize| {
            let takes_answer = |model: &Question| model.kind.as_type().takes_answer();
            self.is_visible(*question) && self.question(*question).is_some_and(takes_answer)
        };
        let questions: Vec<usize> = (0..self.survey.questions.len()).filter(counts).collect();
        Progress {
            page: pages.iter().position(|page| *page == self.page).map_or(1, |at| at + 1),
            pages: pages.len(),
            answered: questions.iter().filter(|q| !self.answer(**q).is_empty()).count(),
            questions: questions.len(),
        }
    }
}
