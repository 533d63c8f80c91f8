//! Choices, rows and columns: a value with its wording.

use crate::definition::{Log, Place, Read, Shape, definition};
use crate::diagnostic::Diagnostic;
use crate::text::{Language, Text};
use crate::value::{Value, number_text};

definition! {
    /// A choice with its value and wording.
    pub struct FullChoice {
        /// What is stored when it is chosen: text, a number, true or false.
        pub value "value": Value,
        /// What the respondent reads; the value itself where absent.
        pub text "text": Option<Text>,
        /// More about it, shown below in smaller type.
        pub description "description": Option<Text>,
        /// Choosing it clears all others.
        pub exclusive "isExclusive": bool,
    }
}

/// A choice, row or column. In a definition, a bare value stands for itself.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: Value,
    pub text: Text,
    pub description: Option<Text>,
    pub exclusive: bool,
}

impl Read for Choice {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let full = match value {
            Value::Map(_) => FullChoice::read(value, place, log)?,
            _ => {
                FullChoice { value: value.clone(), text: None, description: None, exclusive: false }
            }
        };
        if matches!(full.value, Value::Null | Value::List(_) | Value::Map(_)) {
            log.expected("text, a number, true or false", &full.value, place);
            return None;
        }
        let text = full.text.unwrap_or_else(|| Text::plain(scalar_text(&full.value)));
        let (value, description, exclusive) = (full.value, full.description, full.exclusive);
        Some(Choice { value, text, description, exclusive })
    }

    fn shape() -> Shape {
        Shape::Either(|| Shape::Anything, FullChoice::shape)
    }
}

/// A scalar value as text; nothing else has one.
pub fn scalar_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number_text(*number),
        Value::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}

/// The choice with this value.
pub fn find<'c>(choices: &'c [Choice], value: &Value) -> Option<&'c Choice> {
    choices.iter().find(|choice| choice.value == *value)
}

/// The words for a value: the choice's, or for "other" Askwell's own.
pub fn display(choices: &[Choice], value: &Value, language: &Language) -> String {
    match find(choices, value) {
        Some(choice) => language.text(&choice.text).to_owned(),
        None => scalar_text(value),
    }
}

/// Every text of some choices.
pub fn texts(choices: &[Choice]) -> impl Iterator<Item = &Text> {
    choices.iter().flat_map(|choice| [Some(&choice.text), choice.description.as_ref()]).flatten()
}

/// Reports values that stand twice and lists that are empty.
pub fn lint(choices: &[Choice], field: &str, place: &Place, log: &Log) {
    if choices.is_empty() {
        log.error("no-choices", place, format!("`{field}` must not be empty"));
    }
    for (index, choice) in choices.iter().enumerate() {
        if find(&choices[..index], &choice.value).is_some() {
            let list = place.key(field);
            let message = format!("the value `{}` stands twice", scalar_text(&choice.value));
            log.push(Diagnostic::error("duplicate", list.index(index).path(), message));
        }
    }
}
