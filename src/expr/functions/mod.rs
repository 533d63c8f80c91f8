//! The table of functions. To add one: a function in the file of its family, and a row here.

mod dates;
mod host;
mod math;
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

use Body::{Host as H, Plain as P, Rows as R};

static FUNCTIONS: [Function; 32] = [
    Function { name: "age", body: P(dates::age) },
    Function { name: "avg", body: P(math::avg) },
    Function { name: "avgInArray", body: R(rows::avg_in_array) },
    Function { name: "count", body: P(math::count) },
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
    Function { name: "iif", body: P(math::iif) },
    Function { name: "isContainerReady", body: H(host::is_container_ready) },
    Function { name: "isDisplayMode", body: H(host::is_display_mode) },
    Function { name: "max", body: P(math::max) },
    Function { name: "maxInArray", body: R(rows::max_in_array) },
    Function { name: "min", body: P(math::min) },
    Function { name: "minInArray", body: R(rows::min_in_array) },
    Function { name: "month", body: P(dates::month) },
    Function { name: "propertyValue", body: H(host::property_value) },
    Function { name: "round", body: P(math::round) },
    Function { name: "substring", body: P(text::substring) },
    Function { name: "sum", body: P(math::sum) },
    Function { name: "sumInArray", body: R(rows::sum_in_array) },
    Function { name: "today", body: P(dates::today) },
    Function { name: "trunc", body: P(math::trunc) },
    Function { name: "weekday", body: P(dates::weekday) },
    Function { name: "year", body: P(dates::year) },
];

pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}
