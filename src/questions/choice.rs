//! Choices, rows and columns: a value with its wording.

use std::cmp::Ordering;

use crate::definition::{ExpressionText, Log, Place, Read, Shape, definition};
use crate::diagnostic::Diagnostic;
use crate::text::{Language, Text};
use crate::value::{Value, number_text, parse_number};

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
        /// The condition under which it is offered; it stands in for that of the whole list.
        pub visible_if rare "visibleIf": Option<ExpressionText>,
        /// The condition under which it can be chosen; it stands in for that of the whole list.
        pub enable_if rare "enableIf": Option<ExpressionText>,
        /// Whether it takes part in a random order; else it stays where it is.
        pub randomize rare "randomize": bool = true,
        /// Its image, where choices are shown as images: relative to the page, on the web, or data.
        pub image rare "imageLink": Option<String>,
        /// In a random order, it changes places only with others of this name.
        pub category rare "randomizeCategory": Option<String>,
    }
}

/// Whose words a choice is worded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The author's: Markdown, and answers are piped into it.
    Author,
    /// Askwell's own, under this key.
    Askwell(&'static str),
    /// The respondent's, or those of another place: shown as they are.
    Plain,
}

/// A choice, row or column. In a definition, a bare value stands for itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: Value,
    pub text: Text,
    pub wording: Wording,
    pub description: Option<Text>,
    pub exclusive: bool,
    pub image: Option<String>,
    /// Whether it stands after all others and takes no part in conditions and order: "other" and
    /// its like.
    pub special: bool,
    /// Whether it can be chosen now.
    pub enabled: bool,
    pub visible_if: Option<ExpressionText>,
    pub enable_if: Option<ExpressionText>,
    /// In a random order, with which others it changes places; nothing where with none.
    pub group: Option<String>,
}

impl Choice {
    /// A choice without anything special to it.
    pub fn new(value: Value, text: Text) -> Choice {
        Choice {
            value,
            text,
            wording: Wording::Author,
            description: None,
            exclusive: false,
            image: None,
            special: false,
            enabled: true,
            visible_if: None,
            enable_if: None,
            group: Some(String::new()),
        }
    }

    /// A choice that is worded by its value.
    pub fn plain(value: Value) -> Choice {
        let text = Text::plain(scalar_text(&value));
        Choice::new(value, text)
    }

    /// What the respondent reads.
    pub fn words<'t>(&'t self, language: &Language<'t>) -> &'t str {
        match self.wording {
            Wording::Askwell(key) => language.word(key),
            _ => language.text(&self.text),
        }
    }
}

/// Compares two wordings; numbers in them by their size, so that "9" comes before "10".
pub fn compare_words(one: &str, other: &str) -> Ordering {
    let same = |(a, b): &(char, char)| a == b && !a.is_ascii_digit();
    let shared: usize =
        one.chars().zip(other.chars()).take_while(same).map(|(letter, _)| letter.len_utf8()).sum();
    let rests = (one.get(shared..).unwrap_or_default(), other.get(shared..).unwrap_or_default());
    match (leading_number(rests.0), leading_number(rests.1)) {
        (Some(a), Some(b)) if a != b => a.total_cmp(&b),
        _ => one.cmp(other),
    }
}

fn leading_number(text: &str) -> Option<f64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    parse_number(text.get(..end)?)
}

impl Read for Choice {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        if let Value::Map(_) = value {
            let full = FullChoice::read(value, place, log)?;
            let plain = choice_of(&full.value, place, log)?;
            return Some(Choice {
                text: full.text.unwrap_or(plain.text),
                description: full.description,
                exclusive: full.exclusive,
                image: full.image,
                visible_if: full.visible_if,
                enable_if: full.enable_if,
                group: full.randomize.then(|| full.category.unwrap_or_default()),
                ..plain
            });
        }
        choice_of(value, place, log)
    }

    fn shape() -> Shape {
        Shape::Either(|| Shape::Anything, FullChoice::shape)
    }
}

fn choice_of(value: &Value, place: &Place, log: &Log) -> Option<Choice> {
    if matches!(value, Value::Null | Value::List(_) | Value::Map(_)) {
        log.expected("text, a number, true or false", value, place);
        return None;
    }
    Some(Choice::plain(value.clone()))
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

/// A value as the choice has it that is written in the same way: 2 for "2".
pub fn as_offered(choices: &[Choice], value: Value) -> Value {
    if find(choices, &value).is_some() {
        return value;
    }
    let text = scalar_text(&value);
    let same = choices.iter().find(|choice| scalar_text(&choice.value) == text);
    same.map_or(value, |choice| choice.value.clone())
}

/// The words for a value.
pub fn display(choices: &[Choice], value: &Value, language: &Language) -> String {
    match find(choices, value) {
        Some(choice) => choice.words(language).to_owned(),
        None => scalar_text(value),
    }
}

/// The words for the values of a list.
pub fn display_list(choices: &[Choice], answer: &Value, language: &Language) -> String {
    let mut words = String::new();
    for value in answer.as_list().unwrap_or_default() {
        if !words.is_empty() {
            words += ", ";
        }
        words += &display(choices, value, language);
    }
    words
}

/// What is left of a list of values once those that are no choices are taken out.
pub fn retained(choices: &[Choice], answer: &Value) -> Value {
    let chosen = answer.as_list().unwrap_or_default().iter();
    let left: Vec<Value> = chosen.filter(|value| find(choices, value).is_some()).cloned().collect();
    if left.is_empty() { Value::Null } else { Value::List(left) }
}

/// Every text of some choices.
pub fn texts(choices: &[Choice]) -> impl Iterator<Item = &Text> {
    choices.iter().flat_map(|choice| [Some(&choice.text), choice.description.as_ref()]).flatten()
}

/// Reports values that stand twice and lists that are empty.
pub fn lint(choices: &[Choice], field: &str, place: &Place, log: &Log) {
    if choices.is_empty() {
        log.error("no-choices", place, format_args!("`{field}` must not be empty"));
    }
    lint_values(choices, field, place, log);
}

/// Reports values that stand twice.
pub fn lint_values(choices: &[Choice], field: &str, place: &Place, log: &Log) {
    // By value, so that long lists are looked through in no time.
    let mut order: Vec<(String, usize)> = Vec::with_capacity(choices.len());
    for (index, choice) in choices.iter().enumerate() {
        order.push((choice.value.to_json(), index));
    }
    order.sort_unstable();
    for pair in order.windows(2) {
        if pair[0].0 == pair[1].0 {
            let list = place.key(field);
            let message = ["the value `", &pair[1].0, "` stands twice"].concat();
            log.report(|| Diagnostic::error("duplicate", list.index(pair[1].1).path(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As survey-core 3.1 puts them in order.
    #[test]
    fn numbers_in_words_count_as_numbers() {
        let sorted = ["3", "20", "B", "a", "b", "item9", "item10"];
        let mut words = ["item10", "b", "20", "a", "item9", "B", "3"];
        words.sort_by(|one, other| compare_words(one, other));
        assert_eq!(words, sorted);
    }
}
