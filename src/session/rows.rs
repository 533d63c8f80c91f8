//! Questions that are answered in rows: between one answer and many.

use std::ops::Range;
use std::sync::Arc;

use super::state::Row;
use super::{Aspects, Changes, Session};
use crate::flow::Place;
use crate::questions::{Contents, QuestionType};
use crate::survey::{Key, Question, QuestionId, Slot, Target};
use crate::value::{Map, Value};

impl Session {
    /// The rows of a question, in order, by number.
    pub fn rows(&self, question: usize) -> &[usize] {
        self.rows_of.get(&question).map_or(&[], Vec::as_slice)
    }

    /// The numbers of the questions in a row, panels before what they hold.
    pub fn row_questions(&self, row: usize) -> Range<usize> {
        let Some(row) = self.rows.get(row) else { return 0..0 };
        row.first..row.first + self.survey.block(row.block).len()
    }

    /// The questions that stand directly in a row.
    pub fn in_row(&self, row: usize) -> Vec<usize> {
        let Some(owner) = self.rows.get(row).map(|row| row.owner) else { return Vec::new() };
        let direct = |question: &usize| self.flow.place(*question) == Place::Question(owner);
        self.row_questions(row).filter(direct).collect()
    }

    /// The questions that stand directly in a panel.
    pub fn in_panel(&self, panel: usize) -> &[usize] {
        self.flow.children(panel)
    }

    /// The row that a question stands in.
    pub fn row_of(&self, question: usize) -> Option<usize> {
        self.instances.get(question)?.row
    }

    /// The name of a fixed row.
    pub fn row_name(&self, row: usize) -> Option<&str> {
        self.rows.get(row)?.name.as_deref()
    }

    /// Where a row stands among its neighbours, from 0.
    pub fn row_position(&self, row: usize) -> usize {
        let owner = self.rows.get(row).map_or(0, |row| row.owner);
        self.rows(owner).iter().position(|candidate| *candidate == row).unwrap_or(0)
    }

    /// The name of a question as expressions write it: `guests[0].name`, `stay.hotel.nights`.
    pub fn name_of(&self, question: usize) -> String {
        let Some(model) = self.question(question) else { return String::new() };
        let id = &model.source.id;
        let Some(row) = self.row_of(question) else { return id.clone() };
        let owner = self.name_of(self.rows[row].owner);
        match self.row_name(row) {
            Some(name) => format!("{owner}.{name}.{id}"),
            None => format!("{owner}[{}].{id}", self.row_position(row)),
        }
    }

    /// Adds an entry to a repeat, at the end. Nothing happens where it is full.
    pub fn add_row(&mut self, question: usize) -> Changes {
        let mut rows = self.list(question);
        let model = self.question(question);
        let Some(row) = model.and_then(|model| model.kind.as_type().new_entry(&rows)) else {
            return Changes::default();
        };
        let block = model.and_then(|model| model.rows).unwrap_or(0);
        rows.push(Value::Map(self.with_defaults(block, row)));
        self.set_rows(question, Value::List(rows))
    }

    /// Removes an entry of a repeat. Nothing happens where that would leave too few.
    pub fn remove_row(&mut self, question: usize, position: usize) -> Changes {
        let mut rows = self.list(question);
        let model = self.question(question);
        let may = model.is_some_and(|model| model.kind.as_type().may_remove_entry(rows.len()));
        if !may || position >= rows.len() {
            return Changes::default();
        }
        rows.remove(position);
        let rows = if rows.is_empty() { Value::Null } else { Value::List(rows) };
        self.set_rows(question, rows)
    }

    /// Moves an entry of a repeat to another place.
    pub fn move_row(&mut self, question: usize, from: usize, to: usize) -> Changes {
        let mut rows = self.list(question);
        if from >= rows.len() || to >= rows.len() {
            return Changes::default();
        }
        let row = rows.remove(from);
        rows.insert(to, row);
        self.set_rows(question, Value::List(rows))
    }

    /// Sets entries to just these.
    fn set_rows(&mut self, question: usize, rows: Value) -> Changes {
        self.exact_rows = true;
        let changes = self.set(question, rows);
        self.exact_rows = false;
        changes
    }

    /// The answers of a new row, with the defaults of the questions that have none.
    fn with_defaults(&self, block: usize, mut row: Map) -> Map {
        for question in self.survey.block(block) {
            let default = self.default_of(question);
            if !default.is_null() {
                row.or_insert_with(question.source.id.clone(), || default);
            }
        }
        row
    }

