//! What can be wrong with an expression, and what can go wrong while one runs.

use std::fmt;
use std::ops::Range;

/// Why a text is no expression, and where.
///
/// `span` counts bytes of the source. `message` is one plain-English sentence for the author;
/// `suggestion` is a name that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    pub kind: ErrorKind,
    pub span: Range<usize>,
    pub message: String,
    pub suggestion: Option<String>,
}

/// The kinds of [`ExpressionError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Nothing but spaces.
    Empty,
    /// A value was expected: an operator without its right side, an empty pair of brackets.
    MissingValue,
    /// Something follows that no operator joins to what precedes it.
    UnexpectedText,
    /// A quoted text, a `{name}` or a `[list]` that never ends.
    Unclosed,
    /// A number in a form that is not read, such as `05`.
    BadNumber,
    /// A function that neither the table nor the host has.
    UnknownFunction,
    /// Brackets, calls or negations nested deeper than anyone writes by hand.
    TooDeep,
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " Did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ExpressionError {}

/// A `{name}` that nothing knows: it evaluates as missing, and a loader reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    pub name: String,
    pub span: Range<usize>,
}

/// Why an evaluation gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationError {
    /// It took more steps than [`Environment::step_budget`](super::Environment::step_budget).
    BudgetExceeded,
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The expression took too many steps.")
    }
}

impl std::error::Error for EvaluationError {}

/// The candidate nearest to a mistyped name, if one is near enough to be what was meant.
pub(super) fn nearest<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance, blind to the case of ASCII letters.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(right.chars()) {
            let replaced = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
            diagonal = *cell;
            before = replaced.min(diagonal + 1).min(before + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("sum", "sum"), 0);
        assert_eq!(distance("SUM", "sum"), 0);
        assert_eq!(distance("dateDif", "dateDiff"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn nearest_stays_near() {
        let names = ["sum", "sumInArray", "round"];
        assert_eq!(nearest("roound", names.into_iter()), Some("round"));
        assert_eq!(nearest("suminarray", names.into_iter()), Some("sumInArray"));
        assert_eq!(nearest("total", names.into_iter()), None);
    }
}
