//! What a session holds of each question, and how answers get there.

use std::sync::Arc;

use super::recalculate::Queue;
use super::rows::is_rows;
use super::tidy::Replaced;
use super::{Aspects, Changes, Session};
use crate::flow::{Form, Place};
use crate::questions::{Contents, Kind};
use crate::survey::{Question, QuestionId};
use crate::validate::chooses;
use crate::value::{Map, Value};

/// A question as it stands now.
#[derive(Clone)]
pub struct Instance {
    pub id: QuestionId,
    /// The row that it stands in.
    pub row: Option<usize>,
    pub answer: Value,
    pub comment: Value,
    pub required: bool,
    pub enabled: bool,
    /// Whether its own condition to be shown holds.
    pub holds: bool,
    /// Its type with what is offered now, where that is not what the definition says.
    pub offered: Option<Arc<Kind>>,
    /// What left the answer because it was no longer offered, and comes back once it is.
    pub withdrawn: Vec<Value>,
    /// Whether the respondent has answered: then `defaultValueExpression` stands back.
    pub edited: bool,
    /// An answer beyond the limits of the question: refused beside the last one that fits.
    pub waiting: Value,
    /// Whether its entries stand there for the respondent, not just ready.
    pub begun: bool,
    /// How many entries it had when it was shown or looked at for the first time.
    pub seen: Option<usize>,
    /// How many entries were given; others stand below them and count once something is in them.
    pub given: usize,
    /// Whether other than the rows to begin with were given before anybody saw them: then fewer
    /// stand there where fewer are given.
    pub loose: bool,
}

/// A row of a question that is answered in rows.
#[derive(Clone)]
pub struct Row {
    /// The number of the question that has the row.
    pub owner: usize,
    /// The block of the questions in it.
    pub block: usize,
    /// The number of its first question; the others follow in the order of the block.
    pub first: usize,
    /// The name of a fixed row.
    pub name: Option<String>,
    /// Whether it stands; a removed row's numbers are used again by the next one.
    pub stands: bool,
}

impl Session {
    /// Gives every question outside rows its place.
    pub(super) fn place_questions(&mut self) {
        let survey = Arc::clone(&self.survey);
        survey.pages.iter().for_each(|_| self.flow.add_page());
        for (index, question) in survey.questions.iter().enumerate() {
            let place = question.parent.map_or(Place::Page(question.page), Place::Question);
            self.add_instance(index, QuestionId { block: 0, index }, None, place);
        }
        self.arrange();
        for page in &survey.pages {
            for index in page.questions.clone() {
                self.flow.settle(index, &mut |_| {});
            }
        }
    }

    pub(super) fn add_instance(
        &mut self,
        number: usize,
        id: QuestionId,
        row: Option<usize>,
        place: Place,
    ) {
        let model = &self.survey.block(id.block)[id.index];
        let form = match &model.kind {
            Kind::Panel(_) => Form::Panel,
            Kind::Hidden(_) => Form::Unseen,
            _ => Form::Question,
        };
        self.flow.add(number, place, form, model.source.visible);
        let instance = Instance {
            id,
            row,
            answer: Value::Null,
            comment: Value::Null,
            required: model.source.required,
            enabled: true,
            holds: model.source.visible,
            offered: None,
            withdrawn: Vec::new(),
            edited: false,
            waiting: Value::Null,
            begun: row.is_some(),
            seen: None,
            given: 0,
            loose: false,
        };
        if number < self.instances.len() {
            self.instances[number] = instance;
        } else {
            self.instances.push(instance);
        }
    }