    /// The answer that a question begins with.
    pub(super) fn default_of(&self, question: &Question) -> Value {
        let kind = question.kind.as_type();
        let default = question.source.default_value.clone().unwrap_or_else(|| kind.first_answer());
        let (Some(block), Contents::Rows { names, .. }) = (question.rows, kind.contents()) else {
            return default;
        };
        let filled = |row: Option<&Value>| {
            let row = row.and_then(Value::as_map).cloned().unwrap_or_default();
            Value::Map(self.with_defaults(block, row))
        };
        match names {
            Some(names) => {
                let rows = names.into_iter().map(|name| (name.clone(), filled(default.get(&name))));
                Value::Map(rows.collect())
            }
            None => match default.as_list() {
                Some(rows) => Value::List(rows.iter().map(|row| filled(Some(row))).collect()),
                None => default,
            },
        }
    }

    /// The entries of a repeat, those that nothing is written in among them.
    fn list(&self, question: usize) -> Vec<Value> {
        let rows = self.rows(question).iter();
        rows.map(|row| Value::Map(self.cells(*row, &|_| true))).collect()
    }

    /// Whether a rule reads single entries of a question outside rows.
    pub(super) fn is_looked_into(&self, question: usize) -> bool {
        let slot = Slot::Answer(question);
        let mut rules = self.survey.rules_reading(Key::root(slot));
        rules.any(|index| {
            let rule = &self.survey.rules()[index];
            // These wait for a change before they read anything.
            if matches!(rule.target, Target::Trigger(_) | Target::Reset(_)) {
                return false;
            }
            let mut expressions = rule.expression.iter().chain(&rule.condition);
            expressions.any(|expression| expression.looks_into(slot.encode()))
        })
    }

    /// The answer as its entries make it; as it stands where there are none.
    pub(super) fn answer_of(&self, question: usize) -> Value {
        match self.rows(question).is_empty() {
            true => self.answer(question).clone(),
            false => self.answer_from_rows(question, &|_| true),
        }
    }

    /// Lets entries stand ready without counting: nobody has seen them yet.
    pub(super) fn hold_back(&mut self, question: usize) {
        self.instances[question].begun = false;
        self.instances[question].given = 0;
        if !self.rows(question).is_empty() {
            self.instances[question].answer = self.answer_from_rows(question, &|_| true);
        }
    }

    /// Whether entries stand ready that do not count yet.
    pub(super) fn is_held_back(&self, question: usize) -> bool {
        let instance = &self.instances[question];
        !instance.begun && instance.row.is_none() && !self.rows(question).is_empty()
    }

    /// Whether a question stands in rows that nobody has seen yet, nor any rule read.
    pub(super) fn is_in_unseen_rows(&self, question: usize) -> bool {
        let mut outer = question;
        while let Some(row) = self.row_of(outer) {
            outer = self.rows[row].owner;
        }
        outer != question && self.instances[outer].seen.is_none() && !self.is_looked_into(outer)
    }

    /// Lets the entries on some pages count that stand ready there: all on pages that are
    /// shown, those of visible questions where answers are just checked.
    pub(super) fn bring_forward(&mut self, pages: &[usize], shown: bool, changes: &mut Changes) {
        for page in pages {
            if !self.flow.is_page_visible(*page) {
                continue;
            }
            let mut questions = self.questions_on(*page);
            questions.retain(|question| shown || self.is_visible(*question));
            let mut fresh = questions.clone();
            fresh.retain(|question| self.instances[*question].seen.is_none());
            for question in &fresh {
                self.instances[*question].seen = Some(self.rows(*question).len());
            }
            self.open_rows(&fresh, changes);
            for question in questions {
                if !self.is_held_back(question) {
                    continue;
                }
                self.instances[question].begun = true;
                let answer = self.answer_from_rows(question, &|_| true);
                if *self.answer(question) != answer {
                    self.put(question, answer, changes);
                    self.after_standing_ready(question, changes);
                }
            }
        }
    }

    /// Whether the number of its entries says something, as with panels.
    pub(super) fn counts_entries(&self, question: usize) -> bool {
        self.question(question).is_some_and(|model| model.kind.as_type().counts_entries())
    }

