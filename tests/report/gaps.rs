//! Gaps of many: by importance, and nothing about few.

use std::sync::Arc;

use askwell::report::{Settings, csv, html};
use serde_json::json;

use crate::{report, survey, tally};

fn assessment() -> Arc<askwell::survey::Survey> {
    let rating = |id: &str| json!({"id": id, "type": "rating", "rateMin": 0, "rateMax": 3});
    survey(&json!({
        "askwell": 1, "id": "self", "framework": {"code": "U1", "revision": "2020"}, "pages": [{"id": "p", "questions": [
            {"id": "role", "type": "single-choice", "choices": ["staff", "lead"]},
            rating("a"), rating("b"), rating("c")
        ]}],
        "scoring": [
            {"id": "group", "metric": "level-gap", "questions": ["a", "b"], "role": "role",
             "levels": {"staff": {"a": 2, "b": 2}, "lead": {"a": 3, "b": 3}},
             "importance": {"staff": {"b": 5}, "lead": {"b": 5}}},
            {"id": "all", "metric": "level-gap", "questions": ["a", "b", "c"], "role": "role",
             "levels": {"staff": {"a": 2, "b": 2, "c": 1}, "lead": 3}}
        ]
    }))
}

fn line(role: Option<&str>, [a, b, c]: [u8; 3]) -> String {
    json!({"role": role, "a": a, "b": b, "c": c}).to_string()
}

#[test]
fn what_matters_more_comes_first_though_its_gap_is_smaller() {
    let lines: Vec<String> = (0..10)
        .map(|n| if n < 5 { line(Some("staff"), [0, 1, 3]) } else { line(Some("lead"), [2, 2, 3]) })
        .collect();
    let report = report(&assessment(), Settings::default(), &lines);
    let told = serde_json::to_value(&report.gaps).unwrap();
    let figures: Vec<_> = told
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| {
            ["id", "n", "required", "rated", "value", "importance", "priority"]
                .map(|name| gap[name].clone())
        })
        .collect();
    let expected = json!([
        ["b", 10, 2.5, 1.5, 1.0, 5.0, 5.0],
        ["a", 10, 2.5, 1.0, 1.5, 3.0, 4.5],
        ["c", 10, 2.0, 3.0, -1.0, 3.0, -3.0]
    ]);
    assert_eq!(json!(figures), expected);
    assert!(csv::write(&report).contains("gap,b,b,priority,10,5,,,"));
    let page = html::write(&report);
    assert!(page.contains("Built from U1 (2020)"), "{page}");
    assert!(
        page.contains("Importance × gap") && page.contains("Most worth working on: b."),
        "{page}"
    );
}

#[test]
fn halves_of_the_files_give_the_same_as_the_whole() {
    let survey = assessment();
    let lines: Vec<String> =
        (0..12).map(|n| line(Some(["staff", "lead"][n % 2]), [n as u8 % 4, 1, 2])).collect();
    let mut first = tally(&survey, Settings::default(), &lines[..5]);
    first.merge(tally(&survey, Settings::default(), &lines[5..]));
    let whole = report(&survey, Settings::default(), &lines);
    let told = |report: &askwell::report::Report| serde_json::to_value(&report.gaps).unwrap();
    assert_eq!(told(&first.report()), told(&whole));
}

#[test]
fn nobody_can_work_out_the_rating_of_the_one_without_a_required_level() {
    let mut lines: Vec<String> = (0..9).map(|_| line(Some("staff"), [1, 1, 1])).collect();
    lines.push(line(None, [3, 3, 3]));
    let report = report(&assessment(), Settings::default(), &lines);
    assert_eq!(report.gaps.len(), 3);
    for gap in &report.gaps {
        assert!(gap.gap.is_suppressed() && gap.rated.is_none() && gap.priority.is_none());
    }
}
