//! Figures over a column of rows: a list of maps, or a map of maps.
//!
//! `sumInArray(rows, 'column'[, 'column to return'][, condition])`. The condition, an expression
//! or text that holds one, sees the fields of a row first and the survey's answers after them.

use crate::expr::arithmetic::plus;
use crate::expr::error::EvaluationError;
use crate::expr::machine::Machine;
use crate::expr::operand::Operand;
use crate::expr::program::{Call, Program};
use crate::expr::{Expression, Names, number, path};
use crate::value::Value;

type Result<T> = std::result::Result<T, EvaluationError>;

/// The rows that have the column and meet the condition, each with what it holds there.
struct Matching<'x> {
    rows: Vec<(&'x Value, &'x Value)>,
    column: &'x str,
}

fn matching<'x>(
    machine: &mut Machine,
    program: &'x Program,
    call: &'x Call,
    arguments: &'x [Operand],
) -> Result<Option<Matching<'x>>> {
    let (items, column) = match arguments {
        [items, Operand::Text(column), rest @ ..] if rest.len() <= 2 => (items, column),
        _ => return Ok(None),
    };
    let items: Vec<&Value> = match items {
        Operand::List(items, _) => items.iter().collect(),
        Operand::Map(map) => map.values().collect(),
        _ => return Ok(None),
    };
    let place = usize::from(call.names_column);
    let computed = computed_condition(machine, call, arguments.get(2 + place));
    let mut rows = Vec::new();
    for item in items {
        machine.spend(1)?;
        let Some(value) = item.get(column).filter(|value| !Operand::raw(value).is_empty()) else {
            continue;
        };
        let condition = match (&computed, &call.text_condition, call.conditions.get(place)) {
            (Some(Ok(text)), ..) => Some((&text.program, 0..text.program.code.len())),
            (Some(Err(())), ..) => continue,
            (None, Some(text), _) => Some((&**text, 0..text.code.len())),
            (None, None, Some(code)) if !code.is_empty() => Some((program, code.clone())),
            _ => None,
        };
        let meets = match condition {
            Some((program, code)) => machine.run(program, code, Some(item))?.is_true(),
            None => true,
        };
        if meets {
            rows.push((item, value));
        }
    }
    Ok(Some(Matching { rows, column }))
}

/// A condition whose text is put together while the expression runs. It sees the row alone, since
/// the survey's names were resolved before; text that is no expression is met by no row.
fn computed_condition(
    machine: &Machine,
    call: &Call,
    argument: Option<&Operand>,
) -> Option<std::result::Result<Expression, ()>> {
    struct NoNames<'a>(&'a Machine<'a>);
    impl Names for NoNames<'_> {
        fn slot(&self, _: &str) -> Option<u32> {
            None
        }
        fn has_function(&self, name: &str) -> bool {
            self.0.environment.function(name).is_some()
        }
    }
    match argument {
        Some(Operand::Text(text)) if call.text_condition.is_none() && !text.is_empty() => {
            Some(Expression::compile(text, &NoNames(machine)).map_err(drop))
        }
        _ => None,
    }
}

/// A cell as a number; text that is none has no number.
fn cell(value: &Value) -> Option<Operand<'_>> {
    match value {
        Value::Text(text) => number::from_text(text).map(Operand::Number),
        other => Some(Operand::raw(other)),
    }
}

fn total(matching: &Matching) -> Operand<'static> {
    let cells = matching.rows.iter().filter_map(|(_, value)| cell(value));
    cells.fold(Operand::Number(0.0), plus).into_owned()
}

pub(super) fn sum_in_array(
    machine: &mut Machine<'_>,
    program: &Program,
    call: &Call,
    arguments: &[Operand<'_>],
) -> Result<Operand<'static>> {
    let matching = matching(machine, program, call, arguments)?;
    Ok(matching.map_or(Operand::Number(0.0), |matching| total(&matching)))
}

pub(super) fn count_in_array(
    machine: &mut Machine<'_>,
    program: &Program,
    call: &Call,
    arguments: &[Operand<'_>],
) -> Result<Operand<'static>> {
    let matching = matching(machine, program, call, arguments)?;
    Ok(Operand::Number(matching.map_or(0.0, |matching| matching.rows.len() as f64)))
}

/// The mean over every row that has the column, also over one whose text is no number.
pub(super) fn avg_in_array(
    machine: &mut Machine<'_>,
    program: &Program,
    call: &Call,
    arguments: &[Operand<'_>],
) -> Result<Operand<'static>> {
    let matching = matching(machine, program, call, arguments)?;
    let average = matching
        .filter(|matching| !matching.rows.is_empty())
        .map(|matching| total(&matching).to_number() / matching.rows.len() as f64);
    Ok(Operand::Number(average.unwrap_or(0.0)))
}

pub(super) fn min_in_array(
    machine: &mut Machine<'_>,
    program: &Program,
    call: &Call,
    arguments: &[Operand<'_>],
) -> Result<Operand<'static>> {
    extreme(machine, program, call, arguments, |value, best| value < best)
}

pub(super) fn max_in_array(
    machine: &mut Machine<'_>,
    program: &Program,
    call: &Call,
    arguments: &[Operand<'_>],
) -> Result<Operand<'static>> {
    extreme(machine, program, call, arguments, |value, best| value > best)
}

fn extreme(
    machine: &mut Machine<'_>,
    program: &Program,
    call: &Call,
    arguments: &[Operand<'_>],
    better: fn(f64, f64) -> bool,
) -> Result<Operand<'static>> {
    let Some(matching) = matching(machine, program, call, arguments)? else {
        return Ok(Operand::Undefined);
    };
    let mut best: Option<(&Value, f64)> = None;
    for (row, value) in &matching.rows {
        if let Some(number) = cell(value).map(|cell| cell.to_number())
            && best.is_none_or(|(_, best)| better(number, best))
        {
            best = Some((row, number));
        }
    }
    let named = match arguments.get(2) {
        Some(Operand::Text(name)) if call.names_column && **name != *matching.column => Some(name),
        _ => None,
    };
    Ok(match (best, named) {
        (None, _) => Operand::Undefined,
        (Some((_, number)), None) => Operand::Number(number),
        (Some((row, _)), Some(name)) => {
            path::find(row, name).map_or(Operand::Undefined, Operand::into_owned)
        }
    })
}
