//! A table with a row per answer: submission, question, row, value and its wording.

use std::io::{self, Write};

use super::cell::{Form, guarded};
use super::{MARK, write_record};
use crate::survey::Survey;
use crate::text::Language;
use crate::value::{Map, Value};

pub fn write_head(output: &mut impl Write) -> io::Result<()> {
    output.write_all(MARK.as_bytes())?;
    let names = ["submission", "completed", "question", "row", "value", "label"];
    write_record(names.into_iter().map(str::to_owned), output)
}

/// Writes a row for each answer of a submission, those to a matrix row by row; each of several choices
/// has a row of its own.
pub fn write_rows(
    envelope: &Map,
    survey: Option<&Survey>,
    locale: &str,
    output: &mut impl Write,
) -> io::Result<()> {
    let text =
        |name: &str| envelope.get(name).and_then(Value::as_text).map(guarded).unwrap_or_default();
    let (id, completed) = (text("submissionId"), text("completedAt"));
    for (question, answer) in envelope.get("answers").and_then(Value::as_map).into_iter().flatten()
    {
        let cells: Vec<(&str, &Value)> = match answer {
            Value::Map(rows) => rows.iter().map(|(row, value)| (row.as_str(), value)).collect(),
            answer => vec![("", answer)],
        };
        for (row, value) in cells {
            let values: Vec<&Value> = match value {
                Value::List(values) => values.iter().collect(),
                value => vec![value],
            };
            for value in values.into_iter().filter(|value| !value.is_empty()) {
                let label = survey.map(|survey| label(survey, question, row, value, locale));
                let cell = match value {
                    Value::Text(text) => guarded(text),
                    value => Form::Any.write(value),
                };
                let cells = [id.clone(), completed.clone(), guarded(question), guarded(row)];
                // What was written is its own wording.
                let label = label.filter(|label| value.as_text() != Some(label));
                let label = guarded(&label.unwrap_or_default());
                write_record(cells.into_iter().chain([cell, label]), output)?;
            }
        }
    }
    Ok(())
}

/// What the respondent read, where it is more than the value.
fn label(survey: &Survey, question: &str, row: &str, value: &Value, locale: &str) -> String {
    let found = survey.index_of(question).and_then(|index| survey.questions.get(index));
    let Some(found) = found else { return String::new() };
    let language = Language {
        tag: locale,
        default: survey.default_locale(),
        utc_offset_minutes: 0,
        words: crate::locales::word,
    };
    let kind = found.kind.as_type();
    if !row.is_empty() {
        let answer = Value::Map(Map::from([(row.to_owned(), value.clone())]));
        let words = kind.display(&answer, &language);
        return words.split_once(": ").map_or(String::new(), |(_, words)| words.to_owned());
    }
    match value {
        Value::Text(_) | Value::Number(_) | Value::Bool(_) => {
            let several = kind.display(&Value::List(vec![value.clone()]), &language);
            let one = kind.display(value, &language);
            if one.is_empty() { several } else { one }
        }
        _ => String::new(),
    }
}
