//! Respondents whose submissions are made by the same session that runs in browsers.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use askwell::session::{Session, Start};
use askwell::submission::Submission;
use askwell::survey::Survey;
use askwell::value::Value;

/// The moment at which all of them answer.
pub const NOW_MS: f64 = 1_793_607_330_250.0;

pub const SURVEY: &str = r#"{"askwell": 1, "id": "trip", "version": "1", "pages": [{"id": "p", "questions": [
    {"id": "recommend", "type": "nps", "required": true},
    {"id": "why", "type": "text", "visibleIf": "{recommend} <= 6"},
    {"id": "liked", "type": "multiple-choice", "choices": ["guide", "meals"], "showOtherItem": true},
    {"id": "parts", "type": "matrix", "rows": ["bus", "hotel"], "columns": [1, 2, 3, 4, 5]},
    {"id": "note", "type": "text", "lines": 4},
    {"id": "spent", "type": "number"}]}],
    "scoring": [{"id": "nps", "metric": "nps", "questions": ["recommend"]},
                {"id": "parts", "metric": "mean", "questions": ["parts"]}]}"#;

/// The definition in a file, as `--survey` takes it.
pub fn write_survey(folder: &Path, name: &str, definition: &str) {
    fs::write(folder.join(name), definition).unwrap();
}

/// A finished response to [`SURVEY`].
pub fn submission(id: &str, answers: &str) -> Submission {
    answer(SURVEY, id, answers)
}

/// A finished response to a survey.
pub fn answer(definition: &str, id: &str, answers: &str) -> Submission {
    let survey = Arc::new(Survey::load(definition).unwrap().survey);
    let start = Start { id: id.to_owned(), now_ms: NOW_MS, ..Start::default() };
    let mut session = Session::new(survey, start);
    let answers: Value = serde_json::from_str(answers).unwrap();
    for (name, value) in answers.as_map().unwrap() {
        session.set_by_id(name, value.clone()).unwrap();
    }
    session.tick(NOW_MS + 48_211.0);
    assert!(session.is_complete() || !session.complete().refused);
    session.submission(NOW_MS + 48_211.0)
}
