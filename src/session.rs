//! The headless respondent: a survey, the answers so far, and a position in it.
//!
//! Everything that a respondent can do is a method here, and each says exactly what it
//! changed. The widget, the receiver and the command line all drive this one type. Clock,
//! randomness and language come in from outside, so the same inputs give the same states
//! everywhere.
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
mod finish;
mod recalculate;
mod save;
mod scope;
mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::expr::Environment;
use crate::flow::Flow;
use crate::issue::Issue;
use crate::metrics::Score;
use crate::score;
use crate::submission::Channel;
use crate::survey::{Slot, Survey};
use crate::text::best_language;
use crate::validate::{self, Given, chooses};
use crate::value::{Map, Value};

pub use changes::{Aspects, Changes, Step};

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
    answers: Vec<Value>,
    comments: Vec<Value>,
    calculated: Vec<Value>,
    required: Vec<bool>,
    enabled: Vec<bool>,
    flow: Flow,
    page: usize,
    /// Questions whose issues are shown, with the issues that remain.
    shown_issues: BTreeMap<usize, Vec<Issue>>,
    consent: Map,
    completed_ms: Option<f64>,
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
        for index in 0..session.survey.questions.len() {
            if let Some(default) = &session.survey.questions[index].source.default_value {
                session.answers[index] = default.clone();
            }
        }
        session.recalculate_all();
        session.page = session.flow.visible_pages().next().unwrap_or(0);
        session
    }

    fn blank(survey: Arc<Survey>, start: Start) -> Session {
        let locale = best_language(&start.locale, &survey.source.locales)
            .unwrap_or(survey.default_locale())
            .to_owned();
        let count = survey.questions.len();
        Session {
            locale,
            environment: Environment::new(start.now_ms, start.utc_offset_minutes),
            answers: vec![Value::Null; count],
            comments: vec![Value::Null; count],
            calculated: vec![Value::Null; survey.source.calculated.len()],
            required: survey.questions.iter().map(|q| q.source.required).collect(),
            enabled: vec![true; count],
            flow: Flow::new(&survey),
            page: 0,
            shown_issues: BTreeMap::new(),
            consent: Map::new(),
            completed_ms: None,
            survey,
            start,
        }
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

    /// Answers a question; `Null` clears the answer. Once complete, nothing changes any more.
    pub fn set(&mut self, question: usize, value: Value) -> Changes {
        let mut changes = Changes::default();
        let locked = self.is_complete() || self.answers.get(question).is_none_or(|a| *a == value);
        if locked {
            return changes;
        }
        let other = self.survey.questions[question].kind.as_type().other();
        if other.is_some_and(|other| !chooses(&value, other)) && !self.comments[question].is_null()
        {
            // What was written out beside "other" belongs to it and goes with it.
            self.comments[question] = Value::Null;
            changes.mark(question, Aspects::COMMENT);
        }
        self.answers[question] = value;
        changes.mark(question, Aspects::ANSWER);
        self.note_consent(question);
        let slots = [Slot::Answer(question), Slot::Comment(question)];
        let cleared = changes.of(question).has(Aspects::COMMENT);
        self.after_change(&slots[..1 + usize::from(cleared)], &mut changes);
        changes
    }

    /// Writes out "other", or a comment beside an answer.
    pub fn set_comment(&mut self, question: usize, value: Value) -> Changes {
        let mut changes = Changes::default();
        let value = if value.is_empty() { Value::Null } else { value };
        if self.is_complete() || self.comments.get(question).is_none_or(|c| *c == value) {
            return changes;
        }
        self.comments[question] = value;
        changes.mark(question, Aspects::COMMENT);
        self.after_change(&[Slot::Comment(question)], &mut changes);
        changes
    }

    /// Answers by the name under which answers are stored: an id, or `<id>-comment`.
    /// Nothing where the survey has no such question.
    pub fn set_by_id(&mut self, id: &str, value: Value) -> Option<Changes> {
        if let Some(question) = self.survey.index_of(id) {
            let takes_answer = self.survey.questions[question].kind.as_type().takes_answer();
            return takes_answer.then(|| self.set(question, value));
        }
        let question = self.survey.index_of(id.strip_suffix("-comment")?)?;
        Some(self.set_comment(question, value))
    }

    /// Changes the language; answers stay.
    pub fn set_locale(&mut self, locale: &str) -> Changes {
        let best = best_language(locale, &self.survey.source.locales).map(str::to_owned);
        match best {
            Some(best) if best != self.locale => {
                self.locale = best;
                Changes { locale: true, headings: true, ..Changes::default() }
            }
            _ => Changes::default(),
        }
    }

    /// Sets the clock.
    pub fn set_now(&mut self, now_ms: f64) {
        self.environment.now_ms = now_ms;
    }

    /// Goes to the next page, if the answers on this one are acceptable.
    pub fn next(&mut self) -> Step {
        let page = self.page;
        let mut step = self.check(&[page]);
        if !step.refused
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
            let first = self.shown_issues.iter().find(|(_, issues)| !issues.is_empty());
            if let Some((question, _)) = first {
                let page = self.survey.questions[*question].page;
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

    /// Looks at the answers on some pages and shows their issues.
    fn check(&mut self, pages: &[usize]) -> Step {
        let mut step = Step::default();
        let survey = Arc::clone(&self.survey);
        for page in pages {
            for question in survey.pages[*page].questions.clone() {
                let issues = self.find_issues(question);
                step.refused |=
                    issues.iter().any(|issue| issue.level == crate::issue::Level::Error);
                if self.shown_issues.get(&question).map_or(&[][..], Vec::as_slice) != issues {
                    step.changes.mark(question, Aspects::ISSUES);
                }
                if issues.is_empty() {
                    self.shown_issues.remove(&question);
                } else {
                    self.shown_issues.insert(question, issues);
                }
            }
        }
        step
    }

    /// What is wrong with a question's answer at this moment, shown or not.
    pub fn find_issues(&self, question: usize) -> Vec<Issue> {
        if !self.is_visible(question) || self.is_read_only(question) {
            return Vec::new();
        }
        let model = &self.survey.questions[question];
        let given = Given {
            answer: &self.answers[question],
            comment: &self.comments[question],
            required: self.required[question],
        };
        validate::issues(model, &given, |validator| {
            model.validators[validator].is_true(self, &self.environment)
        })
    }

    pub fn answer(&self, question: usize) -> &Value {
        self.answers.get(question).unwrap_or(&Value::Null)
    }

    pub fn comment(&self, question: usize) -> &Value {
        self.comments.get(question).unwrap_or(&Value::Null)
    }

    pub fn is_visible(&self, question: usize) -> bool {
        self.flow.is_visible(question)
    }

    pub fn is_required(&self, question: usize) -> bool {
        self.required.get(question).copied().unwrap_or(false)
    }

    /// Whether the question can only be read: so defined, or not enabled, itself or a panel
    /// around it.
    pub fn is_read_only(&self, question: usize) -> bool {
        let Some(model) = self.survey.questions.get(question) else { return false };
        model.source.read_only
            || !self.enabled[question]
            || model.parent.is_some_and(|panel| self.is_read_only(panel))
    }

    /// The issues to show: none until going on was refused.
    pub fn issues(&self, question: usize) -> &[Issue] {
        self.shown_issues.get(&question).map_or(&[], Vec::as_slice)
    }

    /// Every issue that is shown, in the order of the survey.
    pub fn all_issues(&self) -> impl Iterator<Item = (usize, &Issue)> {
        let shown = self.shown_issues.iter();
        shown.flat_map(|(question, issues)| issues.iter().map(|issue| (*question, issue)))
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
        self.flow.next_page(self.page).is_none()
    }

    pub fn is_complete(&self) -> bool {
        self.completed_ms.is_some()
    }

    /// The answers so far. Those to hidden questions stay until the survey is complete, so
    /// that showing a question again brings its answer back; then they are dropped.
    pub fn answers(&self) -> Map {
        if self.is_complete() { self.visible_answers() } else { self.collect(|_| true) }
    }

    /// The answers to visible questions: what is scored and submitted.
    pub fn visible_answers(&self) -> Map {
        self.collect(|question| self.is_visible(question))
    }

    fn collect(&self, counts: impl Fn(usize) -> bool) -> Map {
        let mut answers = Map::new();
        for (index, question) in self.survey.questions.iter().enumerate() {
            if !counts(index) {
                continue;
            }
            let id = &question.source.id;
            if !self.answers[index].is_empty() {
                answers.insert(id.clone(), self.answers[index].clone());
            }
            if !self.comments[index].is_empty() {
                answers.insert(format!("{id}-comment"), self.comments[index].clone());
            }
        }
        let calculated = self.survey.source.calculated.iter().zip(&self.calculated);
        for (source, value) in calculated.filter(|(source, _)| source.include) {
            if !value.is_empty() {
                answers.insert(source.id.clone(), value.clone());
            }
        }
        answers
    }

    /// The scores that the visible answers give.
    pub fn scores(&self) -> BTreeMap<String, Score> {
        let scoring = self.survey.scoring.iter();
        scoring.map(|entry| (entry.source.id.clone(), self.score(entry))).collect()
    }

    fn score(&self, scoring: &crate::survey::Scoring) -> Score {
        let visible = |question: usize| {
            self.is_visible(question).then(|| self.answer(question)).filter(|a| !a.is_empty())
        };
        score::score(&self.survey, scoring, &visible)
    }

    /// How far the respondent has come.
    pub fn progress(&self) -> Progress {
        let pages = self.visible_pages();
        let counts = |question: &usize| {
            self.survey.questions[*question].kind.as_type().takes_answer()
                && self.is_visible(*question)
        };
        let questions: Vec<usize> = (0..self.survey.questions.len()).filter(counts).collect();
        Progress {
            page: pages.iter().position(|page| *page == self.page).map_or(1, |at| at + 1),
            pages: pages.len(),
            answered: questions.iter().filter(|q| !self.answers[**q].is_empty()).count(),
            questions: questions.len(),
        }
    }

    /// The questions whose issues are shown.
    fn flagged(&self) -> BTreeSet<usize> {
        self.shown_issues.keys().copied().collect()
    }
}
