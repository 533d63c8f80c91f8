//! Runs a compiled expression on a stack.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use super::arithmetic::{calculate, fill};
use super::error::EvaluationError;
use super::functions::Body;
use super::operand::Operand;
use super::program::{Call, Callee, Instruction, Operator, Program, Variable};
use super::{Environment, Scope, compare, path};
use crate::value::Value;

/// Conditions given as text can name conditions given as text; nobody nests them deeper.
const DEEPEST: u32 = 16;

pub(super) struct Machine<'a> {
    pub scope: &'a dyn Scope,
    pub environment: &'a Environment,
    steps: u32,
    depth: u32,
}

type Run<T> = Result<T, EvaluationError>;

impl<'a> Machine<'a> {
    pub fn new(scope: &'a dyn Scope, environment: &'a Environment) -> Self {
        Machine { scope, environment, steps: environment.step_budget, depth: 0 }
    }

    pub fn spend(&mut self, steps: usize) -> Run<()> {
        let left = u32::try_from(steps).ok().and_then(|steps| self.steps.checked_sub(steps));
        self.steps = left.ok_or(EvaluationError::BudgetExceeded)?;
        Ok(())
    }

    /// Runs a stretch of a program. Names are fields of `item` first, where there is one.
    pub fn run<'b>(
        &mut self,
        program: &'b Program,
        code: Range<usize>,
        item: Option<&'b Value>,
    ) -> Run<Operand<'b>>
    where
        'a: 'b,
    {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(EvaluationError::BudgetExceeded);
        }
        let mut stack: Vec<Operand<'b>> = Vec::with_capacity(8);
        let mut at = code.start;
        while at < code.end {
            self.spend(1)?;
            let Some(instruction) = program.code.get(at) else { break };
            at += 1;
            match *instruction {
                Instruction::Constant(index) => stack.push(constant(program, index)),
                Instruction::Variable(index) => stack.push(self.variable(program, index, item)),
                Instruction::Test(operator, variable, index) => {
                    let result = match self.numbers(program, variable, index, item) {
                        Some((left, right)) => Operand::Bool(holds(operator, left, right)),
                        None => {
                            let left = self.variable(program, variable, item);
                            self.binary(operator, left, constant(program, index))?
                        }
                    };
                    stack.push(result);
                }
                Instruction::List(count) => {
                    let first = stack.len().saturating_sub(count as usize);
                    let items: Vec<Value> = stack.drain(first..).map(Operand::into_value).collect();
                    stack.push(Operand::List(Cow::Owned(items), false));
                }
                Instruction::Not => {
                    let truthy = stack.pop().unwrap_or_default().is_truthy();
                    stack.push(Operand::Bool(!truthy));
                }
                Instruction::Empty => {
                    let empty = stack.pop().unwrap_or_default().is_empty();
                    stack.push(Operand::Bool(empty));
                }
                Instruction::NotEmpty => {
                    let empty = stack.pop().unwrap_or_default().is_empty();
                    stack.push(Operand::Bool(!empty));
                }
                // An empty left side decides nothing yet: what it counts as depends on the right.
                Instruction::SkipAnd(target) => {
                    if stack.last().is_some_and(|top| decides(top, false)) {
                        at = target as usize;
                    }
                }
                Instruction::SkipOr(target) => {
                    if stack.last().is_some_and(|top| decides(top, true)) {
                        at = target as usize;
                    }
                }
                Instruction::Binary(operator) => {
                    let right = stack.pop().unwrap_or_default();
                    match stack.last_mut() {
                        Some(left) => match quick(operator, left, &right) {
                            Some(result) => *left = Operand::Bool(result),
                            None => {
                                let taken = std::mem::take(left);
                                *left = self.binary(operator, taken, right)?;
                            }
                        },
                        None => stack.push(self.binary(operator, Operand::default(), right)?),
                    }
                }
                Instruction::Call(index) => {
                    if let Some(call) = program.calls.get(index as usize) {
                        let first = stack.len().saturating_sub(call.arguments);
                        let arguments = stack.get_mut(first..).unwrap_or_default();
                        let result = self.call(program, call, arguments)?;
                        stack.truncate(first);
                        stack.push(result);
                    }
                }
            }
        }
        self.depth -= 1;
        Ok(stack.pop().unwrap_or_default())
    }

    /// What a test compares, where both are numbers: by far the most conditions.
    fn numbers(
        &self,
        program: &Program,
        variable: u32,
        constant: u32,
        item: Option<&Value>,
    ) -> Option<(f64, f64)> {
        let Value::Number(constant) = program.constants.get(constant as usize)? else {
            return None;
        };
        let variable = program.variables.get(variable as usize)?;
        if item.is_some() || variable.rest < variable.text.len() {
            return None;
        }
        match self.scope.value(variable.slot?) {
            Cow::Borrowed(Value::Number(answer)) => Some((*answer, *constant)),
            _ => None,
        }
    }

    fn variable<'b>(&self, program: &'b Program, index: u32, item: Option<&'b Value>) -> Operand<'b>
    where
        'a: 'b,
    {
        let variable = program.variables.get(index as usize);
        variable.map_or(Operand::Undefined, |variable| self.load(variable, item))
    }

    fn load<'b>(&self, variable: &'b Variable, item: Option<&'b Value>) -> Operand<'b>
    where
        'a: 'b,
    {
        let found = item.and_then(|item| path::find(item, &variable.text));
        let operand = match found.or_else(|| self.answer(variable)) {
            Some(operand) => operand,
            None if variable.text.ends_with(".length") => Operand::Number(0.0),
            None => Operand::Null,
        };
        if variable.verbatim { operand } else { operand.convert() }
    }

    fn answer<'b>(&self, variable: &'b Variable) -> Option<Operand<'b>>
    where
        'a: 'b,
    {
        let slot = variable.slot?;
        let rest = variable.text.get(variable.rest..).unwrap_or_default();
        if rest.is_empty() && self.scope.is_blank(slot) {
            return None;
        }
        let operand = match self.scope.value(slot) {
            Cow::Borrowed(value) => path::find(value, rest)?,
            Cow::Owned(value) => path::find(&value, rest)?.into_owned(),
        };
        match operand {
            Operand::Null if rest.is_empty() => Some(Operand::Undefined),
            Operand::List(items, _) if rest.is_empty() => {
                Some(Operand::List(items, self.scope.is_ordered(slot)))
            }
            other => Some(other),
        }
    }

    fn binary<'b>(
        &mut self,
        operator: Operator,
        left: Operand<'b>,
        right: Operand<'b>,
    ) -> Run<Operand<'b>> {
        self.spend(weight(&left).saturating_mul(weight(&right)))?;
        let offset = self.environment.utc_offset_minutes;
        let equal = || compare::equal(&left, &right, offset);
        let is = |wanted| compare::order(&left, &right, offset) == Some(wanted);
        let result = match operator {
            Operator::And | Operator::Or => {
                let left = fill(left, &right);
                let takes_left = left.is_truthy() == (operator == Operator::Or);
                return Ok(if takes_left { left } else { fill(right, &left) });
            }
            Operator::Equal => equal(),
            Operator::NotEqual => !equal(),
            Operator::Less => is(Ordering::Less),
            Operator::Greater => is(Ordering::Greater),
            Operator::LessOrEqual => equal() || is(Ordering::Less),
            Operator::GreaterOrEqual => equal() || is(Ordering::Greater),
            Operator::Contains => compare::contains(&left, &right),
            Operator::NotContains => compare::not_contains(&left, &right),
            Operator::AnyOf => compare::any_of(&left, &right),
            Operator::AllOf => compare::all_of(&left, &right),
            Operator::NoneOf => !compare::any_of(&left, &right),
            _ => return Ok(calculate(operator, left, right)),
        };
        Ok(Operand::Bool(result))
    }

    fn call<'b>(
        &mut self,
        program: &Program,
        call: &Call,
        arguments: &mut [Operand<'b>],
    ) -> Run<Operand<'b>> {
        let size = arguments.iter().map(weight).fold(0, usize::saturating_add);
        self.spend(size)?;
        match &call.callee {
            Callee::BuiltIn(function) => match function.body {
                Body::Plain(body) => Ok(body(arguments, self.environment)),
                Body::Host(body) => Ok(body(arguments, self.scope)),
                Body::Rows(body) => body(self, program, call, arguments),
            },
            Callee::Custom(name) => {
                let values: Vec<Value> =
                    arguments.iter_mut().map(|own| std::mem::take(own).into_value()).collect();
                let function = self.environment.function(name);
                let result = function.map(|function| owned(function(&values)));
                Ok(result.unwrap_or(Operand::Null))
            }
        }
    }
}

