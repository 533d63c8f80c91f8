//! Turns source text into instructions, in one pass.
//!
//! Every binary operator associates to the left, `^` and comparisons too, as the peer's grammar has
//! it: `2^3^2` is 64 and `1 < 2 < 3` compares `true` with 3.

use std::ops::Range;

use super::error::{ErrorKind, ExpressionError, UnknownName};
use super::functions::{self, Body};
use super::lexer::{LOOSEST, Lexer, Number, WORDS};
use super::path;
use super::program::{Call, Callee, Instruction, Operator, Program, Variable};
use super::{Expression, Names};
use crate::diagnostic::nearest;
use crate::value::Value;

/// Deep enough for any hand-written or generated nest of `iif`, shallow enough for every stack.
const DEEPEST: u32 = 200;

pub(super) fn compile(source: &str, names: &dyn Names) -> Result<Expression, ExpressionError> {
    let mut parser = Parser {
        lexer: Lexer { source, at: 0 },
        names,
        program: Program::default(),
        reads: Vec::new(),
        unknown: Vec::new(),
        depth: 0,
    };
    parser.whole()?;
    Ok(Expression { program: parser.program, reads: parser.reads, unknown: parser.unknown })
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    names: &'s dyn Names,
    program: Program,
    reads: Vec<u32>,
    unknown: Vec<UnknownName>,
    depth: u32,
}

type Parsed<T = ()> = Result<T, ExpressionError>;

impl<'s> Parser<'s> {
    fn whole(&mut self) -> Parsed {
        self.lexer.skip_space();
        if self.lexer.peek().is_none() {
            return self.fail(ErrorKind::Empty, 0, "The expression is empty.");
        }
        self.expression()?;
        let start = self.lexer.at;
        if start == self.lexer.source.len() {
            return Ok(());
        }
        self.lexer.at = self.lexer.source.len();
        self.fail(ErrorKind::UnexpectedText, start, "No operator joins this to what precedes it.")
    }

    fn expression(&mut self) -> Parsed {
        self.binary(LOOSEST)?;
        self.lexer.skip_space();
        Ok(())
    }

    fn binary(&mut self, loosest: u8) -> Parsed {
        self.operand()?;
        loop {
            self.lexer.skip_space();
            let Some(found) = self.lexer.operator().filter(|found| found.level >= loosest) else {
                return Ok(());
            };
            self.lexer.at = found.end;
            self.lexer.skip_space();
            let skip = self.program.code.len();
            match found.operator {
                Operator::And => self.emit(Instruction::SkipAnd(0)),
                Operator::Or => self.emit(Instruction::SkipOr(0)),
                _ => {}
            }
            if found.level == WORDS && !self.lexer.at_value() {
                self.constant(Value::Null);
            } else {
                self.binary(found.level + 1)?;
            }
            self.operate(found.operator);
            let end = self.program.code.len() as u32;
            if let Some(Instruction::SkipAnd(target) | Instruction::SkipOr(target)) =
                self.program.code.get_mut(skip)
                && matches!(found.operator, Operator::And | Operator::Or)
            {
                *target = end;
            }
        }
    }

    fn operate(&mut self, operator: Operator) {
        match self.program.code.as_slice() {
            [.., Instruction::Variable(variable), Instruction::Constant(constant)]
                if operator.compares() =>
            {
                let test = Instruction::Test(operator, *variable, *constant);
                self.program.code.truncate(self.program.code.len() - 2);
                self.emit(test);
            }
            _ => self.emit(Instruction::Binary(operator)),
        }
    }

