//! A table with a row per submission.

use std::io::{self, Write};

use super::cell::{Form, guarded};
use super::columns::{Column, Columns};
use super::{MARK, write_record};
use crate::value::{Map, Value};

/// The columns before the answers, with their place in a submission.
pub const FIXED: &[(&str, &[&str])] = &[
    ("submission", &["submissionId"]),
    ("survey", &["survey", "id"]),
    ("version", &["survey", "version"]),
    ("status", &["status"]),
    ("locale", &["locale"]),
    ("channel", &["channel"]),
    ("started", &["startedAt"]),
    ("completed", &["completedAt"]),
    ("duration_ms", &["durationMs"]),
    ("received", &["receivedAt"]),
    ("framework", &["survey", "framework", "code"]),
    ("framework_revision", &["survey", "framework", "revision"]),
];

impl Columns {
    /// Writes the line of column names, after the mark by which spreadsheets know UTF-8.
    pub fn write_head(&self, output: &mut impl Write) -> io::Result<()> {
        output.write_all(MARK.as_bytes())?;
        let fixed = FIXED.iter().map(|(name, _)| (*name).to_owned());
        let answers = self.answers.iter().map(Column::name);
        let scores = self.scores.iter().map(|id| format!("score.{id}"));
        let entries = self.entries.iter().map(|(place, name)| format!("{place}.{name}"));
        let all = fixed.chain(answers).chain(scores).chain(entries);
        write_record(all.map(|name| guarded(&name)), output)
    }

    pub fn write_row(
        &self,
        envelope: &Map,
        scores: &Map,
        output: &mut impl Write,
    ) -> io::Result<()> {
        let whole = Value::Map(envelope.clone());
        let fixed = FIXED
            .iter()
            .map(|(_, path)| cell(path.iter().try_fold(&whole, |value, key| value.get(key))));
        let answers = self.answers.iter().map(|column| {
            let answer = envelope.get("answers").and_then(|answers| answers.get(&column.id));
            let answer = match &column.row {
                Some(row) => answer.and_then(|rows| rows.get(row)),
                None => answer.filter(|_| !self.is_spread(column, answer)),
            };
            answer.map(|answer| column.form.write(answer)).unwrap_or_default()
        });
        let scores = self.scores.iter().map(|id| cell(scores.get(id).and_then(|s| s.get("value"))));
        let entries = self
            .entries
            .iter()
            .map(|(place, name)| cell(envelope.get(*place).and_then(|entries| entries.get(name))));
        write_record(fixed.chain(answers).chain(scores).chain(entries), output)
    }

    /// Whether the answer stands in the columns of its rows already.
    fn is_spread(&self, column: &Column, answer: Option<&Value>) -> bool {
        answer.is_some_and(|answer| answer.as_map().is_some()) && self.has_rows(&column.id)
    }
}

/// What is no answer, as a cell.
pub fn cell(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Text(text)) => guarded(text),
        Some(value) => Form::Any.write(value),
    }
}
