//! `xapi`: one statement for a learning record store, behind a proxy that adds the password: what a
//! page holds, everybody holds. PUT under the submission's id, so that a copy is the same statement.
//!
//! The setting `activity` is the address that names the survey there; `score` the id of the score
//! that becomes `result.score.raw`.

use super::{Request, Settings};
use crate::value::{Map, Value};

const VERB: &str = "http://adlnet.gov/expapi/verbs/completed";

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-experience-api-version", "1.0.3".to_owned()),
    ];
    let read: Value = serde_json::from_str(envelope).unwrap_or_default();
    let mut request = Request::new(headers, statement(settings, id, &read).to_json());
    let url = settings.text("url");
    let join = if url.contains('?') { '&' } else { '?' };
    request.way.address = Some(format!("{url}{join}statementId={id}"));
    request.way.put = true;
    request
}

fn statement(settings: &Settings, id: &str, envelope: &Value) -> Value {
    let whole = envelope.get("status").and_then(Value::as_text) == Some("complete");
    let mut result = object([
        ("completion", whole.into()),
        (
            "extensions",
            object([(
                format!("{}/submission", settings.text("activity")).as_str(),
                envelope.clone(),
            )]),
        ),
    ]);
    let score = envelope.get("scores").and_then(|scores| scores.get(settings.text("score")));
    let score = score.and_then(|score| score.get("value")).filter(|value| !value.is_null());
    if let (Value::Map(result), Some(raw)) = (&mut result, score) {
        result.insert("score".to_owned(), object([("raw", raw.clone())]));
    }
    object([
        ("id", id.into()),
        // Nobody in particular: an account that is the submission's own.
        (
            "actor",
            object([(
                "account",
                object([("homePage", settings.text("activity").into()), ("name", id.into())]),
            )]),
        ),
        ("verb", object([("id", VERB.into())])),
        ("object", object([("id", settings.text("activity").into())])),
        ("timestamp", envelope.get("completedAt").cloned().unwrap_or_default()),
        ("result", result),
    ])
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let mut map = Map::new();
    for (name, value) in entries {
        map.insert(name.to_owned(), value);
    }
    Value::Map(map)
}
