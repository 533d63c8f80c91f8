//! The expression language: conditions such as `{recommend} <= 6` and figures such as
//! `round({guests} * {price} * 1.05, 2)`.
//!
//! ```
//! use askwell::expr::{Environment, evaluate_with_values};
//! let values = serde_json::from_str(r#"{"recommend": 4, "reasons": ["meals", "guide"]}"#).unwrap();
//! let condition = "{recommend} <= 6 and {reasons} contains 'guide'";
//! let shown = evaluate_with_values(condition, &values, &Environment::new(0.0, 0), true);
//! assert_eq!(shown.unwrap().to_json(), "true");
//! ```
//!
//! # The language
//!
//! It is the one that SurveyJS documents. Binary operators, loosest first, all associating to the
//! left: `or ||`, `and &&`, comparisons (`= == equal`, `!= <> notequal`, `<`, `<=`, `>`, `>=` and
//! their words), `+ -`, `* / %`, `^ power`, and the words `contains` (`*=`), `notcontains`,
//! `anyof`, `allof`, `noneof`. `!` comes before a value; `empty` and `notempty` after one. Values are
//! numbers, quoted text, `true`, `false`, `null`, `[lists]`, bare words (text), `{names}` and calls.
//! Words are read whatever their case; function names are not.
//!
//! A name takes a path: `{guests[0].name}`, `{guests[-1]}`, `{guests.length}`. Text in an answer that
//! reads as a number or as `true` counts as one, unless written `{#name}`.
//!
//! Missing answers: beside a number they count as 0, beside text as empty text; comparisons with
//! them are false, except `!=`. A division by zero is missing.
//!
//! # Dates
//!
//! The clock and the offset from UTC come from the [`Environment`]. A date leaves the language as ISO text such as
//! `2026-11-23T00:00:00.000Z`, and an answer that has exactly this form is read as a date again.
//!
//! # Where it differs from survey-core 3.1
//!
//! Nothing that means something there means something else here, save for this:
//!
//! - An unknown function, a number such as `05` and text after the end are errors when the
//!   expression is compiled; there the result is null and the console warns.
//! - `=>`, `=<`, `<>`, `equals` inside quoted text or a name stay as they are; there they are
//!   rewritten, so that `{a} = 'x => y'` can never hold.
//! - Keywords end where the word ends: `trueblue` is a bare word; there it is a syntax error, and
//!   `containsx` is `contains x`.
//! - An argument left out, as in `f(` or `f(, 1)`, is an error; there the call has no arguments.
//! - The other kind of quote needs no backslash inside of quoted text, and `f( )` and `[ ]` may
//!   hold spaces; there these are syntax errors.
//! - `null` may be an operand anywhere; there it throws within `[1, null]` or before `empty`, and as a
//!   first argument it makes the function forget the others.
//! - Lists take more than one index: `{a[0][1]}`.
//! - One offset from UTC holds for all dates, where a browser knows when clocks change. Dates are
//!   read from ISO text alone, and empty text beside a date is no date instead of the present
//!   moment; a date joined to text gives ISO text.
//! - NaN and infinite results are null, as JSON has it.
//! - `displayValue` gives its text at once instead of later.
//! - A condition that is put together as text while the expression runs sees the fields of a row
//!   but not the survey's answers.
//! - Evaluation stops with an error after [`Environment::step_budget`] steps.

mod arithmetic;
mod civil;
mod compare;
mod environment;
mod error;
mod functions;
mod lexer;
mod machine;
mod number;
mod operand;
mod parser;
mod path;
mod program;
mod values;

use std::borrow::Cow;

pub use environment::{CustomFunction, Environment, Functions};
pub use error::{ErrorKind, EvaluationError, ExpressionError, UnknownName};
#[cfg(not(target_arch = "wasm32"))]
pub use functions::rare as rare_functions;
pub use values::{Failure, evaluate_with_values};

use crate::value::Value;
use machine::Machine;
use operand::Operand;
use program::Program;

/// Which names there are; asked while an expression is compiled.
pub trait Names {
    /// The slot of a name, or `None`. Names are to be found whatever their case.
    ///
    /// `{a.b[1].c}` asks for `a.b[1].c`, `a.b[1]`, `a.b` and `a` until one is known.
    fn slot(&self, name: &str) -> Option<u32>;

    /// Whether the host's [`Environment`] will have a function of its own by that name.
    fn has_function(&self, name: &str) -> bool {
        let _ = name;
        false
    }
}

/// What an expression reads while it is evaluated.
///
/// Only [`value`](Scope::value) is needed; the rest answers functions that ask about the survey.
pub trait Scope {
    /// The answer in a slot that [`Names`] gave out.
    fn value(&self, slot: u32) -> Cow<'_, Value>;

    /// Whether the order of the answer's items counts in comparisons, as in a ranking.
    fn is_ordered(&self, slot: u32) -> bool {
        let _ = slot;
        false
    }

