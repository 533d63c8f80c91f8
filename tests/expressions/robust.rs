//! What must hold for any text: no panic, no endless run, no deep stack.

use askwell::expr::{Environment, ErrorKind, EvaluationError, Failure, evaluate_with_values};
use askwell::value::{Map, Value};
use proptest::prelude::*;

fn evaluate(source: &str, values: &Value) -> Result<Value, Failure> {
    evaluate_with_values(source, values, &Environment::new(1.8e12, -300), false)
}

fn values() -> Value {
    let json = r#"{"a": 1, "b": "2,5", "c": [1, "x", null, {"n": 3}], "d": {"e": {"n": "4"}},
        "f": "2026-11-23", "g": true, "h": "", "臺": "北🙂", "k": [[1], [2]]}"#;
    serde_json::from_str(json).unwrap()
}

const TOKENS: &[&str] = &[
    "{a}",
    "{b}",
    "{c}",
    "{d}",
    "{f}",
    "{g}",
    "{h}",
    "{臺}",
    "{#b}",
    "{c[-1].n}",
    "{k[1][0]}",
    "{d.e.n}",
    "{c.length}",
    "{x}",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ",",
    "'x'",
    "\"y\"",
    "'",
    "\\",
    "1",
    "-2.5",
    "0x1",
    "05",
    "1e9",
    "true",
    "null",
    "word",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "=",
    "!=",
    "<",
    ">=",
    "=>",
    "!",
    "and",
    "or",
    "contains",
    "notcontains",
    "anyof",
    "allof",
    "noneof",
    "empty",
    "notempty",
    "negate",
    "sum(",
    "round(",
    "trunc(",
    "iif(",
    "substring(",
    "dateAdd(",
    "dateDiff(",
    "today(",
    "age(",
    "sumInArray(",
    "maxInArray(",
    "'n'",
    "'{n} > 1'",
    "displayValue(",
    " ",
    "1e308",
    "99999999999999999999",
    "'9'",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_an_expression_or_an_error(source in ".{0,60}") {
        let _ = evaluate(&source, &values());
    }

    #[test]
    fn any_tokens_are_an_expression_or_an_error(
        tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..24),
        spaced in any::<bool>(),
    ) {
        let source = tokens.join(if spaced { " " } else { "" });
        if let Err(Failure::Source(error)) = evaluate(&source, &values()) {
            prop_assert!(source.get(error.span).is_some());
        }
    }

    #[test]
    fn any_path_finds_something_or_nothing(path in r"[a-dk臺.\[\]0-9-]{1,20}") {
        let _ = evaluate(&format!("{{{path}}}"), &values());
    }

    #[test]
    fn sums_of_cents_are_exact(cents in prop::collection::vec(-99_999i32..99_999, 1..20)) {
        let terms: Vec<String> =
            cents.iter().map(|cents| format!("({:.2})", f64::from(*cents) / 100.0)).collect();
        let total: i32 = cents.iter().sum();
        let expected = Value::from(format!("{:.2}", f64::from(total) / 100.0).parse::<f64>().unwrap());
        let result = evaluate(&terms.join(" + "), &Value::Null).unwrap();
        prop_assert_eq!(result.to_json(), expected.to_json());
    }

    #[test]
    fn days_added_are_days_between(start in -20_000i32..60_000, days in 1i32..20_000) {
        let values = Value::from(Map::from([("start".into(), (f64::from(start) * 864e5).into())]));
        let source = format!("dateDiff(dateAdd({{start}}, {days}), {{start}})");
        if start != 0 {
            prop_assert_eq!(evaluate(&source, &values).unwrap().to_json(), days.to_string());
        }
    }
}

#[test]
fn nesting_is_limited() {
    for (open, close) in
        [("(", ")"), ("!", ""), ("[", "]"), ("sum(", ")"), ("negate ", ""), ("iif(1, ", ", 0)")]
    {
        let nest = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        assert!(evaluate(&nest(150), &Value::Null).is_ok(), "{open}");
        for depth in [201, 100_000] {
            match evaluate(&nest(depth), &Value::Null) {
                Err(Failure::Source(error)) => assert_eq!(error.kind, ErrorKind::TooDeep, "{open}"),
                _ => panic!("{open} was not limited"),
            }
        }
    }
}

/// Chains are no nests: a list of ten thousand alternatives is fine.
#[test]
fn chains_may_be_long() {
    let chain = format!("{}{{a}} = 1", "{a} = 2 or ".repeat(10_000));
    assert_eq!(evaluate(&chain, &values()).unwrap().to_json(), "true");
    let sum = format!("{}1", "1 + ".repeat(50_000));
    assert_eq!(evaluate(&sum, &values()).unwrap().to_json(), "50001");
}

#[test]
fn the_step_budget_stops_heavy_work() {
    let list: Vec<i32> = (0..2000).collect();
    let values = Value::from(Map::from([("list".into(), list.into())]));
    let mut environment = Environment::new(0.0, 0);
    let run = |environment: &Environment| {
        evaluate_with_values("{list} allof {list}", &values, environment, false)
    };
    environment.step_budget = 5_000_000;
    assert_eq!(run(&environment).unwrap().to_json(), "true");
    environment.step_budget = 100_000;
    assert_eq!(run(&environment), Err(Failure::Evaluation(EvaluationError::BudgetExceeded)));
}

/// A row's text may name a condition that is that very text.
#[test]
fn conditions_that_name_themselves_end() {
    let json =
        r#"{"rows": [{"n": 1, "rows": [{"n": 1}]}], "c": "sumInArray({rows}, 'n', {c}) > 0"}"#;
    let mut values: Map = serde_json::from_str(json).unwrap();
    let condition = values.get("c").cloned().unwrap();
    let mut row: Map = serde_json::from_str(r#"{"n": 1}"#).unwrap();
    row.insert("c".into(), condition.clone());
    for _ in 0..40 {
        let inner = Value::List(vec![Value::from(row.clone())]);
        row.insert("rows".into(), inner);
    }
    values.insert("rows".into(), Value::List(vec![Value::from(row)]));
    let result = evaluate("sumInArray({rows}, 'n', {c})", &Value::from(values));
    assert_eq!(result, Err(Failure::Evaluation(EvaluationError::BudgetExceeded)));
}
