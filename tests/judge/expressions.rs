//! Thousands of generated expressions, evaluated here and by survey-core.
//!
//! To run it: `npm install survey-core@3.1` in a folder, and name the folder in `ASKWELL_JUDGE`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use askwell::expr::{Environment, evaluate_with_values};
use askwell::value::Value;

use crate::random::Random;
use crate::skipped;

const NOW: f64 = 1_795_430_096_789.0;
const CASES: usize = 6000;

const VALUES: &str = r#"{
    "one": 1, "zero": 0, "half": 0.5, "cents": 19.99, "minus": -3, "big": 123456789,
    "five": "5", "comma": "1,5", "code": "005", "yes": "Yes", "flag": true, "off": false,
    "truth": "true", "blank": "", "spaced": " b ", "word": "Banana", "nothing": null,
    "day": "2026-11-20", "birthday": "1990-02-28", "moment": "2026-11-23T07:30",
    "list": ["a", "B", 3], "numbers": [1, 2.5, "4"], "single": ["a"], "none": [], "object": {"x": 1, "y": {"z": "deep"}},
    "rows": [{"n": 1, "s": "a", "on": true}, {"n": 2.5, "s": "b", "on": false}, {"s": "c"}, {"n": "7", "s": "a", "on": true}],
    "grid": {"r1": {"n": 3, "s": "a"}, "r2": {"n": 4, "s": "b"}},
    "dotted.name": 8
}"#;

const NAMES: &[&str] = &[
    "one",
    "zero",
    "half",
    "cents",
    "minus",
    "big",
    "five",
    "comma",
    "code",
    "yes",
    "flag",
    "off",
    "truth",
    "blank",
    "spaced",
    "word",
    "nothing",
    "day",
    "birthday",
    "moment",
    "list",
    "numbers",
    "single",
    "none",
    "object",
    "rows",
    "grid",
    "missing",
    "WORD",
    "#five",
    "#comma",
    "list[0]",
    "list[-1]",
    "list[9]",
    "list.length",
    "missing.length",
    "rows[0].n",
    "rows[3].N",
    "object.x",
    "object.y.z",
    "grid.r2.s",
    "dotted.name",
    "none.length",
    "numbers[1]",
    "rows[1].s",
];

const CONSTANTS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "5",
    "10",
    "0.1",
    "0.2",
    "2.5",
    "100",
    "0x10",
    "'a'",
    "'b'",
    "'banana'",
    "\"YES\"",
    "'5'",
    "'1.5'",
    "''",
    "' a'",
    "'true'",
    "'undefined'",
    "true",
    "false",
    "word",
    "yes",
    "['a', 'b']",
    "['B', 'a', 3]",
    "[1, 2]",
    "[3]",
    "[]",
    "'2026-11-20'",
    "'2026-11-23'",
    "'2000-01-31'",
    "'an'",
];

const BINARY: &[&str] = &[
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "=",
    "==",
    "!=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "and",
    "or",
    "&&",
    "||",
    "contains",
    "notcontains",
    "anyof",
    "allof",
    "noneof",
    "*=",
    "=<",
    "=>",
    "equal",
    "notequal",
    "less",
    "greaterorequal",
];

const ROWS: &[&str] = &["sumInArray", "minInArray", "maxInArray", "countInArray", "avgInArray"];
const CONDITIONS: &[&str] = &[
    ", {s} = 'a'",
    ", {n} > 1",
    ", '{n} > 1'",
    ", 's'",
    ", 's', {on} = true",
    ", {on}",
    ", {missing} empty",
    ", {s} anyof ['a', 'c']",
    "",
    "",
];
const LISTED: &[&str] = &["sum", "avg", "min", "max", "count"];
const UNITS: &[&str] = &[", 'days'", ", 'months'", ", 'years'", ", 'hours'", ", 'minutes'", ""];

fn expression(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return atom(random);
    }
    match random.below(16) {
        0..8 => {
            let (left, operator) = (expression(random, depth - 1), random.pick(BINARY));
            format!("{left} {operator} {}", expression(random, depth - 1))
        }
        8 => format!("({})", expression(random, depth - 1)),
        9 => format!("!{}", atom(random)),
        10 => format!("{} {}", atom(random), random.pick(&["empty", "notempty"])),
        11 => call(random, depth - 1),
        12 => date(random),
        13 => format!(
            "{}({{{}}}, 'n'{})",
            random.pick(ROWS),
            random.pick(&["rows", "rows", "grid", "missing", "none", "one", "list"]),
            random.pick(CONDITIONS)
        ),
        _ => atom(random),
    }
}

/// Tokens in any order: most are no expression, the rest show how the grammar reads.
const TOKENS: &[&str] = &[
    "{one}",
    "{five}",
    "{missing}",
    "{list}",
    "'a'",
    "''",
    "1",
    "0.5",
    "-1",
    "0x10",
    "true",
    "FALSE",
    "word",
    "null",
    "undefined",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "=",
    "!=",
    "<>",
    "<",
    "=>",
    "and",
    "OR",
    "||",
    "contains",
    "notcontains",
    "*=",
    "anyof",
    "allof",
    "empty",
    "notempty",
    "!",
    "negate",
    "(",
    ")",
    "(",
    ")",
    "[1",
    "]",
    ",",
    "sum(1",
    "iif(0, 1",
    "power",
    "less",
    "greater",
];

fn tokens(random: &mut Random) -> String {
    let count = 2 + random.below(6);
    (0..count).map(|_| random.pick(TOKENS)).collect::<Vec<_>>().join(" ")
}

fn atom(random: &mut Random) -> String {
    match random.below(3) {
        0 => random.pick(CONSTANTS).to_owned(),
        _ => format!("{{{}}}", random.pick(NAMES)),
    }
}

