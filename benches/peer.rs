//! What loading, answering and evaluating cost here and in survey-core under Node.js: the same
//! surveys, converted from its own format, the same answers, both warmed up, medians.
//!
//! `cargo xtask bench` runs it, with survey-core in the folder that `ASKWELL_JUDGE` names. It ends
//! with a failure where a goal is missed.

use std::hint::black_box;
use std::io::Write;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Instant;

use askwell::convert;
use askwell::expr::{Environment, Expression};
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use askwell::value::Value;
use serde_json::json;

const SIZES: [usize; 2] = [20, 2_000];
const PER_PAGE: usize = 10;
/// Many short batches: other work on the machine then falls into few of them.
const BATCHES: usize = 501;
const WARM_UP: usize = 100;

/// How many times faster at least.
const LOAD_GOAL: f64 = 10.0;
const SET_GOAL: f64 = 20.0;
const EVALUATE_GOAL: f64 = 10.0;
/// How much more an answer may cost in the large survey than in the small one.
const GROWTH_GOAL: f64 = 1.3;

const EXPRESSION: &str =
    "{q1} <= 6 and ({q2} > {q3} + 1 or {q4} notempty) and iif({q5} = 10, 1, 0) = 0";

fn main() -> ExitCode {
    let documents = SIZES.map(document);
    let Some(theirs) = survey_core(&documents) else { return ExitCode::SUCCESS };
    let mut missed = false;
    let mut line = |what: &str, ours: f64, theirs: f64, goal: f64| {
        let ratio = theirs / ours;
        let verdict = if ratio >= goal { "reached" } else { "MISSED" };
        missed |= ratio < goal;
        let (ours, theirs) = (ours * 1e6, theirs * 1e6);
        println!("{what:<28} {ours:>12.2} µs {theirs:>12.2} µs {ratio:>8.1}×  {verdict}: {goal}×");
    };
    println!("{:<28} {:>15} {:>15} {:>9}", "", "Askwell", "survey-core", "faster");
    let mut sets = Vec::new();
    for (index, (size, document)) in SIZES.iter().zip(&documents).enumerate() {
        let definition = converted(document);
        let load = seconds(1, || start(&definition));
        let set = set_cost(&definition);
        let theirs = |what: &str| theirs["surveys"][index][what].as_f64().unwrap_or(f64::NAN);
        line(&format!("load {size} questions"), load, theirs("load"), LOAD_GOAL);
        line(&format!("set among {size} questions"), set, theirs("set"), SET_GOAL);
        sets.push(set);
    }
    let evaluate = evaluate_cost(&converted(&documents[0]));
    let theirs = theirs["evaluate"].as_f64().unwrap_or(f64::NAN);
    line("evaluate an expression", evaluate, theirs, EVALUATE_GOAL);
    let (ours, theirs) = (1e-6 / evaluate, 1e-6 / theirs);
    println!("{:<28} {ours:>13.2} M {theirs:>13.2} M", "evaluations per second");
    let growth = sets[1] / sets[0];
    let verdict = if growth <= GROWTH_GOAL { "reached" } else { "MISSED" };
    println!(
        "set among {} questions costs {growth:.2} times that among {}  {verdict}: {GROWTH_GOAL}",
        SIZES[1], SIZES[0]
    );
    if missed || growth > GROWTH_GOAL { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// A survey as survey-core reads it, with questions of several types: the first shows or hides the
/// last, and every fifth depends on its neighbour.
fn document(size: usize) -> String {
    let question = |index: usize| {
        let mut question = match index % 5 {
            0 => json!({ "type": "rating", "rateMin": 0, "rateMax": 10 }),
            1 => json!({ "type": "text", "inputType": "number" }),
            2 => json!({ "type": "radiogroup", "choices": ["a", "b", "c", "d"] }),
            3 => json!({ "type": "rating", "rateMax": 5 }),
            _ => json!({ "type": "text" }),
        };
        question["name"] = format!("q{index}").into();
        question["title"] = format!("Question {index}").into();
        if index + 1 == size {
            question["visibleIf"] = "{q0} <= 6".into();
        } else if index % 5 == 4 {
            question["visibleIf"] = format!("{{q{}}} >= 3", index - 1).into();
        }
        question
    };
    let page = |number: usize| {
        let questions: Vec<_> =
            (number * PER_PAGE..(number + 1) * PER_PAGE).map(question).collect();
        json!({ "name": format!("p{number}"), "elements": questions })
    };
    let pages: Vec<_> = (0..size / PER_PAGE).map(page).collect();
    json!({ "pages": pages }).to_string()
}

fn converted(document: &str) -> String {
    let tool = convert::find("surveyjs");
    match tool.map(|tool| tool.convert(document)) {
        Some(Ok(converted)) if converted.losses.is_empty() => converted.survey.to_json(),
        _ => panic!("the survey of the benchmark cannot be converted"),
    }
}

fn start(definition: &str) -> Session {
    match Survey::load(definition) {
        Ok(loaded) => Session::new(Arc::new(loaded.survey), Start::default()),
        Err(diagnostics) => panic!("the survey of the benchmark is broken: {diagnostics:?}"),
    }
}

/// Seconds that an answer to the first question takes when it shows or hides the last.
fn set_cost(definition: &str) -> f64 {
    let mut session = start(definition);
    let last = session.survey().questions.len() - 1;
    let mut low = false;
    seconds(400, || {
        low = !low;
        session.set(0, Value::from(if low { 3 } else { 9 }));
        assert!(session.is_visible(last) == low);
    })
}

fn evaluate_cost(definition: &str) -> f64 {
    let mut session = start(definition);
    let survey = Arc::clone(session.survey());
    let expression = match Expression::compile(EXPRESSION, &survey.scope(0)) {
        Ok(expression) => expression,
        Err(error) => panic!("the expression of the benchmark is broken: {error:?}"),
    };
    for (id, value) in values() {
        session.set_by_id(id, value);
    }
    let environment = Environment::new(0.0, 0);
    assert!(expression.is_true(&session.scope(None), &environment));
    seconds(400, || expression.is_true(&session.scope(None), &environment))
}

fn values() -> [(&'static str, Value); 5] {
    [
        ("q1", 1.into()),
        ("q2", "a".into()),
        ("q3", 3.into()),
        ("q4", "text".into()),
        ("q5", 5.into()),
    ]
}

/// Seconds per run: the median of many batches, after some that do not count.
fn seconds<T>(runs: usize, mut run: impl FnMut() -> T) -> f64 {
    let mut batches: Vec<f64> = (0..WARM_UP + BATCHES)
        .map(|_| {
            let started = Instant::now();
            for _ in 0..runs {
                black_box(run());
            }
            started.elapsed().as_secs_f64() / runs as f64
        })
        .skip(WARM_UP)
        .collect();
    batches.sort_by(f64::total_cmp);
    batches[BATCHES / 2]
}

/// What survey-core needs; nothing, and loudly, where it is not there.
fn survey_core(documents: &[String]) -> Option<serde_json::Value> {
    let skipped = |reason: &str| {
        println!("SKIPPED: nothing was compared with survey-core, {reason}");
        None
    };
    let Ok(folder) = std::env::var("ASKWELL_JUDGE") else {
        return skipped("ASKWELL_JUDGE names no folder that has it");
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer.mjs");
    let node = Command::new("node")
        .arg(script)
        .env("ASKWELL_JUDGE", folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut node = match node {
        Ok(node) => node,
        Err(error) => return skipped(&format!("node does not start: {error}")),
    };
    let surveys: Vec<_> = SIZES
        .iter()
        .zip(documents)
        .map(|(size, document)| json!({ "document": document, "runs": 200usize.div_ceil(*size) }))
        .collect();
    let values = values().map(|(id, value)| (id, value.to_json()));
    let values: serde_json::Map<String, serde_json::Value> = values
        .into_iter()
        .filter_map(|(id, json)| Some((id.to_owned(), serde_json::from_str(&json).ok()?)))
        .collect();
    let task = json!({ "surveys": surveys, "expression": EXPRESSION, "values": values });
    let sent = node.stdin.take().map(|mut input| input.write_all(task.to_string().as_bytes()));
    let output = node.wait_with_output().ok().filter(|output| output.status.success());
    match (sent, output) {
        (Some(Ok(())), Some(output)) => serde_json::from_slice(&output.stdout).ok(),
        _ => panic!("survey-core did not do what it was asked to"),
    }
}