    fn operand(&mut self) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            let start = self.lexer.at;
            return self.fail(ErrorKind::TooDeep, start, "This is nested too deeply.");
        }
        self.lexer.skip_space();
        match self.lexer.peek() {
            Some(b'(') => self.group()?,
            Some(b'[') => self.list()?,
            Some(b'!') => {
                self.lexer.at += 1;
                self.operand()?;
                self.emit(Instruction::Not);
            }
            Some(b'{') => self.variable()?,
            Some(b'\'' | b'"') => self.quoted()?,
            Some(byte) if byte == b'-' || byte.is_ascii_digit() => self.number()?,
            _ => self.word()?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// A group may end with the source instead of a bracket, as in the peer.
    fn group(&mut self) -> Parsed {
        self.lexer.at += 1;
        self.expression()?;
        self.lexer.eat(b')');
        Ok(())
    }

    fn list(&mut self) -> Parsed {
        let start = self.lexer.at;
        let first = self.program.code.len();
        let count = self.sequence(b']', |_, _| {})?;
        if !self.lexer.eat(b']') {
            return self.fail(ErrorKind::Unclosed, start, "This list has no closing bracket.");
        }
        self.finish_list(first, count);
        Ok(())
    }

    /// A list of constants becomes one constant, made once instead of at every evaluation.
    fn finish_list(&mut self, first: usize, count: usize) {
        let items: Option<Vec<Value>> = self
            .program
            .code
            .get(first..)
            .unwrap_or_default()
            .iter()
            .map(|instruction| match instruction {
                Instruction::Constant(index) => {
                    self.program.constants.get(*index as usize).cloned()
                }
                _ => None,
            })
            .collect();
        match items.filter(|items| items.len() == count) {
            Some(items) => {
                self.program.code.truncate(first);
                self.constant(Value::List(items));
            }
            None => self.emit(Instruction::List(count as u32)),
        }
    }

    /// Expressions between commas, up to a closing byte; `each` sees where each one's code lies.
    fn sequence(
        &mut self,
        close: u8,
        mut each: impl FnMut(&mut Self, Range<usize>),
    ) -> Parsed<usize> {
        self.lexer.at += 1;
        self.lexer.skip_space();
        if self.lexer.peek() == Some(close) {
            return Ok(0);
        }
        let mut count = 0;
        loop {
            let start = self.program.code.len();
            self.expression()?;
            count += 1;
            let end = self.program.code.len();
            each(self, start..end);
            if !self.lexer.eat(b',') {
                return Ok(count);
            }
        }
    }

    fn number(&mut self) -> Parsed {
        let start = self.lexer.at;
        if self.lexer.at_value() {
            if let Number::Valid(number) = self.lexer.number() {
                self.constant(Value::Number(number));
                return self.postfix();
            }
            return self.fail(ErrorKind::BadNumber, start, "This is not read as a number.");
        }
        self.missing_value()
    }

    fn quoted(&mut self) -> Parsed {
        let start = self.lexer.at;
        match self.lexer.text() {
            Some(text) => {
                self.constant(Value::Text(text));
                self.postfix()
            }
            None => {
                self.lexer.at = self.lexer.source.len();
                self.fail(ErrorKind::Unclosed, start, "This text has no closing quote.")
            }
        }
    }

    fn word(&mut self) -> Parsed {
        let start = self.lexer.at;
        let word = self.lexer.word();
        if word.is_empty() {
            return self.missing_value();
        }
        self.lexer.at += word.len();
        if self.lexer.peek() == Some(b'(') {
            return self.call(word, start);
        }
        if word.eq_ignore_ascii_case("negate") {
            let mut ahead = self.lexer;
            ahead.skip_space();
            if ahead.at_value() {
                self.operand()?;
                self.emit(Instruction::Not);
                return Ok(());
            }
        }
        self.constant(match word {
            "null" | "undefined" => Value::Null,
            _ if word.eq_ignore_ascii_case("true") => Value::Bool(true),
            _ if word.eq_ignore_ascii_case("false") => Value::Bool(false),
            _ => Value::Text(word.to_owned()),
        });
        self.postfix()
    }

    /// `empty` or `notempty` after a name or a constant.
    fn postfix(&mut self) -> Parsed {
        let mut ahead = self.lexer;
        ahead.skip_space();
        let word = ahead.word();
        let instruction = if word.eq_ignore_ascii_case("empty") {
            Instruction::Empty
        } else if word.eq_ignore_ascii_case("notempty") {
            Instruction::NotEmpty
        } else {
            return Ok(());
        };
        self.lexer.at = ahead.at + word.len();
        self.emit(instruction);
        Ok(())
    }

    fn call(&mut self, name: &'s str, start: usize) -> Parsed {
        let built_in = functions::find(name);
        let callee = match built_in {
            Some(function) => Callee::BuiltIn(function),
            None if self.names.has_function(name) => Callee::Custom(name.into()),
            None => return self.unknown_function(name, start),
        };
        let rows = built_in.is_some_and(|function| matches!(function.body, Body::Rows(_)));
        let host = built_in.is_some_and(|function| matches!(function.body, Body::Host(_)));
        let mut conditions = [0..0, 0..0];
        let mut ranges = Vec::new();
        let mut known = self.unknown.len();
        let arguments = self.sequence(b')', |parser, range| {
            // Names in the condition of a function over rows are fields of the rows first.
            if rows && ranges.len() >= 2 {
                parser.unknown.truncate(known);
            }
            known = parser.unknown.len();
            ranges.push(range);
        })?;
        self.lexer.eat(b')');
        for (condition, range) in conditions.iter_mut().zip(ranges.iter().skip(2)) {
            *condition = range.clone();
        }
        if host && let Some(question) = ranges.first().and_then(|range| self.constant_text(range)) {
            self.read(self.names.slot(&question));
            self.read(self.names.slot(&[&question, "-comment"].concat()));
        }
        let column = rows.then(|| self.constant_text(&conditions[0])).flatten();
        let names_column =
            column.is_some_and(|text| !text.contains(['{', '}', '>', '<', '=', '!']));
        let text_condition = if rows {
            let condition = conditions[usize::from(names_column)].clone();
            self.text_condition(&condition, start..self.lexer.at)?
        } else {
            None
        };
        let call = Call { callee, arguments, conditions, text_condition, names_column };
        self.program.calls.push(call);
        self.emit(Instruction::Call(self.program.calls.len() as u32 - 1));
        Ok(())
    }

    /// Compiles a condition that was written as text, such as `'{age} > 18'`.
    fn text_condition(
        &mut self,
        code: &Range<usize>,
        span: Range<usize>,
    ) -> Parsed<Option<Box<Program>>> {
        let Some(text) = self.constant_text(code).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let mut inner = Parser {
            lexer: Lexer { source: &text, at: 0 },
            names: self.names,
            program: Program::default(),
            reads: Vec::new(),
            unknown: Vec::new(),
            depth: self.depth,
        };
        if let Err(mut error) = inner.whole() {
            error.span = span;
            error.message = format!("The condition for rows cannot be read: {}", error.message);
            return Err(error);
        }
        let reads = std::mem::take(&mut inner.reads);
        let program = std::mem::take(&mut inner.program);
        for slot in reads {
            self.read(Some(slot));
        }
        Ok(Some(Box::new(program)))
    }

    /// The text that a stretch of code pushes, if it does nothing else.
    fn constant_text(&self, code: &Range<usize>) -> Option<String> {
        match self.program.code.get(code.clone())? {
            [Instruction::Constant(index)] => {
                self.program.constants.get(*index as usize)?.as_text().map(str::to_owned)
            }
            _ => None,
        }
    }

    fn unknown_function(&mut self, name: &str, start: usize) -> Parsed {
        let message = format!("There is no function `{name}`.");
        let suggestion = nearest(name, functions::names()).map(str::to_owned);
        let span = start..self.lexer.at;
        Err(ExpressionError { kind: ErrorKind::UnknownFunction, span, message, suggestion })
    }

    fn variable(&mut self) -> Parsed {
        let start = self.lexer.at;
        let Some(text) = self.lexer.name() else {
            self.lexer.at = self.lexer.source.len();
            return self.fail(
                ErrorKind::Unclosed,
                start,
                "This name is empty or has no closing brace.",
            );
        };
        let verbatim = text.len() > 1 && text.starts_with('#');
        let text = if verbatim { text.get(1..).unwrap_or_default() } else { text };
        let resolved =
            path::prefixes(text).find_map(|end| Some((self.names.slot(text.get(..end)?)?, end)));
        if resolved.is_none() {
            if let Some(constant) = object(text) {
                self.constant(constant);
                return self.postfix();
            }
            let span = start..self.lexer.at;
            self.unknown.push(UnknownName { name: text.to_owned(), span });
        }
        let slot = resolved.map(|(slot, _)| slot);
        self.read(slot);
        let rest = resolved.map_or(0, |(_, end)| end);
        self.program.variables.push(Variable { text: text.into(), slot, rest, verbatim });
        self.emit(Instruction::Variable(self.program.variables.len() as u32 - 1));
        self.postfix()
    }

    fn read(&mut self, slot: Option<u32>) {
        if let Some(slot) = slot.filter(|slot| !self.reads.contains(slot)) {
            self.reads.push(slot);
        }
    }

    fn emit(&mut self, instruction: Instruction) {
        self.program.code.push(instruction);
    }

    fn constant(&mut self, value: Value) {
        self.program.constants.push(value);
        self.emit(Instruction::Constant(self.program.constants.len() as u32 - 1));
    }

    fn missing_value<T>(&mut self) -> Parsed<T> {
        let start = self.lexer.at;
        let next = self.lexer.source.get(start..).and_then(|rest| rest.chars().next());
        self.lexer.at += next.map_or(0, char::len_utf8);
        let message = match next {
            None => "A value is missing at the end.",
            Some('“' | '”' | '‘' | '’' | '「' | '」') => {
                "Put text in straight quotes: 'text'."
            }
            Some(character) if !character.is_ascii() => "Put text in quotes: 'text'.",
            Some(_) => "A value is missing before this.",
        };
        self.fail(ErrorKind::MissingValue, start, message)
    }

    fn fail<T>(&mut self, kind: ErrorKind, start: usize, message: &str) -> Parsed<T> {
        let span = start..self.lexer.at.max(start);
        Err(ExpressionError { kind, span, message: message.to_owned(), suggestion: None })
    }
}

/// Braces may hold a JSON object instead of a name: `{"row": 1}`.
fn object(text: &str) -> Option<Value> {
    if !text.starts_with('"') && !text.trim_start().starts_with('"') {
        return None;
    }
    Value::from_json(&format!("{{{text}}}"))
}
