//! The expression language against evaluations recorded from survey-core.

use askwell::expr::{Environment, evaluate_with_values};
use askwell::value::Value;

/// 2026-11-23T00:00Z, in UTC like the recordings.
fn environment() -> Environment {
    Environment::new(1_795_392_000_000.0, 0)
}

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
fn differences(json: &str) -> Vec<String> {
    let environment = environment();
    let differs = |case: &Value| {
        let expected = case.get("expected").cloned().unwrap_or_default().to_json();
        let result = run(case, &environment);
        (result != expected).then(|| format!("{}\n  gave {result}", case.to_json()))
    };
    cases(json).iter().filter_map(differs).collect()
}

#[test]
fn recorded_evaluations_agree() {
    let json = include_str!("expressions/recorded.json");
    assert!(cases(json).len() > 700);
    let differences = differences(json);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
