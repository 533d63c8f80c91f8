//! Several receivers with one PostgreSQL database, as behind a load balancer.

use std::thread;

use crate::receiver::Place;
use crate::respondent::{SURVEY, answer, submission, write_survey};

#[test]
fn copies_that_reach_different_receivers_are_stored_once() {
    let Some(place) = Place::with_postgres("shared") else { return };
    write_survey(&place.folder, "trip.json", SURVEY);
    let receivers =
        [place.serve(&["--survey", "trip.json"]), place.serve(&["--survey", "trip.json"])];
    let body = |number: usize| submission(&format!("a-{number}"), r#"{"recommend": 9}"#).to_json();
    let mut codes: Vec<u16> = thread::scope(|scope| {
        let lane = |lane: usize| {
            let receiver = &receivers[lane % 2];
            // In opposite orders, so that they meet.
            let order = move |number: usize| if lane < 4 { number } else { 29 - number };
            (0..30).map(|number| receiver.post(&body(order(number))).status).collect::<Vec<u16>>()
        };
        let lanes: Vec<_> = (0..8).map(|number| scope.spawn(move || lane(number))).collect();
        lanes.into_iter().flat_map(|lane| lane.join().unwrap()).collect()
    });
    codes.sort_unstable();
    assert_eq!(codes.len(), 240);
    assert!(codes[..210].iter().all(|code| *code == 200), "{codes:?}");
    assert!(codes[210..].iter().all(|code| *code == 201), "{codes:?}");
    assert_eq!(place.stored(&[]).len(), 30);
}

#[test]
fn a_definition_that_one_brings_is_known_to_the_other() {
    let Some(place) = Place::with_postgres("brought") else { return };
    let first = place.serve(&[]);
    let sent = answer(SURVEY, "a-1", r#"{"recommend": 9}"#).to_json();
    assert_eq!(first.post(&sent).status, 422);
    write_survey(&place.folder, "trip.json", SURVEY);
    let second = place.serve(&["--survey", "trip.json"]);
    assert_eq!(second.post(&sent.replace("a-1", "a-2")).status, 201);
    assert_eq!(first.post(&sent).status, 201);
}

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let place = Place::new("no-postgres");
    let url = "postgres://askwell:secret@127.0.0.1:1/askwell";
    let result = place.command("serve", &["--site", "site", "--database", url]).output().unwrap();
    let complaint = String::from_utf8(result.stderr).unwrap();
    assert_eq!(result.status.code(), Some(2));
    assert!(
        complaint.contains("127.0.0.1:1/askwell") && !complaint.contains("secret"),
        "{complaint}"
    );
}
