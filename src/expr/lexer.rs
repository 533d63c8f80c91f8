//! Reads tokens at a place in the source.
//!
//! The language has no tokens apart from their place (`-` is a sign or an operator, `or` a word or
//! an operator), so the parser asks for what it expects. Every method looks ahead a bounded way.

use super::program::Operator;
use crate::value::parse_number;

/// A binary operator with the level at which it binds; higher binds tighter.
pub(super) struct Found {
    pub operator: Operator,
    pub level: u8,
    pub end: usize,
}

pub(super) const LOOSEST: u8 = 1;
/// The level of `contains` and its like, whose right side may be missing.
pub(super) const WORDS: u8 = 7;

/// Two-character signs come before the signs that they start with.
const SIGNS: [(&str, Operator, u8); 19] = [
    ("*=", Operator::Contains, WORDS),
    ("<=", Operator::LessOrEqual, 3),
    ("=<", Operator::LessOrEqual, 3),
    (">=", Operator::GreaterOrEqual, 3),
    ("=>", Operator::GreaterOrEqual, 3),
    ("==", Operator::Equal, 3),
    ("!=", Operator::NotEqual, 3),
    ("<>", Operator::NotEqual, 3),
    ("&&", Operator::And, 2),
    ("||", Operator::Or, LOOSEST),
    ("^", Operator::Power, 6),
    ("*", Operator::Times, 5),
    ("/", Operator::Divide, 5),
    ("%", Operator::Modulo, 5),
    ("+", Operator::Plus, 4),
    ("-", Operator::Minus, 4),
    ("=", Operator::Equal, 3),
    ("<", Operator::Less, 3),
    (">", Operator::Greater, 3),
];

const WORD_OPERATORS: [(&str, Operator, u8); 18] = [
    ("and", Operator::And, 2),
    ("or", Operator::Or, LOOSEST),
    ("contains", Operator::Contains, WORDS),
    ("contain", Operator::Contains, WORDS),
    ("notcontains", Operator::NotContains, WORDS),
    ("notcontain", Operator::NotContains, WORDS),
    ("anyof", Operator::AnyOf, WORDS),
    ("allof", Operator::AllOf, WORDS),
    ("noneof", Operator::NoneOf, WORDS),
    ("equal", Operator::Equal, 3),
    ("equals", Operator::Equal, 3),
    ("notequal", Operator::NotEqual, 3),
    ("notequals", Operator::NotEqual, 3),
    ("less", Operator::Less, 3),
    ("lessorequal", Operator::LessOrEqual, 3),
    ("greater", Operator::Greater, 3),
    ("greaterorequal", Operator::GreaterOrEqual, 3),
    ("power", Operator::Power, 6),
];

pub(super) enum Number {
    Valid(f64),
    /// Digits in a form that is not read, such as `05` or `0x1F`.
    Invalid,
}

#[derive(Clone, Copy)]
pub(super) struct Lexer<'s> {
    pub source: &'s str,
    pub at: usize,
}

impl<'s> Lexer<'s> {
    pub fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or_default()
    }

    pub fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    pub fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The word that starts here, without moving on.
    pub fn word(&self) -> &'s str {
        let rest = self.rest();
        let starts = rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        let end = rest
            .bytes()
            .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'_')
            .unwrap_or(rest.len());
        if starts { rest.get(..end).unwrap_or_default() } else { "" }
    }

    /// The operator that starts here, without moving on.
    pub fn operator(&self) -> Option<Found> {
        let word = self.word();
        let row = if word.is_empty() {
            SIGNS.iter().find(|(sign, ..)| self.rest().starts_with(sign))
        } else {
            WORD_OPERATORS.iter().find(|(name, ..)| word.eq_ignore_ascii_case(name))
        };
        row.map(|&(text, operator, level)| Found { operator, level, end: self.at + text.len() })
    }

    /// The number that starts here; a minus belongs to it.
    pub fn number(&mut self) -> Number {
        let start = self.at;
        let negative = self.eat(b'-');
        let whole = self.digits();
        if !negative && whole == "0" && self.peek() == Some(b'x') {
            self.at += 1;
            let hexadecimal = self.digits();
            let value = hexadecimal
                .bytes()
                .fold(0.0, |value, digit| value * 16.0 + f64::from(digit - b'0'));
            return self.finish(!hexadecimal.is_empty(), value);
        }
        let fraction = self.fraction();
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        let value = self.source.get(start..self.at).and_then(parse_number);
        self.finish(fraction || !leading_zero, value.unwrap_or(f64::NAN))
    }

    fn digits(&mut self) -> &'s str {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        self.source.get(start..self.at).unwrap_or_default()
    }

    fn fraction(&mut self) -> bool {
        let before = self.at;
        let found = self.eat(b'.') && !self.digits().is_empty();
        if !found {
            self.at = before;
        }
        found
    }

    /// Takes what is glued to a number into it, so that `05` and `0x1F` are reported whole.
    fn finish(&mut self, valid: bool, value: f64) -> Number {
        let hexadecimal = self.peek().is_some_and(|byte| byte.is_ascii_hexdigit());
        if valid && !(hexadecimal && self.operator().is_none()) {
            return Number::Valid(value);
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            self.at += 1;
        }
        Number::Invalid
    }

    /// The quoted text that starts here; a backslash before a quote keeps the quote.
    pub fn text(&mut self) -> Option<String> {
        let quote = self.peek()?;
        let body = self.source.get(self.at + 1..)?;
        let mut text = String::new();
        let mut characters = body.char_indices().peekable();
        while let Some((index, character)) = characters.next() {
            match character {
                '\\' => match characters.next_if(|(_, next)| matches!(next, '\'' | '"')) {
                    Some((_, escaped)) => text.push(escaped),
                    None => text.push('\\'),
                },
                _ if character == char::from(quote) => {
                    self.at += index + 2;
                    return Some(text);
                }
                _ => text.push(character),
            }
        }
        None
    }

    /// The text between the braces that start here.
    pub fn name(&mut self) -> Option<&'s str> {
        let body = self.source.get(self.at + 1..)?;
        let end = body.find(['{', '}'])?;
        let name = body.get(..end)?;
        if name.is_empty() || body.as_bytes().get(end) != Some(&b'}') {
            return None;
        }
        self.at += end + 2;
        Some(name)
    }

    /// Whether a value can start here.
    pub fn at_value(&self) -> bool {
        match self.peek() {
            Some(b'(' | b'[' | b'{' | b'!' | b'\'' | b'"' | b'_') => !self.rest().starts_with("!="),
            Some(b'-') => self.source.as_bytes().get(self.at + 1).is_some_and(u8::is_ascii_digit),
            Some(byte) => byte.is_ascii_alphanumeric(),
            None => false,
        }
    }
}
