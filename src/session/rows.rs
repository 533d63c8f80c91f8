//! Questions that are answered in rows: between one answer and many.

use std::ops::Range;
use std::sync::Arc;

use super::state::Row;
use super::{Aspects, Changes, Session};
use crate::flow::Place;
use crate::questions::{Contents, QuestionType};
use crate::survey::{Key, Question, QuestionId, Slot};
use crate::value::{Map, Value};

impl Session {
    /// The rows of a question, in order, by number.
    pub fn rows(&self, question: usize) -> &[usize] {
        if cfg!(lean) {
            return &[];
        }
        self.rows_of.get(&question).map_or(&[], Vec::as_slice)
    }

    /// The numbers of the questions in a row, panels before what they hold.
    pub fn row_questions(&self, row: usize) -> Range<usize> {
        if cfg!(lean) {
            return 0..0;
        }
        let Some(row) = self.rows.get(row) else { return 0..0 };
        row.first..row.first + self.survey.block(row.block).len()
    }

    /// The questions that stand directly in a row.
    pub fn in_row(&self, row: usize) -> Vec<usize> {
        if cfg!(lean) {
            return Vec::new();
        }
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
        if cfg!(lean) {
            return None;
        }
        self.instances.get(question)?.row
    }

    /// The name of a fixed row.
    pub fn row_name(&self, row: usize) -> Option<&str> {
        if cfg!(lean) {
            return None;
        }
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

    /// Whether an answer is one that rows can hold.
    pub(super) fn fits_rows(&self, owner: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        self.question(owner).is_some_and(|model| is_rows(self.answer(owner), model))
    }

    /// Makes the rows agree with the answer that was just put in place.
    pub(super) fn rows_from_answer(&mut self, owner: usize, changes: &mut Changes) {
        if cfg!(lean) {
            return;
        }
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
        let least = model.kind.as_type().rows_at_least();
        let unseen = is_listed && self.instances[owner].seen.is_none() && !answer.is_null();
        let loose = self.instances[owner].loose
            || (unseen && before > 0 && wanted.len() != before && wanted.len() >= least);
        let fewest = match &answer {
            _ if self.exact_rows || !self.is_tidy() => 0,
            Value::List(rows) if rows.len() < least && !loose => before,
            Value::List(_) => 0,
            _ if model.kind.as_type().counts_entries() => 0,
            _ if least == 0 => 0,
            _ => before,
        };
        self.instances[owner].loose = loose;
        if is_listed {
            while wanted.len() < fewest {
                wanted.push((None, Value::Null));
            }
        }
        let seen = self.instances[owner].seen.is_some();
        let grows = before > 0 && wanted.len() > before && self.counts_entries(owner);
        if self.is_tidy() && grows && seen {
            self.following.grown = Some(owner);
        }
        let shrinks = !wanted.is_empty() && wanted.len() < before && self.counts_entries(owner);
        if self.is_tidy() && shrinks && seen {
            self.following.shrunk = Some(owner);
        }
        let one_more = wanted.len() == before + 1;
        if self.is_tidy() && wanted.len() != before && !one_more && !self.counts_entries(owner) {
            // They are made anew.
            let kept = wanted.len().min(before);
            let kept = self.rows(owner).get(..kept).unwrap_or_default().to_vec();
            for row in &kept {
                for cell in self.row_questions(*row) {
                    self.shown_issues.remove(&cell);
                }
            }
            self.fresh_rows.extend(kept);
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
            let gone = self.is_tidy() && (self.is_read_only(question) || self.following.finishing);
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
        if cfg!(lean) {
            return Value::Null;
        }
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
        if cfg!(lean) {
            return Map::new();
        }
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
            let totals = match model.rows {
                Some(_) if self.is_tidy() => self.totals(question),
                _ => Value::Null,
            };
            if !totals.is_empty() {
                cells.insert(format!("{}-total", model.source.id), totals);
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
        if block == 0 || cfg!(lean) {
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
    if cfg!(lean) {
        return false;
    }
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
