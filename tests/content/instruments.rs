//! The instruments: sound, and scored as their recorded cases say.

use std::sync::Arc;

use askwell::instruments::{self, Instrument};
use askwell::locales;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use askwell::value::{Map, Value};

use crate::{assert_written_in_every_language, list, parse, text};

/// A session at a moment, in milliseconds since 1970. The surveys load without even a warning.
fn session_at(instrument: &Instrument, now_ms: f64) -> Session {
    let id = instrument.id;
    let loaded = Survey::load(instrument.json).unwrap_or_else(|found| panic!("{id}: {found:?}"));
    assert!(loaded.warnings.is_empty(), "{id}: {:?}", loaded.warnings);
    Session::new(
        Arc::new(loaded.survey),
        Start { now_ms, words: locales::word, ..Start::default() },
    )
}

fn questions(survey: &Value) -> Vec<&Value> {
    list(survey, "pages").iter().flat_map(|page| list(page, "questions")).collect()
}

#[test]
fn each_says_its_version_source_licence_and_what_is_collected() {
    for instrument in instruments::TABLE {
        let survey = parse(instrument.json);
        assert_eq!(text(&survey, "id"), instrument.id);
        assert!(!text(&survey, "version").is_empty(), "{}", instrument.id);
        assert!(!text(&survey, "license").is_empty(), "{}", instrument.id);
        assert!(survey.get("citation").is_some(), "{}", instrument.id);
        let notice = survey.get("notice").expect("a notice");
        for part in ["collector", "purpose", "categories", "use", "rights", "effect"] {
            assert!(notice.get(part).is_some(), "{}: notice/{part}", instrument.id);
        }
    }
}

#[test]
fn what_is_built_from_a_unit_says_from_which_revision_and_so_does_each_submission() {
    for instrument in instruments::TABLE.iter().filter(|one| one.id.starts_with("ttm3r0299v2")) {
        let submission = session_at(instrument, 0.0).submission(0.0);
        let sent = parse(&submission.to_json());
        let framework = sent.get("survey").and_then(|survey| survey.get("framework"));
        let expected = r#"{"code":"TTM3R0299v2","date":"2020","revision":"2020"}"#;
        assert_eq!(framework.map(Value::to_json).as_deref(), Some(expected), "{}", instrument.id);
        assert_eq!(serde_json::from_str(&submission.to_json()).ok(), Some(submission));
    }
}

#[test]
fn each_is_written_in_every_language() {
    for instrument in instruments::TABLE {
        assert_written_in_every_language(&parse(instrument.json), instrument.id);
    }
}

#[test]
fn the_self_assessment_holds_the_unit_word_for_word() {
    let unit = parse(include_str!("ttm3r0299v2.json"));
    let instrument = instruments::find("ttm3r0299v2-self-assessment").expect("there");
    let survey = parse(instrument.json);
    let questions = questions(&survey);
    let chinese = |question: &Value, field: &str| {
        question.get(field).map(|wording| text(wording, "zh-Hant").to_owned())
    };
    let statements: Map = questions
        .iter()
        .filter(|question| text(question, "type") == "rating")
        .map(|q| (text(q, "id").to_owned(), chinese(q, "title").unwrap_or_default().into()))
        .collect();
    assert_eq!(statements.len(), 27);
    assert_eq!(Value::Map(statements).to_json(), unit.get("statements").unwrap().to_json());
    let notes: Map = questions
        .iter()
        .filter_map(|q| Some((text(q, "id").to_owned(), chinese(q, "help")?.into())))
        .collect();
    assert_eq!(notes.len(), 10);
    assert_eq!(Value::Map(notes).to_json(), unit.get("help").unwrap().to_json());
}

fn cases(instrument: &Instrument) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/instruments");
    let file = folder.join(instrument.id).join("cases.json");
    parse(&std::fs::read_to_string(file).expect("recorded cases"))
}

#[test]
fn recorded_answers_yield_their_scores_issues_and_outcomes() {
    for instrument in instruments::TABLE {
        let cases = cases(instrument);
        for case in cases.as_list().expect("a list") {
            let name = format!("{}: {}", instrument.id, text(case, "name"));
            let now_ms = case.get("nowMs").and_then(Value::as_number).unwrap_or(0.0);
            let mut session = session_at(instrument, now_ms);
            for (id, answer) in case.get("answers").and_then(Value::as_map).expect("answers") {
                assert!(session.set_by_id(id, answer.clone()).is_some(), "{name}: no {id}");
            }
            let at_hand = [("hidden", hidden(&session)), ("outcome", outcome(&session))];
            for (what, found) in at_hand {
                let expected = case.get(what).expect("recorded");
                assert_eq!(found.to_json(), expected.to_json(), "{name}: {what}");
            }
            assert_scores(&session, case.get("scores").expect("scores"), &name);
            session.complete();
            let issues = issues(&session).to_json();
            assert_eq!(issues, case.get("issues").expect("issues").to_json(), "{name}");
            assert_eq!(session.is_complete(), list(case, "issues").is_empty(), "{name}");
        }
    }
}

fn hidden(session: &Session) -> Value {
    let questions = session.survey().questions.iter().enumerate();
    let hidden = questions.filter(|(index, _)| !session.is_visible(*index));
    hidden.map(|(_, question)| question.source.id.as_str()).collect::<Vec<_>>().into()
}

/// Which of the outcomes is shown, from 0.
fn outcome(session: &Session) -> Value {
    let outcomes = &session.survey().source.outcomes;
    let shown = session.outcome();
    let place = outcomes.iter().position(|outcome| Some(&outcome.text) == shown);
    place.map_or(Value::Null, |place| Value::from(place as f64))
}

fn issues(session: &Session) -> Value {
    let issue = |(question, code): (usize, &str)| {
        let id = session.survey().questions[question].source.id.as_str();
        let entries = [("question", id), ("code", code)];
        Map::from(entries.map(|(name, text)| (name.to_owned(), Value::from(text))))
    };
    let issues = session.all_issues().map(|(index, issue)| (index, issue.code.as_str()));
    issues.map(issue).collect::<Vec<Map>>().into()
}

fn assert_scores(session: &Session, expected: &Value, name: &str) {
    let scores = session.scores();
    for (id, expected) in expected.as_map().expect("scores by id") {
        let found = scores.get(id).unwrap_or_else(|| panic!("{name}: no score {id}")).to_value();
        for (field, expected) in expected.as_map().expect("fields") {
            let found = found.get(field).cloned().unwrap_or_default();
            let same = match (found.as_number(), expected.as_number()) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
                _ => found == *expected,
            };
            let (found, expected) = (found.to_json(), expected.to_json());
            assert!(same, "{name}: {id}/{field} is {found}, not {expected}");
        }
    }
}
