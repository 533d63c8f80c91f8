//! Many raters of one person: nothing averaged that must not be, nothing shown of too few, nobody passed.

use askwell::competency::raters::{self, Combined, Minimums, Perspective, html};
use askwell::competency::unit::Unit;
use askwell::competency::{form, source};
use serde_json::{Value, json};

use crate::UNIT;

fn unit() -> Unit {
    source::read(UNIT).unwrap().unit
}

fn submission(instrument: &str, answers: Value) -> Value {
    json!({"survey": {"id": format!("ttm3r0299v2-{instrument}")}, "answers": answers})
}

/// All statements rated alike, but for some.
fn rated(instrument: &str, all: u32, others: Value) -> Value {
    let mut answers = serde_json::Map::new();
    for statement in unit().statements() {
        answers.insert(statement.id.clone(), all.into());
    }
    answers.extend(others.as_object().unwrap().clone());
    submission(instrument, answers.into())
}

fn combine(submissions: &[Value]) -> Combined {
    let lines: Vec<String> = submissions.iter().map(Value::to_string).collect();
    let submissions = raters::read(&lines.join("\n")).unwrap();
    let profile = form::shipped_profile("TTM3R0299v2").unwrap();
    raters::combine(&unit(), profile.as_ref(), &submissions, Minimums::default())
}

fn row<'c>(combined: &'c Value, id: &str) -> &'c Value {
    combined["statements"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap()
}

fn cell<'c>(combined: &'c Value, id: &str, perspective: &str) -> &'c Value {
    let cells = row(combined, id)["cells"].as_array().unwrap();
    cells.iter().find(|cell| cell["perspective"] == perspective).unwrap()
}

fn warns(combined: &Value, code: &str, about: &str) -> bool {
    let warnings = combined["warnings"].as_array().unwrap();
    warnings.iter().any(|one| one["code"] == code && (about.is_empty() || one["about"] == about))
}

#[test]
fn self_is_never_averaged_in_and_each_perspective_counts_the_same() {
    let combined = combine(&[
        rated("self-assessment", 3, json!({"S01": 0})),
        rated("supervisor-observation", 1, json!({})),
        rated("peer-observation", 2, json!({})),
        rated("peer-observation", 2, json!({})),
        rated("peer-observation", 2, json!({"T1.1": "not-observed", "T1.2": 3})),
        rated("peer-observation", 2, json!({})),
    ]);
    let combined = serde_json::to_value(combined).unwrap();
    let first = row(&combined, "T1.1");
    assert_eq!(
        (&first["self"], &first["others"], &first["difference"]),
        (&json!(3.0), &json!(1.5), &json!(1.5))
    );
    assert_eq!(
        (&cell(&combined, "T1.1", "peer")["n"], &cell(&combined, "T1.2", "peer")["mean"]),
        (&json!(3), &json!(2.25))
    );
    assert_eq!(first["verdict"], "blind-spot");
    assert_eq!(row(&combined, "S01")["verdict"], "hidden-strength");
    let group =
        combined["groups"].as_array().unwrap().iter().find(|group| group["id"] == "T2").unwrap();
    assert_eq!((&group["self"], &group["others"]), (&json!(3.0), &json!(1.5)));
}

