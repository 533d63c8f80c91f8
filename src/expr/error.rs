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
