//! Erasure on request, and letting go of what is old.

use std::fs;

use askwell::submission::Submission;

use crate::postgres;
use crate::receiver::Place;
use crate::respondent::{SURVEY, submission, write_survey};

fn about(id: &str, booking: &str, answers: &str) -> Submission {
    let mut sent = submission(id, answers);
    sent.context.insert("booking".into(), booking.into());
    sent
}

#[test]
fn everything_about_somebody_goes_and_stays_gone() {
    for place in Place::each("erase") {
        write_survey(&place.folder, "trip.json", SURVEY);
        let receiver = place.serve(&["--survey", "trip.json"]);
        let first = about("a-1", "B-1", r#"{"recommend": 9, "note": "secretword"}"#).to_json();
        let other = about("a-2", "B-2", r#"{"recommend": 8}"#).to_json();
        assert_eq!(receiver.post(&first).status, 201);
        assert_eq!(receiver.post(&other).status, 201);
        let invalid = first.replace("a-1", "a-3").replace(r#""recommend":9"#, r#""recommend":99"#);
        assert_eq!(receiver.post(&invalid).status, 422);

        assert_eq!(place.erase("B-1"), 2);
        let stored = place.stored(&[]);
        assert_eq!(stored.len(), 1);
        assert_eq!(stored[0]["submissionId"], "a-2");
        assert!(place.stored(&["--refused"]).is_empty());
        for file in ["askwell.db", "askwell.db-wal"] {
            let bytes = fs::read(place.folder.join(file)).unwrap_or_default();
            let found = bytes.windows(10).any(|window| window == b"secretword");
            assert!(!found, "{file} still holds it");
        }
        // A device that missed the acknowledgement sends it once more: that brings nothing back.
        assert_eq!(receiver.post(&first).status, 200);
        assert_eq!(
            receiver.post(&first.replace(r#""recommend":9"#, r#""recommend":7"#)).status,
            409
        );
        assert_eq!(place.stored(&[]).len(), 1);
        assert_eq!(place.erase("B-9"), 0);
    }
}

#[test]
fn what_is_older_than_it_may_become_goes() {
    let Some(place) = Place::with_postgres("aging") else { return };
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let old = submission("old", r#"{"recommend": 9}"#).to_json();
    assert_eq!(receiver.post(&old).status, 201);
    postgres::age("aging");
    assert_eq!(receiver.post(&submission("new", r#"{"recommend": 9}"#).to_json()).status, 201);
    drop(receiver);
    let receiver = place.serve(&["--keep-days", "365"]);
    receiver.wait_for("aged-out");
    let stored = place.stored(&[]);
    assert_eq!((stored.len(), stored[0]["submissionId"].as_str()), (1, Some("new")));
    assert_eq!(receiver.post(&old).status, 200);
    assert_eq!(place.stored(&[]).len(), 1);
}

#[test]
fn what_is_young_enough_stays() {
    let place = Place::new("retention");
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json", "--keep-days", "1"]);
    assert_eq!(receiver.post(&submission("new", r#"{"recommend": 9}"#).to_json()).status, 201);
    assert_eq!(place.stored(&[]).len(), 1);
    let zero = place.command("serve", &["--site", "site", "--keep-days", "0"]).output().unwrap();
    assert_eq!(zero.status.code(), Some(2));
}