fn call(random: &mut Random, depth: u32) -> String {
    let mut argument = || expression(random, depth);
    let (a, b, c) = (argument(), argument(), argument());
    match random.below(6) {
        0 => format!("iif({a}, {b}, {c})"),
        1 => format!("iif({a}, {b})"),
        2 => format!("round({a}, {})", random.below(4)),
        3 => format!("{}({a}, {b})", random.pick(&["trunc", "substring", "round"])),
        4 => format!("substring({a}, {}, {})", random.below(3), random.below(5)),
        _ => format!("{}({a}, {b}, {c})", random.pick(LISTED)),
    }
}

fn date(random: &mut Random) -> String {
    let day = |random: &mut Random| {
        random.pick(&[
            "{day}",
            "{birthday}",
            "{moment}",
            "today()",
            "today(-3)",
            "currentDate()",
            "{missing}",
            "'2026-11-23'",
            "dateAdd({day}, 1)",
        ])
    };
    let (a, b) = (day(random), day(random));
    match random.below(6) {
        0 => format!("dateDiff({a}, {b}{})", random.pick(UNITS)),
        1 => format!("dateAdd({a}, {}{})", random.below(40) as i32 - 9, random.pick(UNITS)),
        2 => format!("age({a}{})", random.pick(&["", ", 'months'"])),
        3 => format!("{}({a})", random.pick(&["year", "month", "day", "weekday", "getYear"])),
        4 => format!("{a} {} {b}", random.pick(&["=", "<", "<=", ">", ">=", "!="])),
        _ => format!("diffDays({a}, {b})"),
    }
}

/// Deliberate differences, listed in the documentation of `askwell::expr`: a date as text, and
/// a date beside empty text or beside text that is no ISO date.
fn excused(expression: &str) -> bool {
    let makes_date = ["today(", "currentDate(", "dateAdd("];
    let as_text = ["+", "contain", "anyof", "allof", "noneof", "*=", "sum(", "avg(", "substring"];
    let has = |parts: &[&str]| parts.iter().any(|part| expression.contains(part));
    has(&makes_date) && (has(&as_text) || has(&["{blank}", "''", "{code}", "'5'", "'1.5'", "{#"]))
}

/// One number may differ in its last digits: powers come from different mathematical libraries.
fn close(ours: &str, theirs: &str) -> bool {
    match (ours.parse::<f64>(), theirs.parse::<f64>()) {
        (Ok(ours), Ok(theirs)) => (ours - theirs).abs() <= theirs.abs() * 1e-9,
        _ => false,
    }
}

fn judge(cases: &[Value], zone: &str) -> Option<Vec<Value>> {
    let Ok(folder) = std::env::var("ASKWELL_JUDGE") else {
        skipped("ASKWELL_JUDGE names no folder that has it");
        return None;
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge/expressions.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .env("ASKWELL_JUDGE", folder)
        .env("ASKWELL_NOW", NOW.to_string())
        .env("TZ", zone)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| skipped(&format!("node is missing: {error}")))
        .ok()?;
    let mut input = node.stdin.take().unwrap();
    let lines: Vec<String> = cases.iter().map(Value::to_json).collect();
    let writer = std::thread::spawn(move || {
        for line in lines {
            writeln!(input, "{line}").unwrap();
        }
    });
    let output = BufReader::new(node.stdout.take().unwrap());
    let verdicts =
        output.lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
    writer.join().unwrap();
    assert!(node.wait().unwrap().success());
    Some(verdicts)
}

/// Compares so many of the expressions that survey-core can evaluate.
fn compare(zone: &str, offset: i32, enough: usize, mut next: impl FnMut(usize) -> String) {
    let values: Value = serde_json::from_str(VALUES).unwrap();
    let cases: Vec<Value> = (0..CASES)
        .map(|index| {
            let mut case = askwell::value::Map::new();
            case.insert("expression".into(), next(index).into());
            case.insert("values".into(), values.clone());
            case.insert("condition".into(), Value::from(index % 4 == 0));
            Value::from(case)
        })
        .collect();
    let Some(verdicts) = judge(&cases, zone) else { return };
    assert_eq!(verdicts.len(), cases.len());
    let environment = Environment::new(NOW, offset);
    let mut differences = Vec::new();
    let mut judged = 0;
    for (case, verdict) in cases.iter().zip(&verdicts) {
        let expression = case.get("expression").and_then(Value::as_text).unwrap();
        let condition = case.get("condition").and_then(Value::as_bool).unwrap();
        let Some(theirs) = verdict.get("value").map(Value::to_json) else { continue };
        judged += 1;
        let ours = match evaluate_with_values(expression, &values, &environment, condition) {
            Ok(value) => value.to_json(),
            Err(error) => format!("error: {error}"),
        };
        if ours != theirs && !close(&ours, &theirs) && !excused(expression) {
            differences.push(format!("{expression}\n    here {ours}, there {theirs}"));
        }
    }
    assert!(judged > enough, "survey-core could evaluate {judged} of the cases only");
    let shown = &differences[..differences.len().min(25)];
    assert!(differences.is_empty(), "{} of {judged}:\n{}", differences.len(), shown.join("\n"));
}

#[test]
fn agrees_with_survey_core_in_utc() {
    let mut random = Random(1);
    compare("UTC", 0, CASES / 2, |index| expression(&mut random, 1 + index as u32 % 3));
}

#[test]
fn agrees_with_survey_core_in_taipei() {
    let mut random = Random(2);
    compare("Asia/Taipei", 480, CASES / 2, |index| expression(&mut random, 1 + index as u32 % 3));
}

#[test]
fn reads_the_grammar_as_survey_core_does() {
    let mut random = Random(3);
    compare("UTC", 0, CASES / 20, |_| tokens(&mut random));
}