#[test]
fn too_few_raters_are_left_out_and_count_nowhere() {
    let combined = combine(&[
        rated("self-assessment", 2, json!({})),
        rated("supervisor-observation", 1, json!({})),
        rated("peer-observation", 3, json!({"T1-observation": "secret of two"})),
        rated("peer-observation", 3, json!({})),
        rated("customer-observation", 3, json!({})),
    ]);
    let combined = serde_json::to_value(combined).unwrap();
    assert_eq!(row(&combined, "T1.1")["others"], 1.0, "the supervisor alone");
    let peers = cell(&combined, "T1.1", "peer");
    assert_eq!(
        (&peers["n"], &peers["mean"], &peers["reason"]),
        (&Value::Null, &Value::Null, &json!("too-few-raters"))
    );
    assert!(
        warns(&combined, "too-few-raters", "peer")
            && warns(&combined, "too-few-raters", "customer")
    );
    assert!(!combined.to_string().contains("secret of two"));
    assert_eq!(combined["agreement"]["within"], json!([]));
    // Three colleagues, of whom one has not seen it: two ratings are too few.
    let three = [
        rated("peer-observation", 3, json!({})),
        rated("peer-observation", 3, json!({})),
        rated("peer-observation", 3, json!({"K01": "not-observed"})),
    ];
    let combined = serde_json::to_value(combine(&three)).unwrap();
    assert_eq!(cell(&combined, "K01", "peer")["reason"], "too-few-raters");
    assert_eq!(cell(&combined, "K02", "peer")["n"], 3);
}

#[test]
fn what_the_role_needs_stands_beside_the_ratings() {
    let combined = combine(&[rated("self-assessment", 2, json!({"role": "supervisor"}))]);
    let combined = serde_json::to_value(combined).unwrap();
    assert_eq!(
        (&row(&combined, "T1.1")["required"], &row(&combined, "T1.2")["required"]),
        (&json!(3.0), &json!(2.0))
    );
    let without = serde_json::to_value(combine(&[rated("self-assessment", 2, json!({}))])).unwrap();
    assert_eq!(row(&without, "T1.1")["required"], Value::Null);
}

#[test]
fn minimums_are_raised_and_never_lowered() {
    let minimums = Minimums::default();
    assert!(minimums.with(Perspective::Peer, 2).is_err());
    assert!(minimums.with(Perspective::Customer, 4).is_err());
    assert!(minimums.with(Perspective::Supervisor, 2).is_err());
    assert_eq!(minimums.with(Perspective::Peer, 4).unwrap().peer, 4);
}

#[test]
fn agreement_is_that_of_the_statistics() {
    let peer = |a: u32, b: u32, c: u32| {
        let answers = json!({"T1.1": a, "T1.2": b, "T1.3": c});
        submission("peer-observation", answers)
    };
    let combined =
        serde_json::to_value(combine(&[peer(3, 2, 1), peer(3, 1, 0), peer(2, 2, 1)])).unwrap();
    let within = &combined["agreement"]["within"][0];
    assert_eq!((&within["perspective"], &within["statements"]), (&json!("peer"), &json!(3)));
    // Each of the variances is 1/3; 15/12 is that of ratings spread evenly over four points.
    let share = (1.0 / 3.0) / 1.25;
    let rwg = 3.0 * (1.0 - share) / (3.0 * (1.0 - share) + share);
    assert!((within["rwg"]["value"].as_f64().unwrap() - rwg).abs() < 1e-9, "{within}");
    assert!(within["icc1k"]["value"].as_f64().unwrap() > 0.5);
    assert_eq!(combined["agreement"]["selfSupervisor"]["reason"], "no-answers");
    let both = [
        rated("self-assessment", 2, json!({"T1.1": 1})),
        rated("supervisor-observation", 2, json!({"T1.1": 1})),
    ];
    let combined = serde_json::to_value(combine(&both)).unwrap();
    assert_eq!(combined["agreement"]["selfSupervisor"]["value"], 1.0);
}

