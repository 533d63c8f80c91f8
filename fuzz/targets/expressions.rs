//! Any text as an expression: it has a value, or there is an error to show.
#![no_main]

use std::sync::LazyLock;

use askwell::expr::{Environment, Failure, evaluate_with_values};
use askwell::value::Value;
use libfuzzer_sys::fuzz_target;

static VALUES: LazyLock<Value> = LazyLock::new(|| {
    let values = r#"{
        "a": 5, "b": "7", "c": -0.5, "d": "2026-11-23", "e": "", "f": true, "g": null,
        "h": ["a", "B", 3], "i": [{"n": 1, "s": "a"}, {"n": "2"}, {}], "j": {"x": {"n": 4}, "y": {}}
    }"#;
    serde_json::from_str(values).unwrap_or_default()
});

fuzz_target!(|source: &str| {
    let environment = Environment::new(1_795_430_096_789.0, 480);
    for condition in [false, true] {
        match evaluate_with_values(source, &VALUES, &environment, condition) {
            // What an expression yields can be stored and read again.
            Ok(value) => assert!(serde_json::from_str::<Value>(&value.to_json()).is_ok()),
            Err(Failure::Source(error)) => drop(error.to_string()),
            Err(Failure::Evaluation(error)) => drop(error.to_string()),
        }
    }
});
