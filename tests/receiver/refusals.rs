//! What is refused is refused with a reason, and kept aside where there is anything to keep.

use serde_json::json;

use crate::receiver::{Place, Receiver, Reply};
use crate::respondent::{SURVEY, submission, write_survey};

fn ready(test: &str) -> (Place, Receiver) {
    let place = Place::new(test);
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    (place, receiver)
}

fn refused(reply: &Reply) -> Vec<(String, String)> {
    assert_eq!(reply.status, 422, "{}", reply.body);
    assert_eq!(reply.json()["status"], "invalid");
    let issues = reply.json()["issues"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    issues.iter().map(|issue| (text(&issue["question"]), text(&issue["code"]))).collect()
}

#[test]
fn other_content_under_the_same_id_is_a_conflict_and_kept_aside() {
    let (place, receiver) = ready("conflict");
    assert_eq!(receiver.post(&submission("a-1", r#"{"recommend": 9}"#).to_json()).status, 201);
    let reply = receiver.post(&submission("a-1", r#"{"recommend": 8}"#).to_json());
    assert_eq!(reply.status, 409);
    assert_eq!(reply.json(), json!({"submissionId": "a-1", "status": "conflict"}));
    assert_eq!(place.stored(&[])[0]["answers"], json!({"recommend": 9}));
    let aside = place.stored(&["--refused"]);
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0]["answers"], json!({"recommend": 8}));
    assert_eq!(aside[0]["refusedFor"], json!([{"question": "", "code": "conflict"}]));
}

#[test]
fn what_does_not_fit_its_survey_is_kept_aside_with_codes() {
    let (place, receiver) = ready("invalid");
    let good = submission("a-1", r#"{"recommend": 9}"#).to_json();
    let answers = |answers: &str| good.replace(r#""answers":{"recommend":9}"#, answers);
    for (body, question, code) in [
        (answers(r#""answers":{}"#), "recommend", "required"),
        (answers(r#""answers":{"recommend":11}"#), "recommend", "not-a-choice"),
        (answers(r#""answers":{"recommend":"9"}"#), "recommend", "not-a-choice"),
        (answers(r#""answers":{"recommend":9,"why":"x"}"#), "why", "hidden"),
        (answers(r#""answers":{"recommend":9,"no":1}"#), "no", "unknown-question"),
        (answers(r#""answers":{"recommend":9,"parts":{"boat":1}}"#), "parts", "not-a-choice"),
        (answers(r#""answers":{"recommend":9,"liked":["other"]}"#), "liked", "required-comment"),
        (answers(r#""answers":{"recommend":9,"note-comment":[1]}"#), "note", "wrong-type"),
        (answers(r#""answers":[]"#), "", "wrong-envelope"),
        (good.replace(r#""askwell":1,"#, r#""askwell":7,"#), "", "wrong-envelope"),
        (good.replace("2026-11-02T08:16", "yesterday"), "", "wrong-envelope"),
        (good.replace("sha256:", "sha256:0"), "", "unknown-survey"),
        (good.replace(r#""id":"trip""#, r#""id":"other""#), "", "unknown-survey"),
    ] {
        let reply = receiver.post(&body);
        assert_eq!(refused(&reply), [(question.to_owned(), code.to_owned())], "{body}");
    }
    assert_eq!(place.stored(&["--refused"]).len(), 13);
    assert!(place.stored(&[]).is_empty());
    // The same again is kept once; the right content under that id is still welcome.
    receiver.post(&answers(r#""answers":{}"#));
    assert_eq!(place.stored(&["--refused"]).len(), 13);
    assert_eq!(receiver.post(&good).status, 201);
}

#[test]
fn what_cannot_be_read_stays_with_its_sender() {
    let (place, receiver) = ready("unreadable");
    let good = submission("a-1", r#"{"recommend": 9}"#).to_json();
    for body in ["", "{", "[]", "7", r#"{"answers": {}}"#, r#"{"submissionId": "a b"}"#] {
        let reply = receiver.post(body);
        assert_eq!((reply.status, reply.json()["status"].as_str()), (400, Some("unreadable")));
        assert!(reply.json()["message"].is_string());
    }
    let mut deep = "[".repeat(100_000);
    deep.push_str(&"]".repeat(100_000));
    assert_eq!(receiver.post(&deep).status, 400);
    assert_eq!(receiver.post(&"{\"a\":".repeat(100_000)).status, 400);

    let large = good.replace("trip", &"x".repeat(1 << 20));
    let reply = receiver.post(&large);
    assert_eq!((reply.status, reply.json()["status"].as_str()), (413, Some("too-large")));

    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(receiver.post_with(good.as_bytes(), &form).status, 415);
    assert_eq!(receiver.post_with(good.as_bytes(), &[]).status, 415);

    let json = ("content-type", "application/json");
    let other = receiver.post_with(good.as_bytes(), &[json, ("idempotency-key", "a-2")]);
    assert_eq!(other.status, 400);
    let same = receiver.post_with(good.as_bytes(), &[json, ("idempotency-key", "a-1")]);
    assert_eq!(same.status, 201);
    let quoted = receiver.post_with(good.as_bytes(), &[json, ("idempotency-key", "\"a-1\"")]);
    assert_eq!(quoted.status, 200);
    assert_eq!(receiver.get("/v1/submissions", &[]).status, 405);
    assert_eq!(place.stored(&["--refused"]).len(), 0);
}

#[test]
fn a_full_database_loses_nothing() {
    let place = Place::new("full");
    write_survey(&place.folder, "trip.json", SURVEY);
    let limit = ["--survey", "trip.json", "--max-database-size", "2500000"];
    let mut receiver = place.serve(&limit);
    let long = "x".repeat(100_000);
    let body = |number: usize| {
        let answers = format!(r#"{{"recommend": 9, "note": "{long}"}}"#);
        submission(&format!("a-{number}"), &answers).to_json()
    };
    let mut taken = 0;
    let refused = loop {
        let reply = receiver.post(&body(taken));
        if reply.status != 201 {
            break reply;
        }
        taken += 1;
        assert!(taken < 100, "the limit is not kept");
    };
    assert_eq!((refused.status, refused.header("retry-after")), (503, "30"));
    assert_eq!(refused.json()["status"], "unavailable");
    assert!(taken > 0);
    // What was acknowledged is acknowledged again, and the receiver lives on.
    assert_eq!(receiver.post(&body(0)).status, 200);
    assert_eq!(receiver.get("/healthz", &[]).status, 200);
    receiver.terminate();
    let (status, log) = receiver.ended();
    assert!(status.success());
    assert!(log.iter().any(|line| line.contains("database-refuses")), "{log:?}");

    assert_eq!(place.stored(&[]).len(), taken);
    let receiver = place.serve(&["--survey", "trip.json"]);
    assert_eq!(receiver.post(&body(taken)).status, 201);
    assert_eq!(place.stored(&[]).len(), taken + 1);
}

#[test]
fn no_answer_gets_into_the_log() {
    let (_place, mut receiver) = ready("log");
    let secret = "correct-horse-battery";
    let answers = format!(r#"{{"recommend": 2, "why": "{secret}"}}"#);
    let good = submission("a-1", &answers).to_json();
    assert_eq!(receiver.post(&good).status, 201);
    assert_eq!(receiver.post(&good.replace("complete", secret)).status, 409);
    assert_eq!(receiver.post(&good.replace("a-1", "a-2").replace(":2,", ":9,")).status, 422);
    assert_eq!(receiver.post(&format!("{{{secret}")).status, 400);
    receiver.get(&format!("/index.html?answer={secret}"), &[]);
    receiver.terminate();
    let (_, log) = receiver.ended();
    assert!(log.iter().any(|line| line.contains(r#""path":"/v1/submissions""#)), "{log:?}");
    assert!(!log.iter().any(|line| line.contains(secret)), "{log:?}");
}