    /// Whether nothing is in the answer although it has entries: read as a whole, it is missing.
    fn is_blank(&self, slot: u32) -> bool {
        let _ = slot;
        false
    }

    /// `displayValue`: the text shown for a question's answer, or for `value` as its answer.
    fn display_value(&self, question: &str, value: Option<&Value>) -> Option<String> {
        let _ = (question, value);
        None
    }

    /// `getComment`: what was typed beside a question, or beside one of its choices.
    fn comment(&self, question: &str, choice: Option<&Value>) -> Option<Value> {
        let _ = (question, choice);
        None
    }

    /// `propertyValue`: a property of a question's definition or state, such as `visible`.
    fn property(&self, question: &str, property: &str) -> Option<Value> {
        let _ = (question, property);
        None
    }

    /// `isContainerReady`: whether all in a page, panel or repeat (or one of its rows) is valid.
    fn is_container_ready(&self, name: &str, index: Option<usize>) -> bool {
        let _ = (name, index);
        false
    }

    /// `isDisplayMode`: whether answers are only shown.
    fn is_display_mode(&self) -> bool {
        false
    }
}

/// A compiled expression.
///
/// ```
/// use std::borrow::Cow;
/// use askwell::expr::{Environment, Expression, Names, Scope};
/// use askwell::value::Value;
///
/// struct Answers(Value);
/// impl Names for Answers {
///     fn slot(&self, name: &str) -> Option<u32> {
///         name.eq_ignore_ascii_case("nights").then_some(7)
///     }
/// }
/// impl Scope for Answers {
///     fn value(&self, _slot: u32) -> Cow<'_, Value> {
///         Cow::Borrowed(&self.0)
///     }
/// }
///
/// let answers = Answers(Value::from(3));
/// let expression = Expression::compile("{Nights} > 2 and {meals} empty", &answers).unwrap();
/// assert_eq!(expression.reads(), [7]);
/// assert_eq!(expression.unknown()[0].name, "meals");
/// assert!(expression.is_true(&answers, &Environment::new(0.0, 0)));
/// ```
#[derive(Clone, Debug)]
pub struct Expression {
    program: Program,
    reads: Vec<u32>,
    unknown: Vec<UnknownName>,
}

impl Expression {
    /// Parses and compiles a source text.
    ///
    /// A name that nothing knows is no error: [`unknown`](Expression::unknown) lists it, and it evaluates as missing.
    ///
    /// # Errors
    /// Where the text is no expression or calls a function that does not exist.
    pub fn compile(source: &str, names: &dyn Names) -> Result<Expression, ExpressionError> {
        parser::compile(source, names)
    }

    /// The slots it reads, each once: the result changes only when one of these does, or the clock.
    pub fn reads(&self) -> &[u32] {
        &self.reads
    }

    /// Whether it reads a part of what stands in a slot, such as one of several rows.
    pub fn looks_into(&self, slot: u32) -> bool {
        self.program.variables.iter().any(|variable| {
            let rest = variable.text.get(variable.rest..).unwrap_or_default();
            let part = !rest.is_empty() && rest != ".length" && !rest.starts_with("[-");
            variable.slot == Some(slot) && part
        })
    }

    /// What it reads of a slot: for each time the path that leads into it, empty for the whole.
    pub fn parts_of(&self, slot: u32) -> impl Iterator<Item = &str> {
        let variables = self.program.variables.iter();
        let of_slot = variables.filter(move |variable| variable.slot == Some(slot));
        of_slot.map(|variable| variable.text.get(variable.rest..).unwrap_or_default())
    }

    /// The names that nothing knew. Fields of rows, as in the condition of `sumInArray`, are not among them.
    pub fn unknown(&self) -> &[UnknownName] {
        &self.unknown
    }

    /// The value; dates as ISO text, and what is no number as null.
    ///
    /// # Errors
    /// Where the step budget runs out.
    pub fn evaluate(
        &self,
        scope: &dyn Scope,
        environment: &Environment,
    ) -> Result<Value, EvaluationError> {
        self.operand(scope, environment).map(Operand::into_value)
    }

    /// Whether the condition holds: the result is `true` or 1. An evaluation that fails is false.
    pub fn is_true(&self, scope: &dyn Scope, environment: &Environment) -> bool {
        self.operand(scope, environment).is_ok_and(|result| result.is_true())
    }

    fn operand<'a>(
        &'a self,
        scope: &'a dyn Scope,
        environment: &'a Environment,
    ) -> Result<Operand<'a>, EvaluationError> {
        Machine::new(scope, environment).run(&self.program, 0..self.program.code.len(), None)
    }
}

/// The part of a value that a path such as `[0].name` leads to.
pub fn part_of(value: &Value, path: &str) -> Option<Value> {
    path::find(value, path).map(Operand::into_value)
}
