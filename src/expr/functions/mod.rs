//! The table of functions. To add one: a function in the file of its family, and a row here.

#[cfg(not(lean))]
mod dates;
#[cfg(not(lean))]
mod host;
mod math;
#[cfg(not(lean))]
mod rows;
mod text;

use super::Scope;
use super::environment::Environment;
use super::error::EvaluationError;
use super::machine::Machine;
use super::operand::Operand;
use super::program::{Call, Program};

/// A row of the table. Names are told apart by capital letters, as in the peer.
#[derive(Debug)]
pub(super) struct Function {
    pub name: &'static str,
    pub body: Body,
}

type Plain = for<'a> fn(&mut [Operand<'a>], &Environment) -> Operand<'a>;
type Host = fn(&[Operand<'_>], &dyn Scope) -> Operand<'static>;
type Rows = fn(
    &mut Machine<'_>,
    &Program,
    &Call,
    &[Operand<'_>],
) -> Result<Operand<'static>, EvaluationError>;

#[derive(Clone, Copy, Debug)]
pub(super) enum Body {
    /// Depends on its arguments and the clock alone.
    Plain(Plain),
    /// Asks the survey; its first argument names a question.
    Host(Host),
    /// Goes through the rows of a list; a condition is evaluated for each row.
    Rows(Rows),
}

use Body::Plain as P;
#[cfg(not(lean))]
use Body::{Host as H, Rows as R};

static COMMON: [Function; 9] = [
    Function { name: "avg", body: P(math::avg) },
    Function { name: "count", body: P(math::count) },
    Function { name: "iif", body: P(math::iif) },
    Function { name: "max", body: P(math::max) },
    Function { name: "min", body: P(math::min) },
    Function { name: "round", body: P(math::round) },
    Function { name: "substring", body: P(text::substring) },
    Function { name: "sum", body: P(math::sum) },
    Function { name: "trunc", body: P(math::trunc) },
];

/// What only the whole engine for browsers knows.
#[cfg(not(lean))]
static RARE: [Function; 23] = [
    Function { name: "age", body: P(dates::age) },
    Function { name: "avgInArray", body: R(rows::avg_in_array) },
    Function { name: "countInArray", body: R(rows::count_in_array) },
    Function { name: "currentDate", body: P(dates::current_date) },
    Function { name: "currentYear", body: P(dates::current_year) },
    Function { name: "dateAdd", body: P(dates::date_add) },
    Function { name: "dateDiff", body: P(dates::date_diff) },
    Function { name: "day", body: P(dates::day) },
    Function { name: "diffDays", body: P(dates::diff_days) },
    Function { name: "displayValue", body: H(host::display_value) },
    Function { name: "getComment", body: H(host::get_comment) },
    Function { name: "getDate", body: P(dates::get_date) },
    Function { name: "getYear", body: P(dates::get_year) },
    Function { name: "isContainerReady", body: H(host::is_container_ready) },
    Function { name: "isDisplayMode", body: H(host::is_display_mode) },
    Function { name: "maxInArray", body: R(rows::max_in_array) },
    Function { name: "minInArray", body: R(rows::min_in_array) },
    Function { name: "month", body: P(dates::month) },
    Function { name: "propertyValue", body: H(host::property_value) },
    Function { name: "sumInArray", body: R(rows::sum_in_array) },
    Function { name: "today", body: P(dates::today) },
    Function { name: "weekday", body: P(dates::weekday) },
    Function { name: "year", body: P(dates::year) },
];
#[cfg(lean)]
static RARE: [Function; 0] = [];

/// The names of the functions that only the whole engine for browsers knows.
#[cfg(not(target_arch = "wasm32"))]
pub fn rare() -> impl Iterator<Item = &'static str> {
    RARE.iter().map(|function| function.name)
}

pub(super) fn find(name: &str) -> Option<&'static Function> {
    COMMON.iter().chain(&RARE).find(|function| function.name == name)
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMON.iter().chain(&RARE).map(|function| function.name)
}
