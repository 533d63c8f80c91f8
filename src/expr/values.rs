//! Evaluating against a plain map of values, without a survey.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use super::operand::Operand;
use super::{Environment, EvaluationError, Expression, ExpressionError, Names, Scope, path};
use crate::value::Value;

/// Why [`evaluate_with_values`] gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Source(ExpressionError),
    Evaluation(EvaluationError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Source(error) => error.fmt(f),
            Failure::Evaluation(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

/// Compiles and evaluates in one go, with names looked up in a nested map.
///
/// A key that is the whole text between the braces also counts, so that `{panel.price}` finds
/// both `{"panel": {"price": 5}}` and `{"panel.price": 5}`. A value may be written as
/// `{"$date": "2026-11-23T00:00:00.000Z"}`. As a `condition` the result is what makes a question
/// visible: true or false.
///
/// ```
/// use askwell::expr::{Environment, evaluate_with_values};
/// let values = serde_json::from_str(r#"{"guests": [{"age": 40}, {"age": 7}]}"#).unwrap();
/// let environment = Environment::new(0.0, 0);
/// let result = evaluate_with_values("{guests[1].age} + 1", &values, &environment, false);
/// assert_eq!(result.unwrap().to_json(), "8");
/// ```
pub fn evaluate_with_values(
    source: &str,
    values: &Value,
    environment: &Environment,
    condition: bool,
) -> Result<Value, Failure> {
    let names = Known { values, environment, found: RefCell::default() };
    let expression = Expression::compile(source, &names).map_err(Failure::Source)?;
    let scope = Found(names.found.into_inner());
    let result = expression.operand(&scope, environment).map_err(Failure::Evaluation)?;
    Ok(if condition { Value::Bool(result.is_true()) } else { result.into_value() })
}

/// Gives each name that leads to a value a slot of its own.
struct Known<'a> {
    values: &'a Value,
    environment: &'a Environment,
    found: RefCell<Vec<Value>>,
}

impl Names for Known<'_> {
    fn slot(&self, name: &str) -> Option<u32> {
        let flat = || self.values.as_map().and_then(|map| path::entry(map, name));
        let value = path::find(self.values, name).or_else(|| flat().map(Operand::raw))?;
        let value = plain(value.into_value())?;
        let mut found = self.found.borrow_mut();
        found.push(value);
        Some(found.len() as u32 - 1)
    }

    fn has_function(&self, name: &str) -> bool {
        self.environment.function(name).is_some()
    }
}

/// Reads the notation of recorded evaluations: `{"$date": "…"}` and `{"$undefined": true}`.
fn plain(value: Value) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    match value.as_map().filter(|map| map.len() == 1).and_then(|map| map.iter().next()) {
        Some((key, _)) if key == "$undefined" => None,
        Some((key, date)) if key == "$date" => Some(date.clone()),
        _ => Some(value),
    }
}

struct Found(Vec<Value>);

impl Scope for Found {
    fn value(&self, slot: u32) -> Cow<'_, Value> {
        self.0.get(slot as usize).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}
