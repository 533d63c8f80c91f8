//! `askwell eval`: expressions against given values.

use clap::Args;
use serde::Serialize;

use super::Outcome;
use super::lines::{self, Output};
use crate::expr::{Environment, evaluate_with_values};
use crate::server::time;
use crate::value::{Map, Value};

/// Evaluate expressions: one JSON line in, one JSON line out
#[derive(Args)]
#[command(after_help = "\
Each line holds an \"expression\", the \"values\" that its names stand for, and optionally
\"condition\": true where only the truth of the result counts.

Examples:
  $ echo '{\"expression\": \"{a} + 1\", \"values\": {\"a\": 2}}' | askwell eval
  {\"value\":3}
  $ echo '{\"expression\": \"{a} > 1\", \"values\": {}, \"condition\": true}' | askwell eval
  {\"value\":false}
  $ echo '{\"expression\": \"today()\"}' | askwell eval --now 2026-11-02T16:15+08:00")]
pub struct Options {
    /// The moment that counts as now; the clock's where absent
    #[arg(long, value_name = "T", value_parser = time::parse)]
    now: Option<time::Moment>,
}

#[derive(Serialize)]
struct Reply {
    value: Value,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let now = options.now.unwrap_or_else(time::now);
    let environment = Environment::new(now.ms, now.utc_offset_minutes);
    lines::answer(&mut Output::new(), |line| evaluate(line, &environment))
}

fn evaluate(line: &Value, environment: &Environment) -> Result<String, String> {
    let expression = line.get("expression").and_then(Value::as_text);
    let expression = expression.ok_or("the line has no text as `expression`")?;
    let values = match line.get("values") {
        None | Some(Value::Null) => Value::Map(Map::new()),
        Some(values @ Value::Map(_)) => values.clone(),
        Some(_) => return Err(String::from("`values` must be an object")),
    };
    let condition = match line.get("condition") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(condition)) => *condition,
        Some(_) => return Err(String::from("`condition` must be true or false")),
    };
    let value = evaluate_with_values(expression, &values, environment, condition);
    lines::json(&Reply { value: value.map_err(|error| error.to_string())? })
}
