//! Write a short text for each of several things. The answer is `{item: value}`.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use super::text::{InputType, check_text};
use crate::definition::{Log, Place, definition};
use crate::diagnostic::Diagnostic;
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Map, Value};

definition! {
    /// One of the things to write about.
    pub struct TextItem {
        /// The name under which it is answered.
        pub id "id": String,
        /// What the respondent reads; the name itself where absent.
        pub title "title": Option<Text>,
        /// What kind of text is asked for: it decides keyboard, autofill and check.
        pub input_type "inputType": InputType = InputType::Text,
        /// Whether it is needed.
        pub required "required": bool,
        /// The fewest characters.
        pub min_length "minLength": u32 = 0,
        /// The most characters; 0 for no limit.
        pub max_length "maxLength": u32 = 0,
        /// An example inside the empty field.
        pub placeholder "placeholder": Option<Text>,
        /// The HTML autofill token, such as `name` or `email`.
        pub autocomplete "autocomplete": Option<String>,
    }
}

definition! {
    /// Write a short text for each of several things.
    pub struct TextList {
        /// What to write about.
        pub items "items": Vec<TextItem>,
        /// In how many columns a wide screen shows the items.
        pub columns "colCount": u32 = 1,
    }
}

impl TextList {
    /// The answer after one item was written; nothing once all are empty.
    pub fn with_item(&self, answer: &Value, id: &str, text: Value) -> Value {
        let mut items = answer.as_map().cloned().unwrap_or_default();
        if text.is_empty() {
            items.remove(id);
        } else {
            items.insert(id.to_owned(), text);
        }
        if items.is_empty() { Value::Null } else { Value::Map(items) }
    }

    /// What is missing among the required items.
    fn open_items<'a>(&'a self, answer: &'a Value) -> impl Iterator<Item = Issue> + 'a {
        let written = |item: &TextItem| {
            let text = answer.get(&item.id).and_then(Value::as_text).unwrap_or_default();
            !text.trim().is_empty()
        };
        let open = self.items.iter().filter(move |item| item.required && !written(item));
        open.map(|item| Issue::new(Code::Required).at(&item.id))
    }

    fn check_items(&self, items: &Map, issues: &mut Vec<Issue>) {
        for (id, text) in items.iter().filter(|(_, text)| !text.is_empty()) {
            let item = self.items.iter().find(|item| item.id == *id);
            match (item, text.as_text()) {
                (Some(item), Some(text)) => {
                    let lengths = (item.min_length, item.max_length);
                    let found = check_text(item.input_type, lengths, text);
                    issues.extend(found.into_iter().map(|issue| issue.at(id)));
                }
                _ => issues.push(Issue::new(Code::WrongType)),
            }
        }
    }
}

impl QuestionType for TextList {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        match answer {
            Value::Map(items) => self.check_items(items, issues),
            _ => issues.push(Issue::new(Code::WrongType)),
        }
        issues.extend(self.open_items(answer));
    }

    fn too_empty(&self) -> Option<Issue> {
        self.open_items(&Value::Null).next()
    }

    fn missing(&self, answer: &Value) -> Option<Issue> {
        let first = self.open_items(answer).next().filter(|_| answer.is_empty());
        first.or_else(|| answer.is_empty().then(|| Issue::new(Code::Required)))
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let words = |item: &TextItem| {
            let text = answer.get(&item.id)?.as_text()?;
            let title = item.title.as_ref().map_or(item.id.as_str(), |title| language.text(title));
            Some(format!("{title}: {text}"))
        };
        self.items.iter().filter_map(words).collect::<Vec<String>>().join(", ")
    }

    fn texts(&self) -> Vec<&Text> {
        self.items.iter().flat_map(|item| item.title.iter().chain(&item.placeholder)).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        if self.items.is_empty() {
            log.error("no-choices", place, "`items` must not be empty");
        }
        for (index, item) in self.items.iter().enumerate() {
            if self.items.iter().take(index).any(|before| before.id == item.id) {
                let message = format_args!("the item `{}` stands twice", item.id);
                let place = place.key("items").index(index).path();
                log.report(|| Diagnostic::error("duplicate", place, message));
            }
        }
    }
}
