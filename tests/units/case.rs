//! Units as 1EdTech CASE packages, and back.

use std::collections::BTreeSet;

use askwell::competency::unit::{Supersession, Unit};
use askwell::competency::{case, source};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::UNIT;
use crate::written::units;

const NOW: &str = "2026-11-23T08:00:00.000Z";

fn unit() -> Unit {
    let mut unit = source::read(UNIT).unwrap().unit;
    unit.supersedes = vec![Supersession { code: "TTM3R0299v1".into(), equivalent: Some(true) }];
    unit
}

fn read(package: &Value) -> Unit {
    let text = package.to_string();
    let read = source::read(&text).unwrap_or_else(|found| panic!("{found:#?}"));
    assert_eq!(read.warnings, []);
    read.unit
}

fn list<'v>(package: &'v Value, name: &str) -> &'v [Value] {
    package[name].as_array().unwrap()
}

#[test]
fn a_unit_goes_into_a_package_and_comes_back_whole() {
    let unit = unit();
    let package = case::write(&unit, NOW);
    assert_eq!(serde_json::to_value(read(&package)).unwrap(), serde_json::to_value(unit).unwrap());
}

/// CASE 1.1 information model: what is required of each class, and what refers to what.
#[test]
fn a_package_has_what_the_standard_requires() {
    let package = case::write(&unit(), NOW);
    let document = &package["CFDocument"];
    assert_eq!(document["caseVersion"], "1.1");
    let parts = [("CFItems", vec!["fullStatement"])];
    let ends = vec!["associationType", "originNodeURI", "destinationNodeURI"];
    let mut ids = BTreeSet::new();
    for (name, own) in parts.into_iter().chain([("CFAssociations", ends)]) {
        for part in list(&package, name) {
            for field in ["identifier", "uri", "lastChangeDateTime"].into_iter().chain(own.clone())
            {
                assert!(!part[field].is_null(), "{name}: {field} of {part}");
            }
            let id = part["identifier"].as_str().unwrap();
            assert_eq!((id.len(), id.as_bytes()[14]), (36, b'5'), "{id} is a UUID of version 5");
            assert!(ids.insert(id.to_owned()), "{id} stands twice");
        }
    }
    for field in ["identifier", "uri", "creator", "title", "lastChangeDateTime"] {
        assert!(document[field].is_string(), "{field}");
    }
    let of_type = |kind: &str| {
        let associations = list(&package, "CFAssociations").iter();
        associations.filter(|one| one["associationType"] == kind).collect::<Vec<_>>()
    };
    let children = of_type("isChildOf");
    assert_eq!(children.len(), list(&package, "CFItems").len());
    assert!(children.iter().all(|one| one["sequenceNumber"].is_u64()));
    let root = document["identifier"].as_str().unwrap();
    for one in &children {
        let end = one["destinationNodeURI"]["identifier"].as_str().unwrap();
        assert!(end == root || ids.contains(end));
    }
    assert_eq!(of_type("isRelatedTo").len(), 10, "ten places point to notes");
    let codes: BTreeSet<&str> = list(&package, "CFItems")
        .iter()
        .filter_map(|item| item["humanCodingScheme"].as_str())
        .collect();
    assert!(
        ["T1", "T1.1", "T3.5", "K07", "S09", "E4", "M5", "N10", "N3.11"]
            .iter()
            .all(|id| codes.contains(id))
    );
    let types = list(&package["CFDefinitions"], "CFItemTypes");
    let names: BTreeSet<_> = types.iter().map(|one| one["title"].as_str().unwrap()).collect();
    let used = list(&package, "CFItems").iter().map(|item| item["CFItemType"].as_str().unwrap());
    assert_eq!(used.collect::<BTreeSet<_>>(), names);
}

#[test]
fn the_same_unit_has_the_same_ids_and_another_one_others() {
    let one = case::write(&unit(), NOW);
    assert_eq!(one, case::write(&unit(), NOW));
    let other = case::write(&Unit { code: "X".into(), ..unit() }, NOW);
    assert_ne!(one["CFItems"][0]["identifier"], other["CFItems"][0]["identifier"]);
}

#[test]
fn a_wording_that_was_changed_elsewhere_counts() {
    let mut package = case::write(&unit(), NOW);
    package["CFItems"][1]["fullStatement"] = "改過的字句。".into();
    let text = &read(&package).tasks[0].indicators[0].text;
    assert_eq!(text.in_language("zh-Hant", ""), "改過的字句。");
    assert!(text.in_language("en", "").starts_with("Improve service"));
}

