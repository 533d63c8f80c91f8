//! Functions on text.

use crate::expr::environment::Environment;
use crate::expr::operand::Operand;

/// `substring(text, start[, end])`, counting UTF-16 units from 0; a start after the end swaps them.
pub(super) fn substring<'a>(arguments: &mut [Operand<'a>], _: &Environment) -> Operand<'a> {
    // What counts as a number at all is told as in answers, its value as JavaScript reads text.
    let number = |operand: &Operand| operand.as_number().map(|_| operand.to_number());
    let (text, start, end) = match arguments {
        [Operand::Text(text), start] => (text, number(start), None),
        [Operand::Text(text), start, end, ..] => (text, number(start), number(end)),
        _ => return Operand::text(""),
    };
    let Some(start) = start else { return Operand::text("") };
    let units: Vec<u16> = text.encode_utf16().collect();
    let place = |number: f64| (number.max(0.0) as usize).min(units.len());
    let (start, end) = (place(start), end.map_or(units.len(), place));
    let part = units.get(start.min(end)..start.max(end)).unwrap_or_default();
    Operand::text(String::from_utf16_lossy(part))
}
