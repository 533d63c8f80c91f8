//! `+ - * / % ^` with the peer's treatment of missing operands, text and lists.

use std::borrow::Cow;

use super::number::{decimals, decimals_of_text, power, to_fixed};
use super::operand::{Operand, joined};
use super::program::Operator;
use crate::value::Value;

/// What a missing operand counts as beside the other: 0, empty text or an empty list.
pub(super) fn fill<'a>(operand: Operand<'a>, beside: &Operand) -> Operand<'a> {
    if !operand.is_empty() {
        return operand;
    }
    match (&operand, beside) {
        (_, Operand::Number(_)) => Operand::Number(0.0),
        (Operand::Text(_), _) => operand,
        (_, Operand::Text(_)) => Operand::text(""),
        (_, Operand::List(..)) => Operand::List(Cow::Borrowed(&[]), false),
        _ => Operand::Number(0.0),
    }
}

pub(super) fn calculate<'a>(
    operator: Operator,
    left: Operand<'a>,
    right: Operand<'a>,
) -> Operand<'a> {
    let left = fill(left, &right);
    let right = fill(right, &left);
    let (a, b) = (|| left.to_number(), || right.to_number());
    match operator {
        Operator::Plus => plus(left, right),
        Operator::Minus => {
            let digits = places(&left).max(places(&right));
            Operand::Number(to_fixed(a() - b(), digits))
        }
        Operator::Times => {
            let digits = places(&left) + places(&right);
            Operand::Number(to_fixed(a() * b(), digits))
        }
        Operator::Divide if right.is_truthy() => Operand::Number(a() / b()),
        Operator::Modulo if right.is_truthy() => Operand::Number(a() % b()),
        Operator::Power => Operand::Number(power(a(), b())),
        _ => Operand::Null,
    }
}

/// How many decimals an operand shows.
fn places(operand: &Operand) -> usize {
    match operand {
        Operand::Number(number) => decimals(*number),
        Operand::Text(text) if operand.as_number().is_some() => decimals_of_text(text),
        _ => 0,
    }
}

/// The sum of numbers without the noise of binary fractions; text and lists join.
pub(super) fn plus<'a>(left: Operand<'a>, right: Operand<'a>) -> Operand<'a> {
    if let (Operand::Number(a), Operand::Number(b)) = (&left, &right) {
        return Operand::Number(add(*a, *b));
    }
    let numeric = left.as_number().is_some() && right.as_number().is_some();
    match (&left, &right) {
        (Operand::List(a, _), Operand::List(b, _)) if !numeric => {
            Operand::List(Cow::Owned(a.iter().chain(b.iter()).cloned().collect()), false)
        }
        (Operand::List(items, _), Operand::Text(text)) if !numeric => {
            Operand::text(joined(items, ", ") + text)
        }
        (Operand::Text(text), Operand::List(items, _)) if !numeric => {
            Operand::text(format!("{text}{}", joined(items, ", ")))
        }
        (Operand::List(items, _), Operand::Number(number))
        | (Operand::Number(number), Operand::List(items, _))
            if !numeric =>
        {
            let numbers = items.iter().filter_map(Value::as_number);
            Operand::Number(add(numbers.fold(0.0, add), *number))
        }
        (Operand::Bool(_) | Operand::Number(_), Operand::Bool(_) | Operand::Number(_)) => {
            Operand::Number(left.to_number() + right.to_number())
        }
        _ => Operand::text(left.to_text().into_owned() + &right.to_text()),
    }
}

fn add(left: f64, right: f64) -> f64 {
    to_fixed(left + right, decimals(left).max(decimals(right)))
}
