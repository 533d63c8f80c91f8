//! The examples of every question type.

use std::collections::BTreeSet;
use std::sync::Arc;

use askwell::issue::Code;
use askwell::questions;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use askwell::value::Value;

use crate::{assert_written_in_every_language, list, parse, text};

/// A survey of one question.
fn session(question: &Value) -> Session {
    let question = question.to_json();
    let json = format!(
        r#"{{"askwell": 1, "id": "example", "locales": ["en", "zh-Hant"],
            "pages": [{{"id": "page", "questions": [{question}]}}]}}"#
    );
    let loaded = Survey::load(&json).unwrap_or_else(|found| panic!("{question}: {found:?}"));
    assert!(loaded.warnings.is_empty(), "{question}: {:?}", loaded.warnings);
    Session::new(Arc::new(loaded.survey), Start::default())
}

/// Every code for which an answer is refused; none where it is accepted.
fn refusals(question: &Value, answer: &Value) -> Vec<Code> {
    let mut session = session(question);
    session.set(0, answer.clone());
    let issues = session.find_issues(0).into_iter().map(|issue| issue.code);
    // "Other" is accepted as an answer; what it wants besides is a matter of its comment.
    issues.filter(|code| *code != Code::RequiredComment).collect()
}

#[test]
fn every_type_has_examples_whose_answers_are_accepted_and_refused_as_they_say() {
    for (name, json) in questions::examples() {
        let examples = parse(json);
        let examples = examples.as_list().expect("a list");
        assert!(examples.len() >= 2, "{name}: too few examples");
        for example in examples {
            let question = example.get("question").expect("a question");
            let id = text(question, "id");
            assert_eq!(text(question, "type"), name, "{id}");
            for answer in list(example, "accepts") {
                let codes = refusals(question, answer);
                assert!(codes.is_empty(), "{name} {id} refuses {}: {codes:?}", answer.to_json());
            }
            for refused in list(example, "refuses") {
                let answer = refused.get("answer").expect("an answer");
                let codes: Vec<&str> =
                    refusals(question, answer).into_iter().map(Code::as_str).collect();
                let code = text(refused, "code");
                assert!(codes.contains(&code), "{name} {id} {}: {codes:?}", answer.to_json());
            }
            let takes_answer =
                session(question).survey().questions[0].kind.as_type().takes_answer();
            let shown = !list(example, "accepts").is_empty();
            assert_eq!(shown, takes_answer, "{name} {id}: accepted answers");
        }
    }
}

#[test]
fn every_example_is_written_in_every_language() {
    for (name, json) in questions::examples() {
        assert_written_in_every_language(&parse(json), name);
    }
}

#[test]
fn ids_stand_once_over_all_examples_so_that_one_gallery_holds_them() {
    let mut seen = BTreeSet::new();
    for (_, json) in questions::examples() {
        let examples = parse(json);
        for example in examples.as_list().expect("a list") {
            let id = text(example.get("question").expect("a question"), "id").to_owned();
            assert!(seen.insert(id.clone()), "{id} stands twice");
        }
    }
}
