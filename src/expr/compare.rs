//! Comparisons: equality, order, membership.
//!
//! They follow survey-core's comparer: text trimmed and blind to case, numbers in text as numbers,
//! lists without regard to order unless one side is a ranking.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::civil::{self, Local};
use super::operand::Operand;
use crate::value::{Value, lower_case};

pub(super) fn equal(left: &Operand, right: &Operand, offset: i32) -> bool {
    match (left, right) {
        (Operand::Number(a), Operand::Number(b)) => a == b,
        (Operand::Text(a), Operand::Text(b)) => {
            let undefined = |text: &str| text == "undefined";
            match (undefined(a), undefined(b)) {
                (true, true) => true,
                (true, false) => b.is_empty(),
                (false, true) => a.is_empty(),
                (false, false) => same_text(a, b),
            }
        }
        (Operand::Date(_), Operand::Text(_)) | (Operand::Text(_), Operand::Date(_)) => {
            let (left, right) = align(left, right, offset);
            matches!((left, right), (Operand::Date(a), Operand::Date(b)) if a == b)
        }
        (Operand::List(a, in_order), Operand::List(b, also)) => {
            same_lists(a, b, *in_order || *also)
        }
        _ => same(&undefined_text(left), &undefined_text(right), false),
    }
}

/// The text `undefined` stands for no answer.
fn undefined_text<'x>(operand: &'x Operand) -> Operand<'x> {
    match operand {
        Operand::Text(text) if text == "undefined" => Operand::Undefined,
        other => other.borrowed(),
    }
}

fn same(left: &Operand, right: &Operand, in_order: bool) -> bool {
    use Operand::{Bool, Date, List, Map, Null, Number, Text, Undefined};
    match (left, right) {
        (Undefined | Null, Undefined | Null) => true,
        (Undefined, List(items, _)) | (List(items, _), Undefined) => items.is_empty(),
        (Undefined | Null, Text(text)) | (Text(text), Undefined | Null) => text.is_empty(),
        (Undefined | Null, _) | (_, Undefined | Null) => false,
        (Text(a), Text(b)) => same_text(a, b),
        (Date(a), Date(b)) => a == b,
        (Bool(a), Bool(b)) => a == b,
        (Bool(flag), Text(text)) | (Text(text), Bool(flag)) => {
            text.eq_ignore_ascii_case(if *flag { "true" } else { "false" })
        }
        (Bool(_) | Number(_), Number(_))
        | (Number(_), Bool(_))
        | (Text(_), Number(_))
        | (Number(_), Text(_)) => {
            left.is_empty() == right.is_empty() && left.to_number() == right.to_number()
        }
        (List(a, _), List(b, _)) => same_lists(a, b, in_order),
        (Map(a), Map(b)) => {
            (left.is_empty() == right.is_empty())
                && a.len() == b.len()
                && a.iter().zip(b.iter()).all(|((name, a), (other, b))| {
                    name == other && same(&Operand::raw(a), &Operand::raw(b), in_order)
                })
        }
        (Map(map), List(items, _)) | (List(items, _), Map(map)) => {
            map.is_empty() && items.is_empty()
        }
        _ => false,
    }
}

fn same_values(left: &Value, right: &Value, in_order: bool) -> bool {
    same(&Operand::raw(left), &Operand::raw(right), in_order)
}

fn same_lists(left: &[Value], right: &[Value], in_order: bool) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut pairs = left.iter().zip(right);
    if in_order || left.len() == 1 || left == right {
        return pairs.all(|(a, b)| same_values(a, b, in_order));
    }
    let (left, right) = (sorted(left), sorted(right));
    left.iter().zip(&right).all(|(a, b)| same_values(a, b, in_order))
}

/// Sorted as text, as JavaScript sorts.
fn sorted(items: &[Value]) -> Vec<&Value> {
    let mut sorted: Vec<(String, &Value)> = Vec::with_capacity(items.len());
    for item in items {
        // By insertion: the library's sort would weigh more than lists of choices are long.
        let text = Operand::raw(item).to_text().into_owned();
        let place = sorted.partition_point(|(own, _)| compare_text(own, &text).is_le());
        sorted.insert(place, (text, item));
    }
    sorted.into_iter().map(|(_, item)| item).collect()
}

fn same_text(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let (left, right) = (left.trim(), right.trim());
    if left.is_ascii() && right.is_ascii() {
        return left.eq_ignore_ascii_case(right);
    }
    lower_case(left) == lower_case(right)
}

