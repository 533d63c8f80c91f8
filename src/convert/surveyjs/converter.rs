//! What every part of a document is converted with: its names, its languages, what was lost.

use std::cell::{Cell, RefCell};

use super::html;
use super::losses::Losses;
use super::names::{Names, Scope, View};
use super::object::{Item, Object};
use crate::diagnostic::Step;
use crate::expr::Expression;
use crate::value::{Map, Value};

pub struct Converter {
    pub losses: Losses,
    pub names: Names,
    /// The ids of questions that are taken, of all of the survey outside rows.
    pub ids: RefCell<Vec<String>>,
    /// The language of the survey; texts without one are in it.
    language: String,
    languages: RefCell<Vec<String>>,
    unnamed: Cell<usize>,
}

impl Converter {
    pub fn new(document: &Map) -> Converter {
        let locale = document.get("locale").and_then(Value::as_text).unwrap_or_default();
        let language = if locale.is_empty() { String::from("en") } else { language_tag(locale) };
        Converter {
            losses: Losses::default(),
            names: Names::of(document),
            ids: RefCell::default(),
            languages: RefCell::new(vec![language.clone()]),
            language,
            unnamed: Cell::default(),
        }
    }

    /// The languages of the survey, its own first.
    pub fn languages(&self) -> Value {
        Value::from(self.languages.borrow().clone())
    }

    /// A name for something that has none.
    pub fn unnamed(&self, what: &str) -> String {
        self.unnamed.set(self.unnamed.get() + 1);
        format!("{what}-{}", self.unnamed.get())
    }

    /// The wording of a property.
    pub fn text(&self, object: &Object, name: &str) -> Option<Value> {
        self.wording(&object.take(name)?, |_, text| text.to_owned())
    }

    /// The wording of a property that holds HTML, as Markdown.
    pub fn html(&self, object: &Object, name: &str) -> Option<Value> {
        self.wording(&object.take(name)?, |item, text| {
            let (text, lost) = html::markdown(text);
            if !lost.is_empty() {
                self.losses.add(&item.path, format!("not carried over: {}", lost.join(", ")));
            }
            text
        })
    }

    /// A wording, in one language or several.
    pub fn wording(&self, item: &Item, plain: impl Fn(&Item, &str) -> String) -> Option<Value> {
        match item.value {
            Value::Text(text) if text.is_empty() => None,
            Value::Text(text) => Some(Value::Text(plain(item, text))),
            Value::Number(_) | Value::Bool(_) => Some(Value::Text(item.value.to_json())),
            Value::Map(languages) => self.languages_of(item, languages, &plain),
            Value::Null => None,
            Value::List(_) => {
                self.losses.add(&item.path, "this is no text");
                None
            }
        }
    }

    fn languages_of(
        &self,
        item: &Item,
        languages: &Map,
        plain: &dyn Fn(&Item, &str) -> String,
    ) -> Option<Value> {
        let mut texts = Map::new();
        for (locale, text) in languages {
            if text.as_text().is_none() && !text.is_empty() {
                self.losses.add(&item.inside(Step::Key(locale.clone())), "this is no text");
            }
            if let Some(text) =
                text.as_text().filter(|text| !text.is_empty() && locale != "default")
            {
                texts.insert(language_tag(locale), Value::Text(plain(item, text)));
            }
        }
        if let Some(text) = languages.get("default").and_then(Value::as_text) {
            // Where the survey's own language stands apart, the default is English, as ever.
            let taken = texts.contains_key(&self.language);
            let tag = if taken { String::from("en") } else { self.language.clone() };
            texts.or_insert_with(tag, || Value::Text(plain(item, text)));
        }
        let mut known = self.languages.borrow_mut();
        for tag in texts.keys().filter(|tag| **tag != "en" || languages.contains_key("default")) {
            if !known.contains(tag) {
                known.push(tag.clone());
            }
        }
        (!texts.is_empty()).then_some(Value::Map(texts))
    }

    /// An expression that Askwell reads as SurveyJS does; nothing where it is broken.
    pub fn expression(&self, object: &Object, name: &str, scope: &Scope) -> Option<Value> {
        let item = object.take(name)?;
        self.expression_of(&item, scope).map(Value::Text)
    }

    pub fn expression_of(&self, item: &Item, scope: &Scope) -> Option<String> {
        let Some(source) = item.value.as_text() else {
            if !item.value.is_empty() {
                self.losses.add(&item.path, "not carried over, for it is no expression");
            }
            return None;
        };
        if source.trim().is_empty() {
            return None;
        }
        let source = if scope.matrix { count_from_one(source) } else { source.to_owned() };
        let view = View { names: &self.names, scope };
        let expression = match Expression::compile(&source, &view) {
            Ok(expression) => expression,
            Err(error) => {
                let message =
                    format!("not carried over, for it is no expression: {}", error.message);
                self.losses.add(&item.path, message);
                return None;
            }
        };
        let mut unknown = expression.unknown().to_vec();
        unknown.sort_by_key(|unknown| std::cmp::Reverse(unknown.span.start));
        let mut source = source;
        for unknown in unknown {
            let message = format!(
                "nothing is named `{}`; now the host may pass it in as context",
                unknown.name
            );
            self.losses.add(&item.path, message);
            let name = source.get(unknown.span.clone()).unwrap_or_default().to_owned();
            let name = name.trim_start_matches('{').trim_end_matches('}').to_owned();
            let (hash, name) = match name.strip_prefix('#') {
                Some(name) => ("#", name.to_owned()),
                None => ("", name),
            };
            let braces = source.get(unknown.span.clone()).is_some_and(|text| text.starts_with('{'));
            let inside = format!("{hash}context.{name}");
            let inside = if braces { format!("{{{inside}}}") } else { inside };
            source.replace_range(unknown.span, &inside);
        }
        Some(source)
    }
}

/// SurveyJS counts the rows of a matrix from 1.
fn count_from_one(source: &str) -> String {
    let name = "{rowindex}";
    let mut rest = source;
    let mut counted = String::new();
    while let Some(at) = rest.to_ascii_lowercase().find(name) {
        counted.push_str(&rest[..at]);
        counted.push_str("({rowIndex} + 1)");
        rest = &rest[at + name.len()..];
    }
    counted + rest
}

/// The BCP 47 tag of a locale of SurveyJS.
fn language_tag(locale: &str) -> String {
    match locale.to_ascii_lowercase().as_str() {
        "mm" => return String::from("my"),
        "tel" => return String::from("te"),
        "no" => return String::from("nb"),
        _ => {}
    }
    let mut parts = locale.split(['-', '_']);
    let mut tag = parts.next().unwrap_or_default().to_ascii_lowercase();
    for part in parts {
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.is_ascii() => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(part),
        }
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_become_language_tags() {
        let tags = ["en", "zh-tw", "pt-br", "zh_hant", "mm", "zh-奏t"].map(language_tag);
        assert_eq!(tags, ["en", "zh-TW", "pt-BR", "zh-Hant", "my", "zh-奏t"]);
    }

    #[test]
    fn rows_of_matrices_count_from_one() {
        assert_eq!(
            count_from_one("{rowIndex} > {RowIndex}"),
            "({rowIndex} + 1) > ({rowIndex} + 1)"
        );
    }
}
