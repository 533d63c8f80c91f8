//! Computed values as readers of each language see them.

use askwell::definition::{Log, Place};
use askwell::locales;
use askwell::questions;
use askwell::text::Language;
use askwell::value::{Map, Value};

fn shown(question: Map, answer: &Value, tag: &str, utc_offset_minutes: i32) -> String {
    let log = Log::default();
    let mut question = question;
    question.insert("expression".into(), "1".into());
    let row = questions::row("calculated", &Place::ROOT, &log).unwrap();
    let kind = questions::read(row, &question, &Place::ROOT, &log).unwrap();
    assert!(log.into_diagnostics().is_empty());
    let language = Language { tag, default: "en", utc_offset_minutes, words: locales::word };
    kind.as_type().display(answer, &language)
}

/// Recorded from `Intl.NumberFormat` and `Intl.DateTimeFormat` of Node.js 20 (ICU 78), with zero
/// never negative.
#[test]
fn numbers_money_and_days_read_as_browsers_write_them() {
    let cases: Value = serde_json::from_str(include_str!("calculated/intl.json")).unwrap();
    let cases = cases.as_list().unwrap();
    assert!(cases.len() > 1000);
    for case in cases {
        let question = case.get("question").and_then(Value::as_map).unwrap().clone();
        let tag = case.get("tag").and_then(Value::as_text).unwrap();
        let found = shown(question, case.get("value").unwrap(), tag, 0);
        assert_eq!(
            Some(found.as_str()),
            case.get("shown").and_then(Value::as_text),
            "{}",
            case.to_json()
        );
    }
}

#[test]
fn a_moment_is_a_day_on_the_clock_of_the_respondent() {
    for (moment, offset, day) in [
        ("2026-11-22T16:00:00.000Z", 480, "2026-11-23"),
        ("2026-12-31T23:30Z", 480, "2027-01-01"),
        ("2024-02-28T20:00:00Z", 480, "2024-02-29"),
        ("2023-03-01T02:00:00Z", -300, "2023-02-28"),
        ("2026-01-01T00:00:00.000Z", -60, "2025-12-31"),
        ("2026-11-23T23:59", 480, "2026-11-23"),
        ("2026-11-23", -300, "2026-11-23"),
        ("2026-02-30", 0, "2026-02-30"),
        ("soon", 0, "soon"),
        ("2026-11-2三", 0, "2026-11-2三"),
    ] {
        let style = Map::from([("displayStyle".into(), "date".into())]);
        assert_eq!(shown(style, &moment.into(), "de", offset), day, "{moment}");
    }
}

#[test]
fn what_is_no_number_is_shown_as_it_is() {
    for style in ["none", "number", "percent", "date"] {
        let style = || Map::from([("displayStyle".into(), style.into())]);
        assert_eq!(shown(style(), &"n/a".into(), "vi", 0), "n/a");
        assert_eq!(shown(style(), &true.into(), "vi", 0), "true");
    }
    assert_eq!(shown(Map::new(), &1234.5.into(), "vi", 0), "1234.5");
}