#[test]
fn methods_cover_what_they_have_shown_and_self_ratings_nothing() {
    let rules = json!(["provided", "valid", "sufficient", "authentic", "current"]);
    let combined = combine(&[
        rated("self-assessment", 3, json!({})),
        submission("role-play", json!({"S01": {"N9.1": 2}, "T3.5": "not-observed", "T1.1": 2})),
        submission("knowledge-check", json!({"K01-1": "b"})),
        submission("case-study", json!({"T3.4": 3})),
        submission("portfolio", json!({"documents": {"M1.1": rules, "M1.3": ["provided"]}})),
        submission("supervisor-observation", json!({"T1.1": 2})),
    ]);
    let combined = serde_json::to_value(combined).unwrap();
    let methods = |id: &str| {
        let all = combined["coverage"]["statements"].as_array().unwrap();
        all.iter().find(|one| one["id"] == id).unwrap()["methods"].clone()
    };
    assert_eq!(methods("T1.1"), json!(["M2", "M5"]));
    assert_eq!(methods("S01"), json!(["M2"]));
    assert_eq!(methods("K01"), json!(["M4"]));
    assert_eq!(methods("T3.4"), json!(["M3"]));
    assert_eq!(methods("K03"), json!(["M1"]));
    assert_eq!(methods("T2.1"), json!([]), "a document that is merely there shows nothing");
    assert_eq!(methods("T3.5"), json!([]));
    let aspects = combined["coverage"]["aspects"].as_array().unwrap();
    assert_eq!((&aspects[0]["id"], &aspects[0]["enough"]), (&json!("E1"), &json!(true)));
    assert!(warns(&combined, "too-few-methods", "E2"));
    assert!(combined["coverage"]["open"].as_array().unwrap().contains(&json!("T2.1")));
}

#[test]
fn critical_aspects_are_judged_by_a_person_alone() {
    let perfect = [
        rated("self-assessment", 3, json!({})),
        rated("supervisor-observation", 3, json!({})),
        rated("role-play", 3, json!({})),
    ];
    let combined = serde_json::to_value(combine(&perfect)).unwrap();
    assert_eq!(combined["record"]["decision"], Value::Null);
    for (index, id) in ["E1", "E2", "E3", "E4"].iter().enumerate() {
        assert_eq!(combined["record"]["aspects"][index]["judgement"], Value::Null);
        assert!(warns(&combined, "not-judged", id));
    }
    let judged = submission(
        "assessor-record",
        json!({"assessor": "Lin", "E1": "satisfactory", "E2": "more-evidence", "C4": false, "decision": "competent"}),
    );
    let combined = serde_json::to_value(combine(&[judged])).unwrap();
    assert_eq!(combined["record"]["aspects"][1]["judgement"], "more-evidence");
    assert!(warns(&combined, "decision-contradicts-aspects", ""));
    assert!(warns(&combined, "context-missing", "C4"));
}

#[test]
fn the_page_is_whole_in_both_languages_and_holds_no_markup_of_others() {
    let combined = combine(&[
        rated("self-assessment", 3, json!({})),
        rated("supervisor-observation", 1, json!({"T1-observation": "<script>alert(1)</script>"})),
    ]);
    for (language, words) in [
        ("zh-Hant", ["可能的盲點", "關鍵面向", "簽名"]),
        ("en", ["Possible blind spot", "Critical aspects", "Signature"]),
    ] {
        let page = html::page(&combined, language, Some("R-7 & Co"));
        for words in words {
            assert!(page.contains(words), "{words}");
        }
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
        assert!(page.contains("R-7 &amp; Co") && page.contains("<svg") && page.contains("@page"));
        assert!(
            page.contains("【註10】") && !page.contains("<td></td><td></td><td></td><td></td>")
        );
    }
}

#[test]
fn what_is_no_submission_is_refused_without_repeating_it() {
    for (text, says) in [
        (
            "{\"survey\": {\"id\": \"ttm3r0299v2-portfolio\"}, \"answers\": {}}\nsecret",
            "line 2: no JSON",
        ),
        ("{\"answers\": {\"a\": \"secret\"}}", "no `survey`"),
        ("[{\"survey\": {\"id\": \"x\"}}]", "submission 1: no submission"),
        ("{\"survey\": {\"id\": \"tour\"}, \"answers\": {}}", "`tour` is no instrument"),
    ] {
        let refused = raters::read(text).err().unwrap();
        assert!(refused.contains(says) && !refused.contains("secret"), "{refused}");
    }
}
