//! Erasure on request, and letting go of what is old.

use std::fs;
use std::path::Path;

use askwell::seal::{OpeningKey, seal};
use askwell::submission::Submission;
use sqlx::{Connection, Executor, SqliteConnection};

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
    let place = Place::new("aging-file");
    ages(&place, &|| age_file(&place.folder.join("askwell.db")));
    if let Some(place) = Place::with_postgres("aging") {
        ages(&place, &|| postgres::age("aging"));
    }
}

/// Makes everything in a SQLite file look old.
fn age_file(file: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite:{}", file.display());
        let mut database = SqliteConnection::connect(&url).await.unwrap();
        for table in ["submission", "kept_aside", "sealed"] {
            let past = format!("UPDATE {table} SET received_at = '2020-01-01T00:00:00.000Z'");
            database.execute(sqlx::AssertSqlSafe(past)).await.unwrap();
        }
        database.close().await.unwrap();
    });
}

fn ages(place: &Place, age: &dyn Fn()) {
    write_survey(&place.folder, "trip.json", SURVEY);
    let receiver = place.serve(&["--survey", "trip.json"]);
    let old = submission("old", r#"{"recommend": 9}"#).to_json();
    assert_eq!(receiver.post(&old).status, 201);
    let refused = submission("odd", r#"{"recommend": 9}"#).to_json().replace(":9", ":99");
    assert_eq!(receiver.post(&refused).status, 422);
    let key = OpeningKey::generate().unwrap();
    let shut = submission("shut", r#"{"recommend": 9}"#).to_json();
    let shut = seal(&serde_json::from_str(&shut).unwrap(), &key.sealing()).unwrap().to_json();
    assert_eq!(receiver.post(&shut).status, 201);
    age();
    assert_eq!(receiver.post(&submission("new", r#"{"recommend": 9}"#).to_json()).status, 201);
    drop(receiver);
    let receiver = place.serve(&["--keep-days", "365"]);
    receiver.wait_for("aged-out");
    let stored = place.stored(&[]);
    assert_eq!((stored.len(), stored[0]["submissionId"].as_str()), (1, Some("new")));
    assert!(place.stored(&["--refused"]).is_empty());
    assert_eq!(place.export(&["--format", "ndjson", "--sealed"]), "");
    // Late copies of what had to go do not bring it back.
    assert_eq!(receiver.post(&old).status, 200);
    assert_eq!(receiver.post(&shut).status, 200);
    assert_eq!(place.stored(&[]).len(), 1);
    assert_eq!(place.export(&["--format", "ndjson", "--sealed"]), "");
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
