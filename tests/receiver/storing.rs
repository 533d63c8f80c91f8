//! What is sent is stored once, with the receiver's own scores, and can be exported.

use std::thread;

use serde_json::json;

use crate::receiver::Place;
use crate::respondent::{SURVEY, answer, submission, write_survey};

#[test]
fn a_submission_is_stored_once_however_often_it_is_sent() {
    let place = Place::new("once");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let sent = submission("a-1", r#"{"recommend": 9, "parts": {"bus": 4}}"#);

    let first = receiver.post(&sent.to_json());
    assert_eq!(first.status, 201, "{}", first.body);
    let scores = json!({
        "nps": {"value": 9, "n": 1, "of": 1, "category": "promoter"},
        "parts": {"value": 4, "n": 1, "of": 2},
    });
    let expected = json!({"submissionId": "a-1", "status": "stored", "scores": scores});
    assert_eq!(first.json(), expected);

    let again = receiver.post(&sent.to_json());
    assert_eq!(again.status, 200);
    let expected = json!({"submissionId": "a-1", "status": "already-stored", "scores": scores});
    assert_eq!(again.json(), expected);

    // The same content with other spacing and as another type is the same.
    let spaced = sent.to_json().replace(",\"", " ,\n\"");
    let again =
        receiver.post_with(spaced.as_bytes(), &[("content-type", "text/plain;charset=UTF-8")]);
    assert_eq!(again.status, 200, "{}", again.body);

    let stored = place.stored(&[]);
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0]["scores"], scores);
    assert_eq!(stored[0]["answers"], json!({"recommend": 9, "parts": {"bus": 4}}));
    assert!(stored[0]["receivedAt"].as_str().unwrap().ends_with('Z'));
    assert!(stored[0].get("scoresDiffer").is_none());
}

#[test]
fn copies_that_arrive_at_once_are_stored_once() {
    let place = Place::new("at-once");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let body = submission("a-1", r#"{"recommend": 9}"#).to_json();
    let mut codes: Vec<u16> = thread::scope(|scope| {
        let posts: Vec<_> = (0..8).map(|_| scope.spawn(|| receiver.post(&body).status)).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    codes.sort_unstable();
    assert_eq!(codes, [200, 200, 200, 200, 200, 200, 200, 201]);
    assert_eq!(place.stored(&[]).len(), 1);
}

#[test]
fn the_scores_are_the_receivers_own() {
    let place = Place::new("scores");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let mut sent = submission("a-1", r#"{"recommend": 2}"#);
    sent.scores.insert("nps".into(), serde_json::from_str(r#"{"value": 10, "n": 1}"#).unwrap());
    let reply = receiver.post(&sent.to_json());
    assert_eq!(reply.status, 201);
    assert_eq!(reply.json()["scores"]["nps"]["value"], 2);
    receiver.wait_for("scores-differ");
    let stored = place.stored(&[]);
    assert_eq!(stored[0]["scores"]["nps"]["value"], 2);
    assert_eq!(stored[0]["scoresDiffer"], true);
}

#[test]
fn an_update_still_takes_submissions_to_the_version_before() {
    let place = Place::new("versions");
    write_survey(&place.folder, "trip.json", SURVEY);
    drop(place.serve(&["--survey", "trip.json"]));
    let changed = SURVEY.replace(r#""version": "1""#, r#""version": "2""#).replace("bus", "train");
    write_survey(&place.folder, "trip.json", &changed);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let old = answer(SURVEY, "old", r#"{"recommend": 9, "parts": {"bus": 5}}"#);
    assert_eq!(receiver.post(&old.to_json()).status, 201);
    let new = answer(&changed, "new", r#"{"recommend": 9, "parts": {"train": 5}}"#);
    assert_eq!(receiver.post(&new.to_json()).status, 201);
    // Without a hash, id and version decide.
    let mut script = answer(&changed, "script", r#"{"recommend": 9, "parts": {"train": 5}}"#);
    script.survey.hash.clear();
    assert_eq!(receiver.post(&script.to_json()).status, 201);
    let printed = place.export(&["--format", "csv"]);
    let head = printed.lines().next().unwrap();
    assert!(head.contains(",parts.bus,parts.hotel,") && head.contains(",parts.train"), "{head}");
}

#[test]
fn a_partial_response_is_taken_as_far_as_it_goes() {
    let place = Place::new("partial");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let mut sent = submission("a-1", r#"{"recommend": 9, "spent": 10}"#);
    sent.status = askwell::submission::Status::Partial;
    sent.answers.remove("recommend");
    assert_eq!(receiver.post(&sent.to_json()).status, 201);
}

#[test]
fn the_table_is_one_that_spreadsheets_open_safely() {
    let place = Place::new("table");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let answers = r#"{"recommend": 2, "why": "=HYPERLINK(\"x\")", "liked": ["guide", "other"],
        "liked-comment": "@view", "parts": {"hotel": 1}, "note": "很棒,\n再來", "spent": -5.5}"#;
    assert_eq!(receiver.post(&submission("a-1", answers).to_json()).status, 201);
    assert_eq!(receiver.post(&submission("a-2", r#"{"recommend": 10}"#).to_json()).status, 201);
    let printed = place.export(&["--format", "csv", "--survey", "trip"]);
    let (head, rows) = printed.split_once("\r\n").unwrap();
    assert_eq!(
        head,
        "\u{feff}submission,survey,version,status,locale,channel,started,completed,duration_ms,\
         received,framework,framework_revision,recommend,why,liked,liked-comment,parts.bus,\
         parts.hotel,note,spent,score.nps,score.parts,device.utcOffsetMinutes"
    );
    let fixed = "trip,1,complete,en,embed,2026-11-02T08:15:30.250Z,2026-11-02T08:16:18.461Z,48211,";
    assert!(rows.starts_with(&format!("a-1,{fixed}")), "{rows}");
    let cells =
        ",,,2,\"'=HYPERLINK(\"\"x\"\")\",guide|other,'@view,,1,\"很棒,\n再來\",-5.5,2,1,0\r\n";
    assert!(rows.contains(cells), "{rows}");
    assert!(rows.contains(&format!("\r\na-2,{fixed}")), "{rows}");
    assert!(rows.ends_with(",,,10,,,,,,,,10,,0\r\n"), "{rows}");
    let none = place.export(&["--format", "csv", "--survey", "another"]);
    assert_eq!(none.lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_database() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new("owner");
    let _receiver = place.serve(&[]);
    for file in ["askwell.db", "askwell.db-wal"] {
        let metadata = std::fs::metadata(place.folder.join(file)).unwrap();
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600, "{file}");
    }
}