/// JavaScript orders text by UTF-16 units.
fn compare_text(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

/// The order of two operands, where they have one: missing values have none.
pub(super) fn order(left: &Operand, right: &Operand, offset: i32) -> Option<Ordering> {
    if let (Operand::Number(left), Operand::Number(right)) = (left, right) {
        return left.partial_cmp(right);
    }
    if left.is_nullish() || right.is_nullish() {
        return None;
    }
    let (left, right) = align(left, right, offset);
    let textual = |operand: &Operand| {
        matches!(operand, Operand::Text(_) | Operand::List(..) | Operand::Map(_))
    };
    if textual(&left) && textual(&right) {
        return Some(compare_text(&left.to_text(), &right.to_text()));
    }
    left.to_number().partial_cmp(&right.to_number())
}

/// Where a date meets text, both become dates of the same precision.
fn align<'x>(left: &'x Operand, right: &'x Operand, offset: i32) -> (Operand<'x>, Operand<'x>) {
    match (left, right) {
        (Operand::Text(text), Operand::Date(date)) => {
            let date = cut(*date, 1000.0, offset);
            (Operand::Date(date_beside(text, date, offset)), Operand::Date(date))
        }
        (Operand::Date(date), Operand::Text(text)) => {
            // The text's length tells how much of a time it states.
            let step = match text.len() {
                0..11 => 86_400_000.0,
                11..14 => 3_600_000.0,
                14..17 => 60_000.0,
                _ => 1.0,
            };
            let date = cut(*date, step, offset);
            let other = date_beside(text, cut(date, 1000.0, offset), offset);
            (Operand::Date(cut(date, 1000.0, offset)), Operand::Date(other))
        }
        _ => (left.borrowed(), right.borrowed()),
    }
}

/// The date that text names; without its time if the date beside it has none.
fn date_beside(text: &str, date: f64, offset: i32) -> f64 {
    let other = civil::parse(text, offset);
    let has_time = Local::at(date, offset).is_some_and(|local| local.time >= 1000.0);
    if has_time { other } else { cut(other, 86_400_000.0, offset) }
}

/// The moment rounded down to a multiple of `step` on the local clock.
fn cut(moment: f64, step: f64, offset: i32) -> f64 {
    Local::at(moment, offset).map_or(f64::NAN, |local| {
        Local { time: (local.time / step).floor() * step, ..local }.moment(offset)
    })
}

/// `contains` where `wanted` is true, `notcontains` where it is false. Beside nothing neither holds.
fn contains_core(left: &Operand, right: &Operand, wanted: bool) -> bool {
    let text = match left {
        Operand::List(items, _) => {
            let has =
                |item: &Operand| items.iter().any(|own| same_member(&Operand::raw(own), item));
            let all = match right {
                Operand::List(wanted, _) => {
                    !items.is_empty() && wanted.iter().all(|item| has(&Operand::raw(item)))
                }
                item => has(item),
            };
            return all == wanted;
        }
        Operand::Number(number) if number.is_nan() => return false,
        Operand::Number(_) | Operand::Bool(_) | Operand::Date(_) | Operand::Map(_) => {
            left.to_text()
        }
        Operand::Text(text) if !text.is_empty() => Cow::Borrowed(text.as_ref()),
        _ => return false,
    };
    right.is_truthy() && contains_text(&text, &right.to_text()) == wanted
}

fn same_member(own: &Operand, item: &Operand) -> bool {
    same(&undefined_text(own), &undefined_text(item), false)
}

fn contains_text(text: &str, part: &str) -> bool {
    text.contains(part) || lower_case(text).contains(&lower_case(part))
}

pub(super) fn contains(left: &Operand, right: &Operand) -> bool {
    contains_core(left, right, true)
}

pub(super) fn not_contains(left: &Operand, right: &Operand) -> bool {
    (!left.is_truthy() && !right.is_empty()) || contains_core(left, right, false)
}

pub(super) fn any_of(left: &Operand, right: &Operand) -> bool {
    if left.is_empty() || right.is_empty() {
        return right.is_empty();
    }
    match (left, right) {
        (Operand::List(..), Operand::List(items, _)) => {
            items.iter().any(|item| contains(left, &Operand::raw(item)))
        }
        (Operand::List(..), _) => contains(left, right),
        _ => contains(right, left),
    }
}

pub(super) fn all_of(left: &Operand, right: &Operand) -> bool {
    if !left.is_truthy() && !right.is_empty() {
        return false;
    }
    match right {
        Operand::List(items, _) => items.iter().all(|item| contains(left, &Operand::raw(item))),
        _ => contains(left, right),
    }
}
