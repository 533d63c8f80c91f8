//! What stands in a cell, and the answer that it stands for.

use crate::questions::{Choice, Kind, Part, scalar_text};
use crate::value::Value;

/// How the answers of a column are written.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Words as they are.
    Text,
    Number,
    Flag,
    /// One of these, or words that are none of them.
    Choice(Vec<Value>),
    /// Several of these.
    Choices(Vec<Value>),
    /// Anything: JSON, and words as they are where they could not be taken for it.
    Any,
}

impl Form {
    /// The form of the answers to a question; of a matrix, of each row.
    pub fn of(kind: &Kind) -> Form {
        let values = |list: &[Choice]| list.iter().map(|choice| choice.value.clone()).collect();
        let lists = kind.as_type().items();
        let list = |part: Part| {
            lists.iter().find(|items| items.part == part).map_or(Vec::new(), |i| values(i.list))
        };
        match kind {
            Kind::TextAnswer(text) if text.is_open() => Form::Text,
            Kind::Date(_) => Form::Text,
            Kind::Nps(_) | Kind::Number(_) => Form::Number,
            Kind::Rating(rating) => Form::Choice(values(&rating.steps())),
            Kind::YesNo(_) | Kind::Consent(_) => Form::Flag,
            Kind::SingleChoice(_) => Form::Choice(list(Part::Choices)),
            Kind::MultipleChoice(_) | Kind::Ranking(_) => Form::Choices(list(Part::Choices)),
            Kind::Matrix(matrix) => match matrix.cell_type.as_str() {
                "checkbox" => Form::Choices(values(&matrix.columns)),
                _ => Form::Choice(values(&matrix.columns)),
            },
            _ => Form::Any,
        }
    }

    /// A value as a cell. Text that a spreadsheet would run as a formula is guarded; numbers, which
    /// may well begin with a minus, are not.
    pub fn write(&self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Null) => String::new(),
            (Form::Any, value) => plain(value),
            (Form::Text | Form::Choice(_), Value::Text(text)) if !is_json(text) => guarded(text),
            (Form::Text, Value::Text(text)) => guarded(text),
            (Form::Choice(values), Value::Text(text)) if values.contains(value) => guarded(text),
            (Form::Number, Value::Number(_)) | (Form::Flag, Value::Bool(_)) => scalar_text(value),
            (Form::Choice(values), value) if values.contains(value) => scalar_text(value),
            (Form::Choices(values), Value::List(chosen)) => {
                let joins = |value: &Value| {
                    values.contains(value) && !scalar_text(value).contains(['|', '[', '{'])
                };
                match chosen.iter().all(joins) && !chosen.is_empty() {
                    true => guarded(&chosen.iter().map(scalar_text).collect::<Vec<_>>().join("|")),
                    false => value.to_json(),
                }
            }
            (_, value) => plain(value),
        }
    }

    /// The answer that a cell stands for.
    pub fn read(&self, cell: &str) -> Value {
        if cell.is_empty() {
            return Value::Null;
        }
        let guarded = cell.strip_prefix('\'').filter(|rest| rest.starts_with(GUARDED));
        let text = guarded.unwrap_or(cell);
        let json = || serde_json::from_str::<Value>(cell).ok().filter(|_| guarded.is_none());
        let words = || Value::from(text);
        let known = |values: &[Value], text: &str| {
            values.iter().find(|value| scalar_text(value) == text).cloned()
        };
        match self {
            Form::Text => words(),
            Form::Number | Form::Flag | Form::Any => json().unwrap_or_else(words),
            Form::Choice(values) => known(values, text).or_else(json).unwrap_or_else(words),
            Form::Choices(values) => match json() {
                Some(list @ Value::List(_)) => list,
                other => {
                    let chosen: Option<Vec<Value>> =
                        text.split('|').map(|text| known(values, text)).collect();
                    chosen.map(Value::List).or(other).unwrap_or_else(words)
                }
            },
        }
    }
}

/// A value of any kind: words as they are, unless they would be read as something else.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) if !is_json(text) => guarded(text),
        value => value.to_json(),
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// Text that a spreadsheet would run as a formula begins with an apostrophe, and so does text that
/// looks as if it had been given one.
pub fn guarded(text: &str) -> String {
    let rest = text.strip_prefix('\'');
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = formula || rest.is_some_and(|rest| rest.starts_with(GUARDED));
    if guard { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scalar() -> impl Strategy<Value = Value> {
        prop_oneof![
            "[-=+@'\\[{|\"0-9a-c \\t\\r\\n]{0,5}".prop_map(Value::from),
            any::<bool>().prop_map(Value::Bool),
            (-1000..1000_i32).prop_map(Value::from),
            (-10.0..10.0_f64).prop_map(Value::from),
        ]
    }

    fn form() -> impl Strategy<Value = Form> {
        let values = || {
            proptest::collection::vec(scalar(), 0..4).prop_map(|mut values| {
                // Choices that are written alike are one and the same.
                let mut seen = Vec::new();
                values.retain(|value| {
                    let text = scalar_text(value);
                    let new = !text.is_empty() && !seen.contains(&text);
                    seen.push(text);
                    new
                });
                values
            })
        };
        prop_oneof![
            Just(Form::Text),
            Just(Form::Number),
            Just(Form::Flag),
            Just(Form::Any),
            values().prop_map(Form::Choice),
            values().prop_map(Form::Choices),
        ]
    }

    fn answer(form: &Form) -> BoxedStrategy<Value> {
        let list = proptest::collection::vec(scalar(), 1..4).prop_map(Value::List);
        match form {
            Form::Text => "[-=+@'\\[{|\"0-9a-c \\t\\r\\n]{0,6}".prop_map(Value::from).boxed(),
            Form::Number => (-1e6..1e6_f64).prop_map(Value::from).boxed(),
            Form::Flag => any::<bool>().prop_map(Value::Bool).boxed(),
            Form::Choice(values) if values.is_empty() => Just(Value::Null).boxed(),
            Form::Choice(values) => proptest::sample::select(values.clone()).boxed(),
            Form::Choices(values) => {
                proptest::sample::subsequence(values.clone(), 0..=values.len())
                    .prop_map(Value::List)
                    .boxed()
            }
            Form::Any => prop_oneof![scalar(), list].boxed(),
        }
    }

    proptest! {
        #[test]
        fn a_cell_is_read_as_what_was_written(
            (form, answer) in form().prop_flat_map(|form| {
                let answer = answer(&form);
                (Just(form), answer)
            })
        ) {
            let cell = form.write(&answer);
            let read = form.read(&cell);
            let same = read == answer || (read.is_empty() && answer.is_empty());
            prop_assert!(same, "{} became {cell} became {}", answer.to_json(), read.to_json());
            prop_assert!(!cell.starts_with(['=', '+', '@']));
        }
    }
}