/// A package as another system writes it: types of its own, fields that a unit has no place for.
fn foreign() -> Value {
    let link = |id: &str| json!({"title": id, "identifier": id, "uri": format!("https://example.org/{id}")});
    let item = |id: &str, text: &str, kind: &str| {
        json!({"identifier": id, "uri": format!("https://example.org/{id}"), "fullStatement": text,
            "CFItemType": kind, "lastChangeDateTime": "2020-01-01T00:00:00Z"})
    };
    let below = |id: &str, parent: &str, sequence: usize| {
        json!({"identifier": format!("a-{id}"), "uri": format!("https://example.org/a-{id}"),
            "associationType": "isChildOf", "originNodeURI": link(id), "destinationNodeURI": link(parent),
            "sequenceNumber": sequence, "lastChangeDateTime": "2020-01-01T00:00:00Z"})
    };
    let mut noted = item("i-2", "Greets guests", "Standard");
    noted["conceptKeywords"] = json!(["greeting"]);
    noted["humanCodingScheme"] = "G.1".into();
    json!({
        "CFDocument": {"identifier": "d-1", "uri": "https://example.org/d-1", "creator": "Example Board",
            "title": "Hospitality", "language": "en", "publisher": "Example Board",
            "lastChangeDateTime": "2020-01-01T00:00:00Z", "subject": ["Tourism"]},
        "CFItems": [noted, item("i-1", "Serve guests", "Cluster"), item("i-3", "Seats guests", "Standard"),
            item("i-4", "Knows the menu", "Knowledge statement")],
        "CFAssociations": [below("i-3", "i-1", 2), below("i-2", "i-1", 1), below("i-1", "d-1", 1),
            below("i-4", "d-1", 2),
            {"identifier": "a-9", "uri": "https://example.org/a-9", "associationType": "isPeerOf",
                "originNodeURI": link("i-2"), "destinationNodeURI": link("i-3"),
                "lastChangeDateTime": "2020-01-01T00:00:00Z"}],
        "CFDefinitions": {"CFLicenses": [{"identifier": "l-1", "title": "CC BY"}]},
        "CFRubrics": [{"identifier": "r-1", "title": "Rubric"}]
    })
}

#[test]
fn packages_of_other_systems_keep_what_a_unit_has_no_place_for() {
    let unit = read(&foreign());
    assert_eq!((unit.code.as_str(), unit.tasks.len()), ("d-1", 1));
    let ids: Vec<&str> = unit.statements().map(|statement| statement.id.as_str()).collect();
    assert_eq!(ids, ["G.1", "item-3", "item-4"]);
    assert_eq!(unit.domain_path[0].in_language("en", ""), "Tourism");
    let again = case::write(&unit, NOW);
    let find = |package: &Value, id: &str| {
        let items = list(package, "CFItems").iter();
        items.clone().find(|item| item["identifier"] == id).cloned().unwrap()
    };
    for id in ["i-1", "i-2", "i-3", "i-4"] {
        let (before, after) = (find(&foreign(), id), find(&again, id));
        for (name, value) in before.as_object().unwrap() {
            if name != "lastChangeDateTime" {
                assert_eq!(after[name], *value, "{id}: {name}");
            }
        }
    }
    for (name, value) in foreign()["CFDocument"].as_object().unwrap() {
        if name != "lastChangeDateTime" {
            assert_eq!(again["CFDocument"][name], *value, "{name}");
        }
    }
    assert_eq!(again["CFRubrics"], foreign()["CFRubrics"]);
    assert_eq!(again["CFDefinitions"]["CFLicenses"], foreign()["CFDefinitions"]["CFLicenses"]);
    assert!(list(&again, "CFAssociations").contains(&foreign()["CFAssociations"][4]));
    assert_eq!(read(&again), unit);
}

fn errors(package: &Value) -> String {
    let found = source::read(&package.to_string()).expect_err("damaged");
    found.iter().map(|found| format!("{found}\n")).collect()
}

#[test]
fn damaged_packages_are_refused_with_their_place() {
    let mut twice = foreign();
    let again = twice["CFItems"][0].clone();
    twice["CFItems"].as_array_mut().unwrap().push(again);
    assert!(errors(&twice).contains("$.CFItems[4]: the item `i-2` stands twice"));
    let mut circle = foreign();
    circle["CFAssociations"][2]["destinationNodeURI"]["identifier"] = "i-2".into();
    assert!(errors(&circle).contains("this item stands below itself"));
    let mut without = foreign();
    without["CFItems"][0].as_object_mut().unwrap().remove("fullStatement");
    assert!(errors(&without).contains("missing field `fullStatement`"));
    let broken = foreign().to_string().replace("\"CFItems\":[", "\"CFItems\":");
    let found = source::read(&broken).expect_err("damaged");
    assert!(found[0].render("package.json", &broken).contains("package.json:1:"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_unit_survives_the_round_trip(unit in units()) {
        prop_assert_eq!(read(&case::write(&unit, NOW)), unit);
    }
}