    /// What is left where all entries are to go: where answers are tidy, as many of them as
    /// there were when they were first seen, if there are more or fewer.
    pub(super) fn kept_entries(&self, question: usize, value: Value) -> Value {
        let asked = self.survey.source.tidy && value.is_null() && !self.exact_rows;
        if !asked || !self.counts_entries(question) {
            return value;
        }
        let wanted = self.instances[question].seen.unwrap_or(0);
        let mut entries = self.list(question);
        if wanted == 0 || entries.is_empty() || entries.len() == wanted {
            return value;
        }
        entries.resize(wanted, Value::Map(Map::new()));
        Value::List(entries)
    }

    /// Whether an answer is one that rows can hold.
    pub(super) fn fits_rows(&self, owner: usize) -> bool {
        self.question(owner).is_some_and(|model| is_rows(self.answer(owner), model))
    }

    /// Makes the rows agree with the answer that was just put in place.
    pub(super) fn rows_from_answer(&mut self, owner: usize, changes: &mut Changes) {
        let Some(model) = self.question(owner) else { return };
        let Contents::Rows { names, .. } = model.kind.as_type().contents() else { return };
        let answer = self.answer(owner).clone();
        let fits = fits(&answer, names.as_deref());
        let is_listed = names.is_none() && fits;
        let wanted: Vec<(Option<String>, Value)> = match names {
            // What is no answer here stays as it is, so that it can be refused by name.
            None if !fits => Vec::new(),
            Some(names) => {
                let cells = |name: &str| answer.get(name).cloned().unwrap_or_default();
                names.into_iter().map(|name| (Some(name.clone()), cells(&name))).collect()
            }
            None => {
                let rows = answer.as_list().unwrap_or_default();
                rows.iter().map(|row| (None, row.clone())).collect()
            }
        };
        let mut wanted = wanted;
        let before = self.rows(owner).len();
        let fewest = match &answer {
            _ if self.exact_rows || !self.survey.source.tidy => 0,
            Value::List(rows) if rows.len() < model.kind.as_type().rows_at_least() => before,
            Value::List(_) => 0,
            _ if model.kind.as_type().counts_entries() => 0,
            _ => before,
        };
        if is_listed {
            while wanted.len() < fewest {
                wanted.push((None, Value::Null));
            }
        }
        while self.rows(owner).len() > wanted.len() {
            self.drop_last_row(owner, changes);
        }
        for (position, (name, cells)) in wanted.into_iter().enumerate() {
            let row = match self.rows(owner).get(position) {
                Some(row) => *row,
                None => self.new_row(owner, name, changes),
            };
            self.fill_row(row, cells.as_map(), changes);
        }
        if before != self.rows(owner).len() {
            changes.mark(owner, Aspects::ROWS);
        }
        if fits {
            self.instances[owner].answer = self.answer_from_rows(owner, &|_| true);
        }
    }

    fn fill_row(&mut self, row: usize, cells: Option<&Map>, changes: &mut Changes) {
        for question in self.row_questions(row) {
            let Some(model) = self.question(question) else { continue };
            if !model.kind.as_type().takes_answer() {
                continue;
            }
            let id = model.source.id.clone();
            let value = cells.and_then(|cells| cells.get(&id)).cloned();
            // What is computed stays, but where nothing would compute it anew.
            let gone = self.survey.source.tidy && self.is_read_only(question);
            if value.is_none() && model.kind.as_type().computed().is_some() && !gone {
                continue;
            }
            self.put(question, value.unwrap_or_default(), changes);
            let comment = cells.and_then(|cells| cells.get(&format!("{id}-comment"))).cloned();
            let comment = comment.unwrap_or_default();
            if self.instances[question].comment != comment {
                self.instances[question].comment = comment;
                changes.mark(question, Aspects::COMMENT);
            }
        }
    }

    fn new_row(&mut self, owner: usize, name: Option<String>, changes: &mut Changes) -> usize {
        let survey = Arc::clone(&self.survey);
        let Some(block) = self.question(owner).and_then(|model| model.rows) else { return 0 };
        let questions = survey.block(block);
        let free = self.rows.iter().position(|row| !row.stands && row.block == block);
        let first = free.map_or(self.instances.len(), |row| self.rows[row].first);
        let row = Row { owner, block, first, name, stands: true };
        let number = match free {
            Some(free) => {
                self.rows[free] = row;
                free
            }
            None => {
                self.rows.push(row);
                self.rows.len() - 1
            }
        };
        self.rows_of.or_insert_with(owner, Vec::new).push(number);
        self.fresh_rows.push(number);
        for (index, question) in questions.iter().enumerate() {
            let around = question.parent.map_or(owner, |parent| first + parent);
            let id = QuestionId { block, index };
            self.add_instance(first + index, id, Some(number), Place::Question(around));
        }
        for index in 0..questions.len() {
            self.flow.settle(first + index, &mut |_| {});
            changes.mark(first + index, Aspects::VISIBLE);
        }
        number
    }

