//! Texts as this respondent reads them: in their language, with names filled in.

use super::Session;
use crate::expr::Expression;
use crate::questions::scalar_text;
use crate::survey::Slot;
use crate::text::{Language, Text, fill};
use crate::validate::chooses;
use crate::value::Value;

impl Session {
    /// The respondent's language with all that wording falls back on.
    pub fn language(&self) -> Language<'_> {
        Language {
            tag: &self.locale,
            default: self.survey.default_locale(),
            utc_offset_minutes: self.start.utc_offset_minutes,
            words: self.start.words,
        }
    }

    /// A text in the respondent's language, with `{names}` filled in.
    pub fn text(&self, text: &Text) -> String {
        self.fill(self.language().text(text))
    }

    /// A wording with `{names}` filled in. A name that nothing has stays as it is written.
    pub fn fill(&self, wording: &str) -> String {
        fill(wording, |name| self.display(name, None))
    }

    /// The same for a text of a question, which may name what stands in its own row.
    pub fn fill_at(&self, question: usize, wording: &str) -> String {
        fill(wording, |name| self.display(name, self.row_of(question)))
    }

    /// What a `{name}` shows: an answer in the words that the respondent saw.
    pub(super) fn display(&self, name: &str, row: Option<usize>) -> Option<String> {
        let (name, raw) = match name.strip_prefix('#') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let names = self.survey.scope(row.map_or(0, |row| self.rows[row].block));
        match names.get(name) {
            Some(Slot::Answer(question)) if !raw => Some(self.display_answer(question)),
            Some(Slot::Cell { up: 0, index }) if !raw => {
                row.map(|row| self.display_answer(self.rows[row].first + index))
            }
            // People count from 1.
            Some(Slot::RowIndex) => row.map(|row| (self.row_position(row) + 1).to_string()),
            _ => {
                let expression = Expression::compile(&format!("{{{name}}}"), &names).ok()?;
                let known = expression.unknown().is_empty();
                let value = expression.evaluate(&self.scope(row), &self.environment);
                known.then(|| plain(&value.unwrap_or_default()))
            }
        }
    }

    /// The answer to a question in the words that the respondent saw; for "other", theirs.
    pub fn display_answer(&self, question: usize) -> String {
        let answer = self.answer(question);
        if answer.is_empty() {
            return String::new();
        }
        let Some(kind) = self.kind(question) else { return String::new() };
        let kind = kind.as_type();
        let comment = self.comment(question).as_text().filter(|text| !text.is_empty());
        match (kind.other(), comment) {
            (Some(other), Some(comment)) if chooses(answer, other) => match answer {
                Value::List(chosen) => {
                    let listed = chosen.iter().filter(|value| value.as_text() != Some(other));
                    let listed = Value::List(listed.cloned().collect());
                    let words = kind.display(&listed, &self.language());
                    if words.is_empty() {
                        comment.to_owned()
                    } else {
                        format!("{words}, {comment}")
                    }
                }
                _ => comment.to_owned(),
            },
            _ => kind.display(answer, &self.language()),
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        value => scalar_text(value),
    }
}
