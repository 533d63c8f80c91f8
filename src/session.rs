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

mod arrange;
mod changes;
mod check;
mod collect;
mod entries;
mod fetch;
mod finish;
mod hiding;
mod navigate;
mod offer;
mod progress;
mod recalculate;
mod rows;
mod save;
mod scope;
mod shown;
mod state;
mod tidy;
mod time;
mod triggers;
mod wording;

use std::sync::Arc;

use crate::expr::{Environment, Functions};
use crate::flow::{Flow, Place};
use crate::submission::Channel;
use crate::survey::source::{CheckErrors, PageMode};
use crate::survey::{Question, QuestionId, Survey};
use crate::text::best_language;
use crate::value::{Map, Sorted, Value};

pub use changes::{Aspects, Changes, Step};
use check::Shown;
use fetch::Response;
pub use finish::Closing;
pub use progress::Progress;
pub use scope::View;
use state::{Instance, Row};
pub use time::TimeLeft;

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
    /// What the host adds to the expression language. The survey was to be loaded with the same
    /// names, or lists them itself; a function that is not there gives null.
    pub functions: Functions,
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
            functions: Functions::default(),
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
    /// The triggers that end the survey, each with the page that it does so on.
    ends: Vec<(usize, usize)>,
    page: usize,
    /// The question that is shown, where they are shown one at a time.
    question: Option<usize>,
    /// Whether all answers are shown once more.
    reviewing: bool,
    /// The time spent, on the whole and on each page.
    spent: time::Spent,
    page_spent: Vec<time::Spent>,
    /// Whether the time for a page is over.
    closed: Vec<bool>,
    /// Whether the survey ended because time was over.
    timed_out: bool,
    /// The screen-out that ended the survey.
    screened_out: Option<usize>,
    /// Questions whose issues are shown.
    shown_issues: Sorted<usize, Shown>,
    consent: Map,
    completed_ms: Option<f64>,
    /// Whether given answers are being put in place, which are judged as they are.
    replaying: bool,
    /// Whether rules run for the first time.
    starting: bool,
    /// Whether entries are being set to just those that are given.
    exact_rows: bool,
    /// Rows that the answer just given has made: what stands in them is given, hidden or not.
    fresh_rows: Vec<usize>,
    /// Where it is in following a change, where answers are tidy.
    following: tidy::Following,
    /// The question that the respondent is answering: its own rules stand back.
    setting: Option<usize>,
    /// Whether nobody feeds it what lies at addresses.
    replayed: bool,
    /// What was found at addresses.
    responses: Sorted<String, Response>,
}

impl Session {
    /// Starts a survey: defaults applied, conditions evaluated, at the first visible page.
    pub fn new(survey: Arc<Survey>, start: Start) -> Session {
        let mut session = Session::blank(survey, start);
        session.apply_defaults();
        session.fresh_rows.clear();
        session.recalculate_all(true);
        session.clear_hidden();
        session.begin();
        session
    }

    fn blank(survey: Arc<Survey>, start: Start) -> Session {
        let locale = best_language(&start.locale, &survey.source.locales)
            .unwrap_or(survey.default_locale())
            .to_owned();
        let mut session = Session {
            locale,
            environment: Environment {
                functions: start.functions.clone(),
                ..Environment::new(start.now_ms, start.utc_offset_minutes)
            },
            instances: Vec::with_capacity(survey.questions.len()),
            rows: Vec::new(),
            rows_of: Sorted::new(),
            calculated: vec![Value::Null; survey.source.calculated.len()],
            variables: vec![Value::Null; survey.variables.len()],
            flow: Flow::default(),
            pages_enabled: vec![true; survey.pages.len()],
            ends: Vec::new(),
            page: 0,
            question: None,
            reviewing: false,
            spent: time::Spent::default(),
            page_spent: vec![time::Spent::default(); survey.pages.len()],
            closed: vec![false; survey.pages.len()],
            timed_out: false,
            screened_out: None,
            shown_issues: Sorted::new(),
            consent: Map::new(),
            completed_ms: None,
            replaying: false,
            starting: false,
            exact_rows: false,
            fresh_rows: Vec::new(),
            following: tidy::Following::default(),
            setting: None,
            replayed: false,
            responses: Sorted::new(),
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

    pub fn answer(&self, question: usize) -> &Value {
        self.instances.get(question).map_or(&Value::Null, |instance| &instance.answer)
    }

    /// What conditions read: also what is refused beside the last answer that fits.
    fn read(&self, question: usize) -> &Value {
        match self.instances.get(question) {
            Some(instance) if self.is_tidy() && !instance.waiting.is_null() => &instance.waiting,
            _ => self.answer(question),
        }
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
                    || self.is_closed(page)
            }
        };
        around || model.source.read_only || !self.instances[question].enabled
    }

    pub fn is_complete(&self) -> bool {
        self.completed_ms.is_some()
    }

    /// Whether answers are made tidy, as converted surveys want it. The lean engine is never
    /// given such a survey, so nothing that hangs on this is in it.
    fn is_tidy(&self) -> bool {
        cfg!(not(lean)) && self.survey.source.tidy
    }

    fn page_mode(&self) -> PageMode {
        if cfg!(lean) { PageMode::Standard } else { self.survey.source.page_mode }
    }

    fn check_errors(&self) -> CheckErrors {
        if cfg!(lean) { CheckErrors::OnNextPage } else { self.survey.source.check_errors }
    }

    fn has_preview(&self) -> bool {
        cfg!(not(lean)) && self.survey.source.preview
    }

    fn has_start_page(&self) -> bool {
        cfg!(not(lean)) && self.survey.source.start_page
    }
}
