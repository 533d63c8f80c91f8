//! Documents of other tools as people have them: each file in `tests/convert` holds one with what
//! is lost of it and how the converted survey goes.
//!
//! A case has a `tool`, a `document`, `losses` (the lines, in any order) and `steps`: `set` with
//! answers by id, `next` or `complete`, and after it what of `visible`, `answers` and `issues` must
//! be so.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use askwell::convert;
use askwell::locales;
use askwell::questions::Kind;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use serde_json::{Value, json};

#[test]
fn every_document_comes_over_as_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/convert");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        play(&name, &case);
        count += 1;
    }
    assert!(count > 0);
}

fn play(name: &str, case: &Value) {
    let tool = convert::find(case["tool"].as_str().unwrap()).unwrap();
    let converted = tool.convert(&case["document"].to_string()).map_err(|d| format!("{d:?}"));
    let converted = converted.unwrap();
    let mut losses: Vec<String> = converted.losses.iter().map(ToString::to_string).collect();
    losses.sort();
    assert_eq!(json!(losses), case["losses"], "{name}: losses");
    let survey = Survey::load(&converted.survey.to_json()).unwrap().survey;
    let start = Start { words: locales::word, ..Start::default() };
    let mut session = Session::new(Arc::new(survey), start);
    for (number, step) in case["steps"].as_array().unwrap().iter().enumerate() {
        if let Some(answers) = step["set"].as_object() {
            for (id, answer) in answers {
                let value = serde_json::from_value(answer.clone()).unwrap();
                assert!(session.set_by_id(id, value).is_some(), "{name}, step {number}: {id}");
            }
        }
        if step["next"] == true {
            session.next();
        }
        if step["complete"] == true {
            session.complete();
        }
        let state = state(&session);
        for aspect in ["visible", "answers", "issues", "complete"] {
            let expected = match aspect {
                "complete" => &step["isComplete"],
                aspect => &step[aspect],
            };
            if !expected.is_null() {
                assert_eq!(state[aspect], *expected, "{name}, step {number}: {aspect}");
            }
        }
    }
}

fn state(session: &Session) -> Value {
    let survey = session.survey();
    let visible: Vec<&str> = (0..survey.questions.len())
        .filter(|index| session.is_visible(*index))
        .filter(|index| !matches!(survey.questions[*index].kind, Kind::Panel(_)))
        .map(|index| survey.questions[index].source.id.as_str())
        .collect();
    let issues: Vec<String> = session
        .all_issues()
        .map(|(question, issue)| format!("{}: {}", session.name_of(question), issue.code))
        .collect();
    let answers: Value =
        serde_json::from_str(&askwell::value::Value::from(session.answers()).to_json()).unwrap();
    json!({"visible": visible, "issues": issues, "answers": answers, "complete": session.is_complete()})
}