    pub(super) fn apply_defaults(&mut self) {
        self.following.loading = true;
        for index in 0..self.survey.questions.len() {
            let default = self.default_of(&self.survey.questions[index]);
            let bare = self.survey.questions[index].source.default_value.is_none()
                && self.survey.questions[index].kind.as_type().first_answer().is_empty();
            let mut changes = Changes::default();
            let default = match self.is_tidy() {
                true => self.computed_default(index).unwrap_or(default),
                false => default,
            };
            let empty = default.is_empty();
            if self.is_tidy() && !self.answer(index).is_empty() {
                continue;
            }
            self.put(index, default, &mut changes);
            let counts = !bare || self.survey.questions[index].rows.is_none();
            if self.is_tidy() && !empty && counts {
                let mut due = Queue::new();
                self.spread(index, &mut due, &mut changes);
                self.following.setting.push(index);
                self.settle(due, &mut changes);
                self.following.setting.clear();
            }
            if bare {
                let waits = self.is_tidy() || !self.is_looked_into(index);
                self.hold_back(index);
                if !waits {
                    self.instances[index].begun = true;
                    self.instances[index].answer = self.answer_of(index);
                }
            }
        }
        self.following.loading = false;
        if self.is_tidy() {
            self.look_again(&mut Changes::default());
        }
    }

    /// Answers a question; `Null` clears the answer. Once complete, nothing changes any more.
    pub fn set(&mut self, question: usize, value: Value) -> Changes {
        let mut changes = Changes::default();
        let Some(model) = self.question(question) else { return changes };
        let emptied = value.as_map().is_some();
        // Nothing has one form, so that no condition tells an emptied field from a fresh one.
        let mut value =
            if value.is_empty() && !is_rows(&value, model) { Value::Null } else { value };
        let kind = model.kind.as_type();
        if self.is_complete() || !kind.takes_answer() || kind.computed().is_some() {
            return changes;
        }
        if self.is_tidy() {
            let kind = self.kind(question).unwrap_or(&model.kind).as_type();
            value = kind.tidied(value, self.answer(question));
            value = self.kept_entries(question, value);
            let waits = kind.is_beyond(&value);
            self.instances[question].waiting = if waits { value.clone() } else { Value::Null };
            if waits {
                self.instances[question].edited = true;
                let before = self.answer(question).clone();
                self.notice(&Replaced { question, before, gone: false, cell: None });
                // Nobody else hears of it.
                self.look_again_in_passing(&mut changes);
                return changes;
            }
        }
        if *self.answer(question) == value {
            if !self.is_tidy() {
                self.renew_issues(&mut changes);
            } else if value.is_null() && emptied {
                let before = value;
                self.notice(&Replaced { question, before, gone: false, cell: None });
                self.look_again(&mut changes);
            }
            return changes;
        }
        self.instances[question].edited = !(self.is_tidy() && value.is_empty());
        self.catch_up_entries(question, &value, &mut changes);
        self.following.emptied = emptied;
        self.put(question, value, &mut changes);
        self.following.emptied = false;
        if let Some(owner) = self.following.grown {
            self.following.grown = self.fills_hidden_cells(owner).then_some(owner);
        }
        self.note_consent(question);
        self.setting = Some(question);
        self.after_change(question, &mut changes);
        self.setting = None;
        self.following.grown = None;
        self.following.shrunk = None;
        self.fresh_rows.clear();
        changes
    }