fn constant(program: &Program, index: u32) -> Operand<'_> {
    program.constants.get(index as usize).map_or(Operand::Null, Operand::raw)
}

/// Whether a left side makes the right one needless.
fn decides(left: &Operand, wanted: bool) -> bool {
    match left {
        Operand::Bool(left) => *left == wanted,
        left => !left.is_empty() && left.is_truthy() == wanted,
    }
}

/// What comes of two numbers or two conditions, which need none of the care that others do.
fn quick(operator: Operator, left: &Operand, right: &Operand) -> Option<bool> {
    match (left, right) {
        (Operand::Bool(left), Operand::Bool(right)) if operator == Operator::And => {
            Some(*left && *right)
        }
        (Operand::Bool(left), Operand::Bool(right)) if operator == Operator::Or => {
            Some(*left || *right)
        }
        (Operand::Number(left), Operand::Number(right)) if operator.compares() => {
            Some(holds(operator, *left, *right))
        }
        _ => None,
    }
}

/// Whether a comparison of numbers holds.
fn holds(operator: Operator, left: f64, right: f64) -> bool {
    match operator {
        Operator::NotEqual => left != right,
        Operator::Less => left < right,
        Operator::LessOrEqual => left <= right,
        Operator::Greater => left > right,
        Operator::GreaterOrEqual => left >= right,
        _ => left == right,
    }
}

fn owned(value: Value) -> Operand<'static> {
    Operand::raw(&value).into_owned().convert()
}

/// How many elements work on an operand may visit.
fn weight(operand: &Operand) -> usize {
    match operand {
        Operand::List(items, _) => items.len().max(1),
        Operand::Map(map) => map.len().max(1),
        Operand::Text(text) => 1 + text.len() / 256,
        _ => 1,
    }
}
