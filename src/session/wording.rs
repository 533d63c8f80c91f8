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
            words: self.start.words,
        }
    }

    /// A text in the respondent's language, with `{names}` filled in.
    pub fn text(&self, text: &Text) -> String {
        self.fill(self.language().text(text))
    }

    /// A wording with `{names}` filled in. A name that nothing has stays as it is written.
    pub fn fill(&self, wording: &str) -> String {
        fill(wording, |name| self.display(name))
    }

    /// What a `{name}` shows: an answer in the words that the respondent saw.
    pub fn display(&self, name: &str) -> Option<String> {
        let (name, raw) = match name.strip_prefix('#') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let names = self.survey.names();
        let slot = names.question(name).map(Slot::Answer).or_else(|| names.get(name));
        match slot {
            Some(Slot::Answer(question)) if !raw => Some(self.display_answer(question)),
            _ => {
                let expression = Expression::compile(&format!("{{{name}}}"), names).ok()?;
                let known = expression.unknown().is_empty();
                let value = expression.evaluate(self, &self.environment).unwrap_or_default();
                known.then(|| plain(&value))
            }
        }
    }

    /// The answer to a question in the words that the respondent saw; for "other", theirs.
    pub fn display_answer(&self, question: usize) -> String {
        let answer = self.answer(question);
        if answer.is_empty() {
            return String::new();
        }
        let kind = self.survey.questions[question].kind.as_type();
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
