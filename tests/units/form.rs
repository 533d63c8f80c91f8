//! Instruments built from units: those that ship, and those of any other unit.

use std::collections::BTreeMap;

use askwell::competency::form::{self, Profile, Role, Settings, TABLE};
use askwell::competency::unit::Unit;
use askwell::competency::{document, source};
use askwell::instruments;
use askwell::score::{scores, scores_on};
use askwell::survey::Survey;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::written::units;
use crate::{DOCUMENT, UNIT};

fn shipped() -> (Unit, Settings) {
    let unit = source::read(UNIT).unwrap().unit;
    let profile = form::shipped_profile(&unit.code).unwrap();
    assert!(profile.is_some());
    (unit, Settings { profile, level: None })
}

fn build(unit: &Unit, role: Role, settings: &Settings) -> String {
    form::build(unit, role, settings).unwrap_or_else(|error| panic!("{error}")).survey.to_json()
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn questions(survey: &Value) -> Vec<&Value> {
    let pages = survey["pages"].as_array().unwrap().iter();
    pages.flat_map(|page| page["questions"].as_array().unwrap()).collect()
}

#[test]
fn what_ships_is_what_is_built() {
    let (unit, settings) = shipped();
    for row in TABLE {
        let built = build(&unit, row.role, &settings);
        let id = parse(&built)["id"].as_str().unwrap().to_owned();
        let shipped = instruments::find(&id).unwrap_or_else(|| panic!("{id} does not ship"));
        assert!(
            shipped.json == built,
            "{id}: `askwell form {} --role {}` gives another",
            unit.code,
            row.name
        );
    }
}

/// A statement reads the same wherever it is rated, so that answers can be laid side by side.
#[test]
fn one_id_is_one_statement_across_all_instruments() {
    let (unit, settings) = shipped();
    let mut wordings: BTreeMap<String, Value> = BTreeMap::new();
    let mut rated = 0;
    for row in TABLE {
        let survey = parse(&build(&unit, row.role, &settings));
        for question in questions(&survey) {
            let id = question["id"].as_str().unwrap();
            if unit.statements().any(|statement| statement.id == id) {
                rated += 1;
                let known =
                    wordings.entry(id.to_owned()).or_insert_with(|| question["title"].clone());
                assert_eq!(*known, question["title"], "{id} in {}", row.name);
            }
        }
    }
    assert_eq!(wordings.len(), 27);
    assert!(rated > 27 * 4, "{rated}");
}

#[test]
fn observers_can_say_that_they_have_not_seen_something() {
    let (unit, settings) = shipped();
    for role in [Role::Supervisor, Role::Peer, Role::Report, Role::Customer, Role::RolePlay] {
        let survey = parse(&build(&unit, role, &settings));
        let ratings =
            questions(&survey).into_iter().filter(|question| question["type"] == "rating");
        for rating in ratings {
            let steps = rating["rateValues"].as_array().unwrap();
            assert!(steps.iter().any(|step| step["value"] == "not-observed"), "{}", rating["id"]);
        }
    }
}

#[test]
fn a_portfolio_has_the_seven_documents_and_an_audit_the_eleven_topics() {
    let (unit, settings) = shipped();
    let portfolio = parse(&build(&unit, Role::Portfolio, &settings));
    let documents = questions(&portfolio).into_iter().find(|one| one["id"] == "documents").unwrap();
    let rows = documents["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[6]["text"]["zh-Hant"]), (7, &json!("改變服務實務做法的建議")));
    assert_eq!(rows[6]["text"]["en"], "recommendations for changing service practices");
    let audit = parse(&build(&unit, Role::PolicyAudit, &settings));
    for id in ["exists", "known", "followed"] {
        let topics = questions(&audit).into_iter().find(|one| one["id"] == id).unwrap();
        assert_eq!(topics["rows"].as_array().unwrap().len(), 11);
    }
}

/// A unit that its document gives in Chinese alone gives instruments in Chinese alone.
#[test]
fn no_language_is_invented() {
    let unit = document::read(DOCUMENT).unwrap().unit;
    for row in TABLE {
        let Ok(built) = form::build(&unit, row.role, &Settings::default()) else {
            panic!("{} needs more than the document", row.name)
        };
        let built = built.survey.to_json();
        assert!(!built.contains("\"en\""), "{}", row.name);
        assert_eq!(parse(&built)["locales"], json!(["zh-Hant"]));
        let loaded = Survey::load(&built).unwrap_or_else(|found| panic!("{}: {found:?}", row.name));
        assert!(loaded.warnings.is_empty(), "{}: {:?}", row.name, loaded.warnings);
    }
}

#[test]
fn one_level_for_everybody_needs_no_profile() {
    let (unit, _) = shipped();
    let survey = build(&unit, Role::SelfAssessment, &Settings { profile: None, level: Some(2) });
    let survey = Survey::load(&survey).unwrap().survey;
    let answers = [("T1.1".to_owned(), 1.into())].into();
    let overall = scores(&survey, &answers).get("overall").and_then(|score| score.value);
    assert_eq!(overall, Some(1.0));
    assert!(survey.index_of("role").is_none());
}

fn profile(change: impl FnOnce(&mut Value)) -> Result<String, String> {
    let mut profile = json!({"unit": "TTM3R0299v2"});
    change(&mut profile);
    let profile: Profile = serde_json::from_value(profile).map_err(|error| error.to_string())?;
    let settings = Settings { profile: Some(profile), level: None };
    let role = if settings.profile.as_ref().is_some_and(|own| own.knowledge.is_some()) {
        Role::Knowledge
    } else {
        Role::SelfAssessment
    };
    form::build(&shipped().0, role, &settings).map(|built| built.survey.to_json())
}

#[test]
fn a_profile_that_does_not_fit_is_refused() {
    for (name, change, says) in [
        ("unit", json!("X"), "for `X`, not for `TTM3R0299v2`"),
        ("roles", json!([{"value": "guide", "levels": {"T9.9": 2}}]), "names `T9.9`"),
        ("roleplay", json!(["S99"]), "names `S99`"),
        ("colour", json!(1), "unknown field `colour`"),
        (
            "knowledge",
            json!({"pages": [{"id": "p", "questions": [{"id": "q"}]}], "key": {"q": {"correct": 1, "jurisdiction": "TW", "source": "…"}}}),
            "does not say its `validFrom`",
        ),
    ] {
        let refused = profile(|profile| profile[name] = change).expect_err(name);
        assert!(refused.contains(says), "{refused}");
    }
    assert!(profile(|_| {}).is_ok());
}

/// One question without limits, one that has run out, and one that is still to come.
fn dated() -> Survey {
    let question = |id: &str| json!({"id": id, "type": "single-choice", "choices": ["a", "b"]});
    let survey = json!({"askwell": 1, "id": "s",
        "pages": [{"id": "p", "questions": [question("now"), question("old"), question("new")]}],
        "scoring": [{"id": "x", "metric": "correct-answers", "questions": ["now", "old", "new"], "key": {
            "now": {"correct": "a", "points": 2},
            "old": {"correct": "a", "validFrom": "2020-01-01", "validUntil": "2023-09-14", "jurisdiction": "TW"},
            "new": {"correct": "a", "validFrom": "2030-01-01", "source": "…"}}}]});
    Survey::load(&survey.to_string()).unwrap_or_else(|found| panic!("{found:?}")).survey
}

#[test]
fn a_question_that_is_out_of_force_never_counts_in_silence() {
    let answers = ["now", "old", "new"].map(|id| (id.to_owned(), "a".into()));
    let answers = answers.into();
    let on = |day: Option<f64>| {
        let score = scores_on(&dated(), &answers, day).get("x").unwrap().to_value();
        parse(&score.to_json())
    };
    let today = on(Some(20_780.0));
    assert_eq!(
        (&today["value"], &today["max"], &today["counted"], &today["of"]),
        (&json!(2), &json!(2), &json!(1), &json!(3))
    );
    assert_eq!(
        today["leftOut"],
        json!({
        "new": {"reason": "not-yet-valid", "day": "2030-01-01"},
        "old": {"reason": "expired", "day": "2023-09-14"}})
    );
    // The last day still counts, the day after does not.
    assert_eq!(on(Some(19_614.0))["counted"], 2);
    assert_eq!(on(Some(19_615.0))["counted"], 1);
    assert_eq!(on(None)["leftOut"]["old"]["reason"], "day-unknown");
    assert_eq!(on(None)["leftOut"]["new"]["reason"], "day-unknown");
}

#[test]
fn every_question_of_the_knowledge_check_says_where_when_and_by_what_it_holds() {
    let (unit, settings) = shipped();
    let survey = parse(&build(&unit, Role::Knowledge, &settings));
    let key = survey["scoring"][0]["key"].as_object().unwrap();
    assert!(key.len() >= 10);
    for (id, entry) in key {
        for field in ["jurisdiction", "validFrom", "source"] {
            assert!(entry[field].as_str().is_some_and(|text| !text.is_empty()), "{id}: {field}");
        }
    }
    // Each piece of knowledge of the unit is asked for.
    for statement in &unit.knowledge {
        assert!(
            key.keys().any(|id| id.starts_with(&format!("{}-", statement.id))),
            "{}",
            statement.id
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_unit_gives_instruments_that_load(unit in units(), level in prop::option::of(0..4u32)) {
        for row in TABLE {
            match form::build(&unit, row.role, &Settings { profile: None, level }) {
                Ok(built) => {
                    let json = built.survey.to_json();
                    let loaded = Survey::load(&json)
                        .map_err(|found| TestCaseError::fail(format!("{}: {found:?}\n{json}", row.name)))?;
                    prop_assert!(loaded.warnings.is_empty(), "{}: {:?}", row.name, loaded.warnings);
                }
                // Lists that such a unit does not hold.
                Err(message) => prop_assert!(message.contains("--profile"), "{}: {message}", row.name),
            }
        }
    }
}
