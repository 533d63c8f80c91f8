//! Dates, on the local calendar that the environment's offset gives.
//!
//! One offset holds for every date: a change of the clocks between two moments is not seen, which
//! cannot alter a count of days, months or years between dates without a time.

use crate::expr::civil::{self, Local};
use crate::expr::environment::Environment;
use crate::expr::operand::Operand;

const MINUTE: f64 = 60_000.0;

/// The moment an argument means; no argument, or an empty one, means now.
fn moment(argument: Option<&Operand>, environment: &Environment) -> f64 {
    match argument.filter(|argument| argument.is_truthy()) {
        None => environment.now_ms,
        Some(Operand::Number(time) | Operand::Date(time)) => *time,
        Some(Operand::Text(text)) => civil::parse(text, environment.utc_offset_minutes),
        Some(_) => f64::NAN,
    }
}

fn local(moment: f64, environment: &Environment) -> Option<Local> {
    Local::at(moment, environment.utc_offset_minutes)
}

fn given<'x, 'a>(arguments: &'x [Operand<'a>], index: usize) -> Option<&'x Operand<'a>> {
    arguments.get(index).filter(|argument| argument.is_truthy())
}

/// The unit argument, `days` and the like.
fn unit<'x>(arguments: &'x [Operand], index: usize, default: &'x str) -> &'x str {
    match arguments.get(index) {
        Some(Operand::Text(unit)) if !unit.is_empty() => unit,
        _ => default,
    }
}

/// Now.
pub(super) fn current_date<'a>(_: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    Operand::Date(environment.now_ms)
}

/// `today([days])`: local midnight, so many days from now.
pub(super) fn today<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    let days = match arguments {
        [days] => days.to_number(),
        _ => 0.0,
    };
    Operand::Date(midnight(days, environment))
}

fn midnight(days: f64, environment: &Environment) -> f64 {
    local(environment.now_ms, environment).map_or(f64::NAN, |now| {
        let day = (now.day + days).trunc();
        Local { day, time: 0.0, ..now }.moment(environment.utc_offset_minutes)
    })
}

/// `getDate(text)`.
pub(super) fn get_date<'a>(
    arguments: &mut [Operand<'a>],
    environment: &Environment,
) -> Operand<'a> {
    match given(arguments, 0) {
        Some(date) => Operand::Date(moment(Some(date), environment)),
        None => Operand::Null,
    }
}

/// `dateAdd(date, number[, unit])`: beyond a month's end it runs over, 31 January + 1 month is in March.
pub(super) fn date_add<'a>(
    arguments: &mut [Operand<'a>],
    environment: &Environment,
) -> Operand<'a> {
    let (Some(date), Some(amount)) = (given(arguments, 0), given(arguments, 1)) else {
        return Operand::Null;
    };
    let amount = amount.to_number();
    let Some(mut date) = local(moment(Some(date), environment), environment) else {
        return Operand::Date(f64::NAN);
    };
    match unit(arguments, 2, "days") {
        "days" => date.day = (date.day + amount).trunc(),
        "months" => date.month = (date.month - 1.0 + amount).trunc() + 1.0,
        "years" => date.year = (date.year + amount).trunc(),
        "hours" => date.time += amount.trunc() * 60.0 * MINUTE,
        "minutes" => date.time += amount.trunc() * MINUTE,
        "seconds" => date.time += amount.trunc() * 1000.0,
        _ => {}
    }
    Operand::Date(date.moment(environment.utc_offset_minutes))
}

/// `dateDiff(from, to[, unit])`: days, hours, minutes and seconds without sign, months and years with.
pub(super) fn date_diff<'a>(
    arguments: &mut [Operand<'a>],
    environment: &Environment,
) -> Operand<'a> {
    let (Some(from), Some(to)) = (given(arguments, 0), given(arguments, 1)) else {
        return Operand::Null;
    };
    let (from, to) = (moment(Some(from), environment), moment(Some(to), environment));
    let unit = unit(arguments, 2, "days");
    let length = match unit {
        "hours" => 60.0 * MINUTE,
        "minutes" => MINUTE,
        "seconds" => 1000.0,
        _ => return Operand::Number(calendar_difference(from, to, unit, environment)),
    };
    Operand::Number(((to - from).abs() / length).ceil())
}

fn calendar_difference(from: f64, to: f64, unit: &str, environment: &Environment) -> f64 {
    let (Some(from), Some(to)) = (local(from, environment), local(to, environment)) else {
        return if matches!(unit, "days" | "months") { f64::NAN } else { 0.0 };
    };
    if unit == "days" {
        return (to.day_number() - from.day_number()).abs();
    }
    let begun = if to.day < from.day { 1.0 } else { 0.0 };
    let months = (to.year - from.year) * 12.0 + to.month - from.month - begun;
    if unit == "months" { months } else { (months / 12.0).trunc() }
}

/// `diffDays(from, to)`: days between, without sign; 0 where a date is missing.
pub(super) fn diff_days<'a>(
    arguments: &mut [Operand<'a>],
    environment: &Environment,
) -> Operand<'a> {
    let days = match arguments {
        [from, to] if from.is_truthy() && to.is_truthy() => {
            let (from, to) = (moment(Some(from), environment), moment(Some(to), environment));
            calendar_difference(from, to, "days", environment)
        }
        _ => 0.0,
    };
    Operand::Number(days)
}

/// `age(birthday[, unit])`: whole years, or months, until now.
pub(super) fn age<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    let Some(birthday) = given(arguments, 0) else { return Operand::Null };
    let birthday = moment(Some(birthday), environment);
    let unit = unit(arguments, 1, "years");
    let age = calendar_difference(birthday, environment.now_ms, unit, environment);
    Operand::Number(age)
}

/// `getYear(date)`: unlike `year`, nothing where the date is missing.
pub(super) fn get_year<'a>(
    arguments: &mut [Operand<'a>],
    environment: &Environment,
) -> Operand<'a> {
    match arguments {
        [date] if date.is_truthy() => part(arguments, environment, |date| date.year),
        _ => Operand::Undefined,
    }
}

pub(super) fn current_year<'a>(_: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    part(&[], environment, |date| date.year)
}

/// `year([date])`, today's without an argument; so are `month`, `day` and `weekday`.
pub(super) fn year<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    part(arguments, environment, |date| date.year)
}

pub(super) fn month<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    part(arguments, environment, |date| date.month)
}

pub(super) fn day<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    part(arguments, environment, |date| date.day)
}

/// Sunday is 0.
pub(super) fn weekday<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    part(arguments, environment, civil::weekday)
}

fn part<'a>(
    arguments: &[Operand],
    environment: &Environment,
    field: fn(Local) -> f64,
) -> Operand<'a> {
    let date = local(moment(arguments.first(), environment), environment);
    Operand::Number(date.map_or(f64::NAN, field))
}
