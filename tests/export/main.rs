//! Submissions for other programs, checked by other programs: what they read is what was answered.
//!
//! `ASKWELL_LEARNING` names a folder where `npm install xapi-validation scorm-again` ran, `ASKWELL_PYTHON`
//! an interpreter that has pyreadstat.

mod others;
mod tables;

use std::sync::Arc;

use askwell::survey::Survey;
use askwell::value::{Map, Value};
use serde_json::json;

/// A survey with every shape of answer in it.
fn survey() -> Arc<Survey> {
    let definition = json!({
        "askwell": 1, "id": "shapes", "version": "1", "locales": ["en", "zh-Hant"],
        "title": {"en": "Shapes", "zh-Hant": "形狀"},
        "framework": {"code": "F 1", "title": "A unit", "revision": "2020", "date": "2020-11"},
        "pages": [{"id": "p", "questions": [
            {"id": "recommend", "type": "nps"},
            {"id": "channel", "type": "single-choice", "showOtherItem": true,
             "choices": [{"value": "=a", "text": {"en": "First", "zh-Hant": "第一"}}, "b|c", 3, "[d"]},
            {"id": "liked", "type": "multiple-choice", "choices": ["guide", "b|c", 3, "-x"]},
            {"id": "parts", "type": "matrix", "rows": ["bus", "the hotel"], "columns": [1, 2, 3]},
            {"id": "known", "type": "matrix", "cellType": "checkbox", "rows": ["refunds"],
             "columns": ["exists", "followed"]},
            {"id": "rated", "type": "rating", "rateValues": [1, {"value": 2, "text": "好"}, "n/a"]},
            {"id": "spent", "type": "number"},
            {"id": "again", "type": "yes-no"},
            {"id": "why", "type": "text", "lines": 3},
            {"id": "when", "type": "date"},
            {"id": "range", "type": "slider", "sliderType": "range"},
            {"id": "order", "type": "ranking", "choices": ["x", "y", "z"]},
            {"id": "names", "type": "text-list", "items": [{"id": "first"}, {"id": "last"}]}
        ]}],
        "scoring": [
            {"id": "nps", "metric": "nps", "questions": ["recommend"]},
            {"id": "parts", "metric": "subscale", "questions": ["parts"], "title": {"en": "Parts"}}
        ]
    });
    let loaded = Survey::load(&definition.to_string()).unwrap_or_else(|found| panic!("{found:?}"));
    Arc::new(loaded.survey)
}

fn submission(at: usize, answers: Map) -> Map {
    let text = json!({
        "askwell": 1, "submissionId": format!("0198c0de-0000-7000-8000-{at:012}"),
        "survey": {"id": "shapes", "version": "1", "hash": "sha256:00",
            "framework": {"code": "F 1", "revision": "2020"}}, "status": "complete",
        "locale": "zh-Hant", "channel": "kiosk", "startedAt": "2026-11-02T08:15:30.000Z",
        "completedAt": "2026-11-02T08:16:18.211Z", "durationMs": 48_211, "answers": {},
        "scores": {"nps": {"value": 9, "n": 1, "of": 1}, "parts": {"value": null, "n": 0, "of": 2}},
        "context": {"branch": "台北", "room": 7}
    });
    let mut submission: Map = serde_json::from_value(text).unwrap();
    submission.insert(String::from("answers"), Value::Map(answers));
    submission
}

fn scores(submission: &Map) -> Map {
    submission.get("scores").and_then(Value::as_map).cloned().unwrap()
}