    fn drop_last_row(&mut self, owner: usize, changes: &mut Changes) {
        let Some(row) = self.rows_of.get_mut(&owner).and_then(Vec::pop) else { return };
        for question in self.row_questions(row) {
            while !self.rows(question).is_empty() {
                self.drop_last_row(question, changes);
            }
            self.shown_issues.remove(&question);
            changes.questions.remove(&question);
        }
        for question in self.row_questions(row) {
            if self.flow.place(question) == Place::Question(owner) {
                self.flow.remove(question, &mut |_| {});
            }
        }
        self.rows[row].stands = false;
    }

    /// The answer that the rows of a question make; `counts` says which cells are in it.
    pub(super) fn answer_from_rows(&self, owner: usize, counts: &dyn Fn(usize) -> bool) -> Value {
        let mut named = Map::new();
        let mut listed = Vec::new();
        if !self.instances[owner].begun {
            return Value::Null;
        }
        for row in self.rows(owner) {
            let cells = self.cells(*row, counts);
            match self.row_name(*row) {
                Some(_) if cells.is_empty() => {}
                Some(name) => drop(named.insert(name.to_owned(), Value::Map(cells))),
                None => listed.push(Value::Map(cells)),
            }
        }
        let kind = self.question(owner).map(|model| model.kind.as_type());
        let all = kind.is_some_and(QuestionType::counts_entries);
        let given = self.instances[owner].given > 0;
        let counts = |row: &Value| all || given || !row.is_empty();
        let last = listed.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1);
        if !all {
            listed.truncate(last.max(self.instances[owner].given));
        }
        match (named.is_empty(), listed.iter().any(counts)) {
            (false, _) => Value::Map(named),
            (_, true) => Value::List(listed),
            _ => Value::Null,
        }
    }

    pub(super) fn cells(&self, row: usize, counts: &dyn Fn(usize) -> bool) -> Map {
        let mut cells = Map::new();
        for question in self.row_questions(row).filter(|question| counts(*question)) {
            let Some(model) = self.question(question) else { continue };
            let answer = match model.rows {
                Some(_) => self.answer_from_rows(question, counts),
                None => self.answer(question).clone(),
            };
            if !answer.is_empty() {
                cells.insert(model.source.id.clone(), answer);
            }
            if !self.comment(question).is_empty() {
                cells
                    .insert(format!("{}-comment", model.source.id), self.comment(question).clone());
            }
        }
        cells
    }

    /// The rows in which a rule of `block` has to run when `key` changed in `row`.
    pub(super) fn rows_concerned(
        &self,
        block: usize,
        key: Key,
        row: Option<usize>,
    ) -> Vec<Option<usize>> {
        if block == 0 {
            return vec![None];
        }
        if key.block == block && key.slot != Slot::RowIndex && row.is_some() {
            return vec![row];
        }
        let inside = |candidate: usize| {
            key.block == 0 || row.is_none_or(|row| self.row_stands_in(candidate, row))
        };
        let numbers = self.rows.iter().enumerate();
        let standing = numbers.filter(|(_, row)| row.stands && row.block == block);
        standing.map(|(number, _)| number).filter(|row| inside(*row)).map(Some).collect()
    }

    fn row_stands_in(&self, row: usize, around: usize) -> bool {
        let mut current = Some(row);
        while let Some(row) = current {
            if row == around {
                return true;
            }
            current = self.row_of(self.rows[row].owner);
        }
        false
    }
}

/// Whether an answer is one that the rows of a question can hold, be they empty.
pub(super) fn is_rows(answer: &Value, question: &Question) -> bool {
    match question.kind.as_type().contents() {
        Contents::Rows { names, .. } => fits(answer, names.as_deref()),
        _ => false,
    }
}

/// Whether an answer has the form of rows: of these, where they are fixed.
fn fits(answer: &Value, names: Option<&[String]>) -> bool {
    let is_row = |row: &Value| row.as_map().is_some();
    match (answer, names) {
        (Value::Map(rows), Some(names)) => {
            rows.iter().all(|(name, row)| names.contains(name) && is_row(row))
        }
        (Value::List(rows), None) => rows.iter().all(is_row),
        (other, _) => other.is_null(),
    }
}
