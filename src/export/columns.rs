//! The columns of answers that some submissions need.

use std::collections::BTreeSet;

use super::cell::Form;
use crate::questions::Kind;
use crate::survey::Survey;
use crate::value::{Map, Value};

/// A column of answers: a question's, or one row's of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub id: String,
    pub row: Option<String>,
    pub form: Form,
}

impl Column {
    pub fn name(&self) -> String {
        match &self.row {
            Some(row) => format!("{}.{row}", self.id),
            None => self.id.clone(),
        }
    }
}

/// The columns of answers, scores and what else is told of a submission.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pub answers: Vec<Column>,
    /// The same, for looking up.
    known: BTreeSet<(String, Option<String>)>,
    pub scores: Vec<String>,
    /// `context.…` and `device.…`.
    pub entries: Vec<(&'static str, String)>,
}

impl Columns {
    /// Makes room for the answers to a survey, in its order.
    pub fn add_survey(&mut self, survey: &Survey) {
        for question in &survey.questions {
            let source = &question.source;
            let id = source.value_name.as_ref().unwrap_or(&source.id);
            let form = Form::of(&question.kind);
            match &question.kind {
                Kind::Matrix(matrix) => {
                    for row in matrix.row_names() {
                        self.add(id, Some(row), form.clone());
                    }
                }
                kind if kind.as_type().takes_answer() => {
                    self.add(id, None, form);
                    if kind.as_type().other().is_some() || source.comment {
                        self.add(&format!("{id}-comment"), None, Form::Text);
                    }
                }
                _ => {}
            }
        }
        for entry in &survey.scoring {
            self.add_score(&entry.source.id);
        }
    }

    /// Makes room for whatever else a submission holds.
    pub fn note(&mut self, envelope: &Map, scores: &Map) {
        for (id, answer) in envelope.get("answers").and_then(Value::as_map).into_iter().flatten() {
            for row in self.rows_of(id, answer) {
                let form = if id.ends_with("-comment") { Form::Text } else { Form::Any };
                self.add(id, row, form);
            }
        }
        for id in scores.keys() {
            self.add_score(id);
        }
        for place in ["context", "device"] {
            for name in envelope.get(place).and_then(Value::as_map).into_iter().flat_map(Map::keys)
            {
                if !self.entries.iter().any(|(known, entry)| *known == place && entry == name) {
                    self.entries.push((place, name.clone()));
                }
            }
        }
    }

    /// An answer to a question whose rows have columns goes into these, any other into one.
    fn rows_of(&self, id: &str, answer: &Value) -> Vec<Option<String>> {
        match answer.as_map() {
            Some(rows) if self.has_rows(id) => rows.keys().cloned().map(Some).collect(),
            _ => vec![None],
        }
    }

    pub fn has_rows(&self, id: &str) -> bool {
        self.answers.iter().any(|column| column.id == id && column.row.is_some())
    }

    fn add(&mut self, id: &str, row: Option<String>, form: Form) {
        if self.known.insert((id.to_owned(), row.clone())) {
            // A row that turns up later is answered like those before it.
            let like = self.answers.iter().find(|column| column.id == id && row.is_some());
            let form = like.map_or(form, |column| column.form.clone());
            self.answers.push(Column { id: id.to_owned(), row, form });
        }
    }

    fn add_score(&mut self, id: &str) {
        if !self.scores.iter().any(|known| known == id) {
            self.scores.push(id.to_owned());
        }
    }
}
