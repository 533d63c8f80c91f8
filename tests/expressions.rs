//! The expression language: evaluations as data, the compiled form's promises, and what must never
//! happen. To add a case, add a line to one of the JSON files.

#[path = "expressions/compiled.rs"]
mod compiled;
#[path = "expressions/errors.rs"]
mod errors;
#[path = "expressions/robust.rs"]
mod robust;

use askwell::expr::{Environment, evaluate_with_values};
use askwell::value::Value;

fn cases(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap()
}

/// What a case gives, or the error, in words that name the case.
fn run(case: &Value, environment: &Environment) -> String {
    let expression = case.get("expression").and_then(Value::as_text).unwrap();
    let values = case.get("values").cloned().unwrap_or_default();
    let condition = case.get("condition").is_some();
    match evaluate_with_values(expression, &values, environment, condition) {
        Ok(value) => value.to_json(),
        Err(error) => format!("error: {error}"),
    }
}

/// Every case of a file; a line per case that differs.
fn differences(json: &str, environment: &Environment) -> String {
    let differs = |case: &Value| {
        let expected = case.get("expected").cloned().unwrap_or_default().to_json();
        let result = run(case, environment);
        (result != expected).then(|| format!("{}\n  gave {result}\n", case.to_json()))
    };
    cases(json).iter().filter_map(differs).collect()
}

/// Recorded from survey-core's own tests, in UTC.
#[test]
fn recorded_evaluations_agree() {
    let json = include_str!("expressions/recorded.json");
    assert_eq!(cases(json).len(), 726);
    assert_eq!(differences(json, &Environment::new(1_795_392_000_000.0, 0)), "");
}

/// One line per rule of the language; survey-core gave the expected values, with its clock at
/// 2026-11-23T10:34:56.789Z in Taipei.
#[test]
fn every_rule_holds() {
    let json = include_str!("expressions/cases.json");
    assert_eq!(differences(json, &Environment::new(1_795_430_096_789.0, 480)), "");
}
