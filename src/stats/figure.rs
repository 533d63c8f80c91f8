//! A figure or the reason why there is none.

use std::fmt;

use crate::value::{Map, Value};

/// Why a figure is not defined for the data at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// No row with all the values that are needed.
    NoAnswers,
    /// The number of complete rows does not allow the figure.
    TooFewRows,
    /// The number of items does not allow the figure.
    TooFewItems,
    /// Agreement needs at least two raters.
    TooFewRaters,
    /// Nothing varies, so that there is nothing to relate or to disagree about.
    NoVariance,
    /// Some columns follow from others, so that their parts cannot be told apart.
    Collinear,
    /// Raters that use one category alone agree by chance as much as they do agree.
    ChanceAgreement,
    /// A uniqueness of the factor model goes to zero or below.
    HeywoodCase,
    /// The estimate did not settle.
    NoConvergence,
    /// Answers of this row are missing.
    MissingAnswers,
    /// The numbers are too large or too small to compute with.
    OutOfRange,
}

impl Undefined {
    /// The code that stands as `reason` in replies.
    pub fn code(self) -> &'static str {
        match self {
            Undefined::NoAnswers => "no-answers",
            Undefined::TooFewRows => "too-few-rows",
            Undefined::TooFewItems => "too-few-items",
            Undefined::TooFewRaters => "too-few-raters",
            Undefined::NoVariance => "no-variance",
            Undefined::Collinear => "collinear",
            Undefined::ChanceAgreement => "chance-agreement",
            Undefined::HeywoodCase => "heywood-case",
            Undefined::NoConvergence => "no-convergence",
            Undefined::MissingAnswers => "missing-answers",
            Undefined::OutOfRange => "out-of-range",
        }
    }
}

/// One number, or why there is none: never 0 for what is missing.
pub type Figure = Result<f64, Undefined>;

/// The lower and the upper bound, or why there are none.
pub type Interval = Result<[f64; 2], Undefined>;

/// A figure with the interval in which it lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: Figure,
    pub ci95: Interval,
}

impl Estimate {
    pub(super) fn undefined(reason: Undefined) -> Self {
        Estimate { value: Err(reason), ci95: Err(reason) }
    }
}

/// What data cannot be used for, with the first cell that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub message: String,
    pub column: Option<String>,
    /// Counted from 0.
    pub row: Option<usize>,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Refusal { message: message.into(), column: None, row: None }
    }

    pub(super) fn at(message: impl Into<String>, column: &str, row: usize) -> Self {
        Refusal { message: message.into(), column: Some(column.to_owned()), row: Some(row) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(f, "row {}, ", row + 1)?;
        }
        if let Some(column) = &self.column {
            write!(f, "column `{column}`: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// The number, unless the way there left the range of numbers.
pub(super) fn finite(number: f64) -> Figure {
    if number.is_finite() { Ok(number + 0.0) } else { Err(Undefined::OutOfRange) }
}

pub(super) fn interval(low: f64, high: f64) -> Interval {
    Ok([finite(low)?, finite(high)?])
}

// ---- replies ----

pub(super) fn object<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(super) fn undefined(reason: Undefined) -> Map {
    object([("value", Value::Null), ("reason", reason.code().into())])
}

/// Adds to a reply without a single figure that there is none.
pub(super) fn nothing(reply: &mut Map, reason: Undefined) {
    reply.insert("value".to_owned(), Value::Null);
    reply.insert("reason".to_owned(), reason.code().into());
}

pub(super) fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

/// What stands in the place of a figure.
pub(super) fn figure(figure: Figure) -> Value {
    figure.map_or_else(|reason| undefined(reason).into(), Value::Number)
}

/// What stands in the place of an interval.
pub(super) fn bounds(interval: Interval) -> Value {
    interval.map_or_else(|reason| undefined(reason).into(), |bounds| bounds.to_vec().into())
}

/// Figures by the names of their columns.
pub(super) fn by_name(names: &[String], figures: &[Figure]) -> Value {
    let figures = figures.iter().map(|one| figure(*one));
    Value::Map(names.iter().cloned().zip(figures).collect())
}

/// `{value}` or `{value: null, reason}`, to which a reply adds what else it tells.
pub(super) fn reply(value: Figure) -> Map {
    value.map_or_else(undefined, |value| object([("value", Value::Number(value))]))
}

/// `{value, ci95}`.
pub(super) fn estimate(estimate: Estimate) -> Map {
    let mut map = reply(estimate.value);
    map.insert("ci95".to_owned(), bounds(estimate.ci95));
    map
}
