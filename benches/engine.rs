//! What the engine costs: loading and answering surveys of growing size, and evaluating expressions.
//!
//! `cargo xtask bench` runs it. It ends with a failure where answering one question costs more in a
//! large survey than in a small one: the price must follow what depends on the answer, not the size.

use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use askwell::expr::{Environment, Expression};
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use askwell::value::Value;
use serde_json::json;

const SIZES: [usize; 3] = [20, 200, 2_000];
/// How much more an answer may cost in the largest survey than in the smallest.
const BUDGET: f64 = 1.5;
const PER_PAGE: usize = 10;

fn main() -> ExitCode {
    println!("{:>10} {:>12} {:>12} {:>14}", "questions", "load", "start", "set");
    let mut set_costs = Vec::new();
    for size in SIZES {
        let definition = definition(size);
        let survey = load(&definition);
        let loading = seconds(size, || load(&definition));
        let starting = seconds(size, || Session::new(Arc::clone(&survey), Start::default()));
        let setting = set_cost(&survey);
        println!(
            "{size:>10} {:>9.1} µs {:>9.1} µs {:>11.2} µs",
            loading * 1e6,
            starting * 1e6,
            setting * 1e6
        );
        set_costs.push(setting);
    }
    println!("expressions: {:.2} million evaluations per second", expressions_per_second() / 1e6);

    let ratio = set_costs[SIZES.len() - 1] / set_costs[0];
    println!(
        "set in {} questions costs {ratio:.2} times that in {} (budget {BUDGET})",
        SIZES[2], SIZES[0]
    );
    if ratio > BUDGET { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// A survey in which one question depends on the first, and every fifth on its neighbour.
fn definition(size: usize) -> String {
    let question = |index: usize| {
        let mut question = json!({ "id": format!("q{index}"), "type": "nps", "title": format!("Question {index}") });
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
        json!({ "id": format!("p{number}"), "questions": questions })
    };
    let pages: Vec<_> = (0..size / PER_PAGE).map(page).collect();
    let scoring = json!([{ "id": "nps", "metric": "nps", "questions": ["q1"] }]);
    json!({ "askwell": 1, "id": "bench", "version": "1", "title": "Bench", "pages": pages, "scoring": scoring }).to_string()
}

fn load(definition: &str) -> Arc<Survey> {
    match Survey::load(definition) {
        Ok(loaded) => Arc::new(loaded.survey),
        Err(diagnostics) => panic!("the survey of the benchmark is broken: {diagnostics:?}"),
    }
}

/// Seconds that an answer to the first question takes when it shows or hides the last.
fn set_cost(survey: &Arc<Survey>) -> f64 {
    let mut session = Session::new(Arc::clone(survey), Start::default());
    let last = survey.questions.len() - 1;
    assert!(!session.set(0, Value::from(3)).is_empty() && session.is_visible(last));
    assert!(!session.set(0, Value::from(9)).is_empty() && !session.is_visible(last));
    let mut low = false;
    let mut set = || {
        low = !low;
        session.set(0, Value::from(if low { 3 } else { 9 }))
    };
    seconds(1, &mut set)
}

fn expressions_per_second() -> f64 {
    let survey = load(&definition(20));
    let condition = "{q1} <= 6 and ({q2} > {q3} + 1 or {q4} notempty) and iif({q5} = 10, 1, 0) = 0";
    let expression = match Expression::compile(condition, &survey.scope(0)) {
        Ok(expression) => expression,
        Err(error) => panic!("the expression of the benchmark is broken: {error:?}"),
    };
    let mut session = Session::new(survey, Start::default());
    for question in 1..6 {
        session.set(question, Value::from(question as i32));
    }
    let environment = Environment::new(0.0, 0);
    1.0 / seconds(1, || expression.is_true(&session.scope(None), &environment))
}

/// Seconds per run: the best of many batches, so that other work on the machine counts little.
fn seconds<T>(size: usize, mut run: impl FnMut() -> T) -> f64 {
    let (batches, runs) = if size == 1 { (200, 500) } else { (10, (2_000 / size).max(1)) };
    (0..batches)
        .map(|_| {
            let started = Instant::now();
            for _ in 0..runs {
                black_box(run());
            }
            started.elapsed().as_secs_f64() / runs as f64
        })
        .fold(f64::INFINITY, f64::min)
}
