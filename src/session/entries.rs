//! What a respondent does to the entries of a repeat: adds, removes and moves them.

use super::{Changes, Session};
use crate::value::{Map, Value};

impl Session {
    /// Adds an entry to a repeat, at the end. Nothing happens where it is full.
    pub fn add_row(&mut self, question: usize) -> Changes {
        if cfg!(lean) {
            return Changes::default();
        }
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
        if cfg!(lean) {
            return Changes::default();
        }
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
        if cfg!(lean) {
            return Changes::default();
        }
        let mut rows = self.list(question);
        if from >= rows.len() || to >= rows.len() {
            return Changes::default();
        }
        let row = rows.remove(from);
        rows.insert(to, row);
        self.set_rows(question, Value::List(rows))
    }

    /// Sets entries to just these.
    pub(super) fn set_rows(&mut self, question: usize, rows: Value) -> Changes {
        if cfg!(lean) {
            return Changes::default();
        }
        self.exact_rows = true;
        let changes = self.set(question, rows);
        self.exact_rows = false;
        changes
    }

    /// The answers of a new row, with the defaults of the questions that have none.
    pub(super) fn with_defaults(&self, block: usize, mut row: Map) -> Map {
        for question in self.survey.block(block) {
            let default = self.default_of(question);
            if !default.is_null() {
                row.or_insert_with(question.source.id.clone(), || default);
            }
        }
        row
    }

    /// The entries of a repeat, those that nothing is written in among them.
    pub(super) fn list(&self, question: usize) -> Vec<Value> {
        let rows = self.rows(question).iter();
        rows.map(|row| Value::Map(self.cells(*row, &|_| true))).collect()
    }
}
