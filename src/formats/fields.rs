//! A submission as fields with names and texts, for endpoints that take forms: the columns of
//! `askwell export --format csv`, and the whole envelope beside them.

use crate::value::{Map, Value};

/// The fields in their order. Rows of a matrix are `question.row`, several choices are joined by
/// `|`; the whole envelope is the last, `submission`.
pub fn of(id: &str, envelope: &str) -> Vec<(String, String)> {
    let read: Value = serde_json::from_str(envelope).unwrap_or_default();
    let mut fields = vec![("submissionId".to_owned(), id.to_owned())];
    let survey = read.get("survey");
    for (name, value) in [
        ("survey", survey.and_then(|survey| survey.get("id"))),
        ("version", survey.and_then(|survey| survey.get("version"))),
        ("status", read.get("status")),
        ("locale", read.get("locale")),
        ("channel", read.get("channel")),
        ("startedAt", read.get("startedAt")),
        ("completedAt", read.get("completedAt")),
        ("durationMs", read.get("durationMs")),
    ] {
        fields.extend(value.map(|value| (name.to_owned(), text(value))));
    }
    for (name, value) in map(&read, "answers") {
        flatten(name, value, &mut fields);
    }
    for (name, score) in map(&read, "scores") {
        let value = score.get("value").map(text).unwrap_or_default();
        fields.push((format!("score.{name}"), value));
    }
    for (name, value) in map(&read, "context") {
        flatten(&format!("context.{name}"), value, &mut fields);
    }
    fields.push(("submission".to_owned(), envelope.to_owned()));
    fields
}

/// The fields as a JSON object.
pub fn as_json(fields: Vec<(String, String)>) -> String {
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert(name, value.into());
    }
    Value::Map(object).to_json()
}

fn map<'v>(envelope: &'v Value, name: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    envelope.get(name).and_then(Value::as_map).into_iter().flatten()
}

fn flatten(name: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    match value.as_map() {
        Some(inside) => {
            for (key, value) in inside {
                flatten(&format!("{name}.{key}"), value, fields);
            }
        }
        None => fields.push((name.to_owned(), text(value))),
    }
}

fn text(value: &Value) -> String {
    let plain = |value: &Value| match value.as_text() {
        Some(text) => text.to_owned(),
        None if value.is_null() => String::new(),
        None => value.to_json(),
    };
    match value.as_list() {
        Some(list) if list.iter().all(|item| item.as_map().is_none()) => {
            list.iter().map(plain).collect::<Vec<String>>().join("|")
        }
        _ => plain(value),
    }
}
