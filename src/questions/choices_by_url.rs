//! Choices that lie at an address.

use super::Choice;
use super::choice::{Wording, find, scalar_text};
use super::image::is_link;
use crate::definition::{Log, Place, definition};
use crate::text::Text;
use crate::value::Value;

definition! {
    /// Where choices lie, and how they stand there.
    pub struct ChoicesByUrl {
        /// The address of a JSON document; answers are piped into it as `{question}`.
        pub url "url": String,
        /// Where the list stands in the document: field names with dots between them.
        pub path "path": Option<String>,
        /// The field of each item that holds the value; `value` where absent.
        pub value_name "valueName": Option<String>,
        /// The field of each item that holds the wording; `title` where absent.
        pub title_name "titleName": Option<String>,
        /// Whether a document without any choice is fine.
        pub allow_empty "allowEmptyResponse": bool,
    }
}

/// How far the choices of a question are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fetched {
    /// They lie nowhere else, or there is no address yet.
    #[default]
    NotAsked,
    Waiting,
    Failed,
    Here,
}

impl ChoicesByUrl {
    /// The choices in a document; nothing where it holds none, or no list.
    pub fn choices(&self, document: &Value) -> Option<Vec<Choice>> {
        let list = match &self.path {
            Some(path) => at(document, path)?,
            None => document,
        };
        let value_name = self.value_name.as_deref().unwrap_or("value");
        let title_name = self.title_name.as_deref().unwrap_or("title");
        let mut choices: Vec<Choice> = Vec::new();
        for item in list.as_list()? {
            let (value, title) = match item {
                Value::Map(_) => (at(item, value_name), at(item, title_name)),
                scalar => (Some(scalar), None),
            };
            let scalar = |value: &&Value| !matches!(value, Value::List(_) | Value::Map(_));
            let Some(value) = value.filter(scalar).filter(|value| !value.is_empty()) else {
                continue;
            };
            let text = match title {
                Some(Value::Map(languages)) => {
                    Text::new(languages.iter().filter_map(|(language, words)| {
                        Some((language.as_str(), words.as_text()?))
                    }))
                }
                Some(title) if !title.is_empty() => Text::plain(scalar_text(title)),
                _ => Text::plain(scalar_text(value)),
            };
            if find(&choices, value).is_none() {
                // Nobody vouches for what lies there, so it is shown as it is.
                let plain = Choice::new(value.clone(), text);
                choices.push(Choice { wording: Wording::Plain, ..plain });
            }
        }
        (self.allow_empty || !choices.is_empty()).then_some(choices)
    }

    pub fn lint(&self, place: &Place, log: &Log) {
        if !is_link(self.url.split('{').next().unwrap_or_default()) {
            let message = "choices lie at an address relative to the page, or under https://";
            log.error("unsafe-link", &place.key("url"), message);
        }
    }
}

/// What stands at the end of a way of field names.
fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let mut found = value;
    for name in path.split(['.', ';']) {
        found = found.get(name)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_found_by_its_path_and_read_by_its_names() {
        let source = ChoicesByUrl {
            url: String::from("x.json"),
            path: Some(String::from("data.towns")),
            value_name: Some(String::from("code")),
            title_name: Some(String::from("name.official")),
            allow_empty: false,
        };
        let document = r#"{"data": {"towns": [{"code": 1, "name": {"official": "Tainan"}},
            {"code": 2}, {"name": "no value"}, {"code": 1}, "plain"]}}"#;
        let document: Value = serde_json::from_str(document).unwrap();
        let choices = source.choices(&document).unwrap();
        let words: Vec<&str> = choices.iter().map(|c| c.text.in_language("en", "en")).collect();
        assert_eq!(words, ["Tainan", "2", "plain"]);
        assert!(source.choices(&Value::Null).is_none());
        assert!(ChoicesByUrl { path: None, ..source }.choices(&Value::List(Vec::new())).is_none());
    }
}