    /// Writes out "other", or a comment beside an answer.
    pub fn set_comment(&mut self, question: usize, value: Value) -> Changes {
        let mut changes = Changes::default();
        let value = if value.is_empty() { Value::Null } else { value };
        let locked = self.is_complete() || self.instances.get(question).is_none();
        if locked || *self.comment(question) == value {
            return changes;
        }
        let written = std::mem::replace(&mut self.instances[question].comment, value);
        changes.mark(question, Aspects::COMMENT);
        if self.is_tidy() {
            self.following.unwritten = !written.is_empty();
            self.following.written = true;
            let before = self.answer(question).clone();
            self.notice(&Replaced { question, before, gone: false, cell: None });
        }
        self.after_change(question, &mut changes);
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

    /// Puts an answer in place, with what belongs to it: rows, and what is written out.
    pub(super) fn put(&mut self, question: usize, value: Value, changes: &mut Changes) {
        if self.instances[question].answer != value {
            changes.mark(question, Aspects::ANSWER);
        }
        let before = self.is_tidy().then(|| self.answer(question).clone());
        let cleared = value.is_null();
        let Some(model) = self.question(question) else { return };
        let gone = cleared && !self.following.emptied && !takes_list(model);
        let other = model.kind.as_type().other();
        let has_rows = model.rows.is_some();
        if other.is_some_and(|other| !chooses(&value, other) && !model.source.comment)
            && !self.instances[question].comment.is_null()
        {
            // What was written out beside "other" belongs to it and goes with it.
            self.instances[question].comment = Value::Null;
            changes.mark(question, Aspects::COMMENT);
        }
        self.instances[question].answer = value;
        self.instances[question].waiting = Value::Null;
        self.instances[question].withdrawn.clear();
        self.instances[question].begun = true;
        self.instances[question].given =
            self.instances[question].answer.as_list().map_or(0, <[Value]>::len);
        let stood = self.rows(question).len();
        if has_rows {
            self.rows_from_answer(question, changes);
        }
        if before.is_some() && cleared && stood > 0 && self.keeps_entries(question, stood) {
            // As many entries stand ready as before.
            self.instances[question].answer = Value::List(vec![Value::Map(Map::new()); stood]);
            self.rows_from_answer(question, changes);
            self.hold_back(question);
        }
        if let Some(before) = before.filter(|_| self.row_of(question).is_none()) {
            self.following.replaced = Some(Replaced { question, before, gone, cell: None });
        }
    }

    /// Questions that share their answer with this one, itself not among them.
    pub(super) fn twins(&self, question: usize) -> Vec<usize> {
        if cfg!(lean) {
            return Vec::new();
        }
        let model = self.survey.questions.get(question).filter(|_| self.row_of(question).is_none());
        let name = model
            .map(|model| &model.source)
            .map(|source| source.value_name.as_ref().unwrap_or(&source.id));
        let twins = name.and_then(|name| self.survey.shared.get(name));
        twins.into_iter().flatten().copied().filter(|twin| *twin != question).collect()
    }

    /// Every question whose answer changes with this one's: those that share it, those in its
    /// rows, and those whose rows it stands in. The latter are brought up to date.
    pub(super) fn carry(&mut self, question: usize, changes: &mut Changes) -> Vec<usize> {
        let mut carried = vec![question];
        for twin in self.twins(question) {
            let answer = self.answer(question).clone();
            if *self.answer(twin) != answer {
                // Both are looked at again.
                if let Some(replaced) = self.following.replaced.take() {
                    self.notice(&replaced);
                }
                // What is computed to begin with stands back from another answer.
                let default = self.is_tidy().then(|| self.computed_default(twin)).flatten();
                self.instances[twin].edited |= default.is_some_and(|value| value != answer);
                self.put(twin, answer, changes);
            }
            carried.push(twin);
        }
        let mut open = carried.clone();
        while let Some(owner) = open.pop() {
            for row in self.rows(owner) {
                carried.extend(self.row_questions(*row));
                open.extend(self.row_questions(*row));
            }
        }
        let mut inside = question;
        while let Some(row) = self.instances[inside].row {
            let owner = self.rows[row].owner;
            if !self.answer(inside).is_empty() {
                self.instances[owner].begun = true;
            }
            let answer = self.answer_from_rows(owner, &|_| true);
            if self.instances[owner].answer != answer {
                let before = std::mem::replace(&mut self.instances[owner].answer, answer);
                changes.mark(owner, Aspects::ANSWER);
                if self.is_tidy() {
                    let gone = self.answer(owner).is_null();
                    let cell = self.counts_entries(owner).then_some(question);
                    self.following.replaced =
                        Some(Replaced { question: owner, before, gone, cell });
                }
            }
            carried.push(owner);
            inside = owner;
        }
        carried
    }
}

/// Whether an answer is a list, which is empty rather than nothing once it is cleared.
fn takes_list(model: &Question) -> bool {
    let listed = matches!(model.kind.as_type().contents(), Contents::Rows { names: None, .. });
    let kind = model.kind.as_type();
    listed || kind.takes_all() || matches!(model.kind, Kind::MultipleChoice(_))
}
