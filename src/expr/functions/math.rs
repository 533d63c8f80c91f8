//! Figures over arguments: lists among them count with every item, missing answers not at all.

use std::cmp::Ordering;

use crate::expr::arithmetic::plus;
use crate::expr::environment::Environment;
use crate::expr::operand::Operand;
use crate::expr::{compare, number};
use crate::value::number_text;

/// The arguments without lists around them and without missing ones; text numbers as numbers.
fn flatten<'x>(arguments: &'x [Operand]) -> Vec<Operand<'x>> {
    let mut flat = Vec::with_capacity(arguments.len());
    for argument in arguments {
        push(&mut flat, argument.borrowed());
    }
    flat
}

fn push<'x>(flat: &mut Vec<Operand<'x>>, operand: Operand<'x>) {
    match operand {
        Operand::Undefined | Operand::Null => {}
        Operand::List(std::borrow::Cow::Borrowed(items), _) => {
            for item in items {
                push(flat, Operand::raw(item));
            }
        }
        Operand::Text(text) => flat.push(match number::from_text(&text) {
            Some(number) => Operand::Number(number),
            None => Operand::Text(text),
        }),
        other => flat.push(other),
    }
}

fn total(flat: Vec<Operand<'_>>) -> Operand<'_> {
    flat.into_iter().fold(Operand::Number(0.0), plus)
}

pub(super) fn sum<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    total(flatten(arguments)).into_owned()
}

pub(super) fn avg<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    let flat = flatten(arguments);
    let count = flat.len() as f64;
    let average = if count > 0.0 { total(flat).to_number() / count } else { 0.0 };
    Operand::Number(average)
}

pub(super) fn count<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    Operand::Number(flatten(arguments).len() as f64)
}

pub(super) fn min<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    extreme(arguments, Ordering::Less, environment)
}

pub(super) fn max<'a>(arguments: &mut [Operand<'a>], environment: &Environment) -> Operand<'a> {
    extreme(arguments, Ordering::Greater, environment)
}

fn extreme(arguments: &[Operand], wanted: Ordering, environment: &Environment) -> Operand<'static> {
    let offset = environment.utc_offset_minutes;
    let best = flatten(arguments).into_iter().reduce(|best, next| {
        if compare::order(&next, &best, offset) == Some(wanted) { next } else { best }
    });
    best.unwrap_or_default().into_owned()
}

/// `round(number[, decimals])`: halves away from zero, despite binary fractions.
pub(super) fn round<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    let flat = flatten(arguments);
    let precision = match flat.get(1) {
        Some(precision) if precision.is_truthy() => precision.as_number(),
        _ => Some(0.0),
    };
    let rounded =
        flat.first().and_then(Operand::as_number).zip(precision).map(|(number, digits)| {
            let scale = number::power(10.0, digits);
            number::round_half_up(number * scale * (1.0 + f64::EPSILON)) / scale
        });
    Operand::Number(rounded.unwrap_or(f64::NAN))
}

/// `trunc(number[, decimals])`: cuts the number's text, so that no digit changes.
pub(super) fn trunc<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    let flat = flatten(arguments);
    let Some(number) = flat.first().and_then(Operand::as_number) else {
        return Operand::Number(f64::NAN);
    };
    let digits = match flat.get(1).filter(|digits| digits.is_truthy()).map(Operand::as_number) {
        None => 0.0,
        Some(Some(digits)) => digits,
        Some(None) => return Operand::Number(f64::NAN),
    };
    let text = number_text(number);
    let whole = text.find(['.', 'e']).unwrap_or(text.len());
    let decimals = if digits.fract() == 0.0 && digits > 0.0 { digits as usize } else { 0 };
    let end = if decimals > 0 {
        whole.saturating_add(decimals).saturating_add(1).min(text.len())
    } else {
        whole
    };
    Operand::Number(text.get(..end).map_or(f64::NAN, number::from_script_text))
}

/// `iif(condition, then[, otherwise])`.
pub(super) fn iif<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    match arguments {
        [condition, then, rest @ ..] => {
            if condition.is_truthy() {
                std::mem::take(then)
            } else {
                rest.first_mut().map(std::mem::take).unwrap_or_default()
            }
        }
        _ => Operand::Null,
    }
}
