//! The compiled form: a flat list of instructions for a stack machine.
//!
//! Flat rather than a tree, so that a chain of a thousand `or`s needs no deep stack to run or drop.

use std::ops::Range;

use super::functions::Function;
use crate::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
    Power,
    Contains,
    NotContains,
    AnyOf,
    AllOf,
    NoneOf,
}

impl Operator {
    pub fn compares(self) -> bool {
        matches!(
            self,
            Operator::Equal
                | Operator::NotEqual
                | Operator::Less
                | Operator::LessOrEqual
                | Operator::Greater
                | Operator::GreaterOrEqual
        )
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Instruction {
    Constant(u32),
    Variable(u32),
    /// Makes a list of so many operands.
    List(u32),
    Not,
    Empty,
    NotEmpty,
    Binary(Operator),
    /// Compares a variable with a constant, as most conditions do: three instructions in one.
    Test(Operator, u32, u32),
    /// Jumps over the right side of an `and` where the left side decides.
    SkipAnd(u32),
    SkipOr(u32),
    Call(u32),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub code: Vec<Instruction>,
    pub constants: Vec<Value>,
    pub variables: Vec<Variable>,
    pub calls: Vec<Call>,
}

#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// The text between the braces, without a leading `#`.
    pub text: Box<str>,
    pub slot: Option<u32>,
    /// Where the part of the text begins that leads into the slot's value.
    pub rest: usize,
    /// Written as `{#name}`: text that looks like a number stays text.
    pub verbatim: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Call {
    pub callee: Callee,
    pub arguments: usize,
    /// The instructions of the third and fourth argument, which functions over rows run per row.
    pub conditions: [Range<usize>; 2],
    /// A condition given as text, compiled.
    pub text_condition: Option<Box<Program>>,
    /// The third argument names a column instead of being a condition.
    pub names_column: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Callee {
    BuiltIn(&'static Function),
    Custom(Box<str>),
}
