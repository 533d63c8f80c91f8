//! What ships as content is whole: words, examples and instruments, in every language.

mod examples;
mod instruments;
mod words;

use askwell::value::{Map, Value};

/// The languages that everything that ships is written in.
const LANGUAGES: [&str; 2] = ["en", "zh-Hant"];

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("content is valid JSON")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_list).unwrap_or_default()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_text).unwrap_or_default()
}

/// Every place where respondents read something, with what stands there.
fn readable<'v>(value: &'v Value, path: &str, found: &mut Vec<(String, &'v Value)>) {
    const FIELDS: [&str; 16] = [
        "title",
        "description",
        "help",
        "text",
        "statement",
        "minRateDescription",
        "maxRateDescription",
        "otherText",
        "labelTrue",
        "labelFalse",
        "unit",
        "citation",
        "collector",
        "purpose",
        "rights",
        "about",
    ];
    match value {
        Value::Map(map) => {
            for (key, inside) in map {
                let path = format!("{path}/{key}");
                let of_languages =
                    |map: &Map| map.keys().any(|key| LANGUAGES.contains(&key.as_str()));
                if FIELDS.contains(&key.as_str()) || inside.as_map().is_some_and(of_languages) {
                    found.push((path, inside));
                } else {
                    readable(inside, &path, found);
                }
            }
        }
        Value::List(items) => {
            for (index, inside) in items.iter().enumerate() {
                readable(inside, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn assert_written_in_every_language(content: &Value, whose: &str) {
    let mut found = Vec::new();
    readable(content, whose, &mut found);
    assert!(!found.is_empty(), "{whose} has no texts");
    for (path, text) in found {
        for language in LANGUAGES {
            let wording = text.get(language).and_then(Value::as_text).unwrap_or_default();
            assert!(!wording.trim().is_empty(), "{path}: no {language}");
        }
    }
}
