//! Responses that ended before the last page.

use crate::receiver::Place;
use crate::respondent::{answer, write_survey};

const ENDINGS: &str = r#"{"askwell": 1, "id": "endings", "version": "1",
    "screenOuts": [{"id": "young", "if": "{age} < 18"}],
    "triggers": [{"type": "complete", "expression": "{age} > 90"}],
    "pages": [
        {"id": "one", "questions": [{"id": "age", "type": "number", "required": true}]},
        {"id": "two", "questions": [
            {"id": "mail", "type": "text", "inputType": "email"},
            {"id": "why", "type": "text", "required": true}]}]}"#;

#[test]
fn what_an_early_end_leaves_open_is_not_asked_for() {
    let place = Place::new("endings");
    let timed = ENDINGS.replacen(r#""endings","#, r#""timed", "timeLimit": 40,"#, 1);
    write_survey(&place.folder, "endings.json", ENDINGS);
    write_survey(&place.folder, "timed.json", &timed);
    let receiver = place.serve(&["--survey", "endings.json", "--survey", "timed.json"]);
    let young = answer(ENDINGS, "e-1", r#"{"age": 17}"#).to_json();
    assert!(young.contains(r#""status":"screened-out""#));
    assert_eq!(receiver.post(&young).status, 201);
    let old = answer(ENDINGS, "e-2", r#"{"age": 91}"#).to_json();
    assert!(old.contains(r#""status":"complete""#));
    assert_eq!(receiver.post(&old).status, 201);
    // The helper's clock goes on by 48 seconds before it finishes.
    let late = answer(&timed, "e-3", r#"{"age": 30, "why": "x", "mail": "me@"}"#);
    assert_eq!(late.status, askwell::submission::Status::TimedOut);
    assert_eq!(receiver.post(&late.to_json()).status, 201);
    let refused = |body: String| {
        let reply = receiver.post(&body);
        assert_eq!(reply.status, 422, "{}", reply.body);
        reply.json()["issues"][0]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        refused(young.replace("e-1", "e-4").replace(r#""age":17"#, r#""age":30"#)),
        "wrong-status"
    );
    assert_eq!(
        refused(old.replace("e-2", "e-5").replace(r#""age":91"#, r#""age":17"#)),
        "wrong-status"
    );
    assert_eq!(
        refused(old.replace("e-2", "e-6").replace(r#""age":91"#, r#""age":30"#)),
        "required"
    );
}

/// A flight is taken although nothing here shows its question; a city that is no choice is not.
fn takes_a_flight_from_anywhere(id: &str, definition: &str) {
    let place = Place::new(id);
    write_survey(&place.folder, "flight.json", definition);
    let receiver = place.serve(&["--survey", "flight.json"]);
    let body = answer(definition, "f-1", r#"{"city": "a"}"#).to_json();
    let body = body.replace(r#""city":"a""#, r#""city":"a","flight":"x""#);
    assert_eq!(receiver.post(&body).status, 201);
    let wrong = body.replace("f-1", "f-2").replace(r#""city":"a""#, r#""city":"c""#);
    assert_eq!(receiver.post(&wrong).status, 422);
}

/// The receiver does not have the page's functions, so it believes what they decided.
#[test]
fn what_functions_of_the_page_decide_is_believed() {
    takes_a_flight_from_anywhere(
        "functions",
        r#"{"askwell": 1, "id": "far", "version": "1", "functions": ["isFar"],
            "pages": [{"id": "p", "questions": [
                {"id": "city", "type": "single-choice", "choices": ["a", "b"]},
                {"id": "flight", "type": "text", "visibleIf": "isFar({city})"}]}]}"#,
    );
}

/// In a converted survey, what was set while a condition slept stays; the receiver does not
/// doubt it, but still knows what no control would have given.
#[test]
fn what_the_way_decides_in_a_converted_survey_is_believed() {
    takes_a_flight_from_anywhere(
        "moved",
        r#"{"askwell": 1, "id": "moved", "version": "1", "tidyAnswers": true,
            "pages": [{"id": "p", "questions": [
                {"id": "city", "type": "single-choice", "choices": ["a", "b"]},
                {"id": "flight", "type": "text", "visibleIf": "{city} = 'b'"}]}]}"#,
    );
}
