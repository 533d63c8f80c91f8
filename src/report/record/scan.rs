//! A cursor over a line of JSON: it borrows what it can and accepts what serde_json accepts.
//!
//! A report reads many lines of which it wants little, so what it does not want is passed over without
//! being taken apart; whatever is rare (escapes, fractions, exponents) is left to serde_json.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::value::{Value, number_text};

/// A line that is not JSON, or not of the shape that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

type Result<T> = std::result::Result<T, Malformed>;

/// Values stand in one another so many times at most, as for serde_json.
const DEEPEST: usize = 127;

/// A key as it stands before its value, with its first eight bytes to compare at once.
#[derive(Debug)]
pub struct Key {
    text: String,
    head: u64,
    mask: u64,
}

impl Key {
    pub fn new(name: &str) -> Key {
        let text = format!("{}:", Value::from(name).to_json());
        let (mut head, mut mask) = ([0; 8], [0; 8]);
        for ((head, mask), byte) in head.iter_mut().zip(&mut mask).zip(text.bytes()) {
            (*head, *mask) = (byte, 0xff);
        }
        Key { text, head: u64::from_le_bytes(head), mask: u64::from_le_bytes(mask) }
    }
}

pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, depth: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte of what comes next, behind white space.
    #[inline]
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    #[inline]
    fn pass(&mut self, wanted: u8) -> Result<()> {
        if self.peek() != Some(wanted) {
            return Err(Malformed);
        }
        self.at += 1;
        Ok(())
    }

    /// Nothing but white space may be left.
    pub fn end(&mut self) -> Result<()> {
        self.peek().map_or(Ok(()), |_| Err(Malformed))
    }

    /// Enters an object or a list, by its bracket.
    pub fn open(&mut self, bracket: u8) -> Result<()> {
        self.pass(bracket)?;
        self.depth += 1;
        if self.depth > DEEPEST { Err(Malformed) } else { Ok(()) }
    }

    /// Goes to the next entry; leaves, at the bracket that closes. `first` is true before the first.
    #[inline]
    pub fn next(&mut self, close: u8, first: &mut bool) -> Result<bool> {
        if self.peek() == Some(close) {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.pass(b',')?;
        }
        Ok(true)
    }

    /// Passes a key with its colon if it is this one, as it is written without white space.
    #[inline]
    pub fn passes(&mut self, key: &Key) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is = match rest.first_chunk() {
            Some(head) if u64::from_le_bytes(*head) & key.mask != key.head => false,
            Some(_) if key.text.len() <= 8 => true,
            _ => rest.starts_with(key.text.as_bytes()),
        };
        if is {
            self.at += key.text.len();
        }
        is
    }

    /// The key of an entry; its value comes next.
    #[inline]
    pub fn key(&mut self) -> Result<Cow<'a, str>> {
        let key = self.string()?;
        self.pass(b':')?;
        Ok(key)
    }

    /// Reads an object, entry by entry.
    pub fn object(&mut self, mut entry: impl FnMut(&str, &mut Self) -> Result<()>) -> Result<()> {
        self.open(b'{')?;
        let mut first = true;
        while self.next(b'}', &mut first)? {
            let key = self.key()?;
            entry(&key, self)?;
        }
        Ok(())
    }

    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        self.peek();
        let start = self.at;
        let escaped = self.pass_string()?;
        match self.text.get(start..self.at) {
            Some(text) if escaped => slowly(text).map(Cow::Owned),
            Some(text) => text.get(1..text.len() - 1).map(Cow::Borrowed).ok_or(Malformed),
            None => Err(Malformed),
        }
    }

    /// Goes behind a string; whether anything in it is escaped.
    fn pass_string(&mut self) -> Result<bool> {
        self.pass(b'"')?;
        let mut escaped = false;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            self.at += plain(rest);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.at += 2;
                }
                _ => return Err(Malformed),
            }
        }
    }

    /// A number, as it is written.
    fn digits(&mut self) -> &'a str {
        let start = self.at;
        while let Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') = self.byte() {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    pub fn number(&mut self) -> Result<f64> {
        self.peek();
        let start = self.at;
        // Most are whole and short.
        let mut whole: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            whole = whole.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let is_whole = match self.at - start {
            0 => false,
            1 => true,
            2..=15 => self.text.as_bytes().get(start) != Some(&b'0'),
            _ => false,
        };
        if is_whole && !matches!(self.byte(), Some(b'.' | b'e' | b'E' | b'-' | b'+')) {
            return Ok(whole as f64);
        }
        self.at = start;
        slowly(self.digits())
    }

    fn word(&mut self, word: &str) -> Result<()> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += word.len();
        if rest.starts_with(word.as_bytes()) { Ok(()) } else { Err(Malformed) }
    }

    fn flag(&mut self) -> Result<bool> {
        let flag = self.byte() == Some(b't');
        self.word(if flag { "true" } else { "false" })?;
        Ok(flag)
    }

    /// Passes over a value.
    pub fn skip(&mut self) -> Result<()> {
        match self.peek() {
            Some(b'"') => {
                let start = self.at;
                if self.pass_string()? {
                    slowly::<IgnoredAny>(self.text.get(start..self.at).ok_or(Malformed)?)?;
                }
                Ok(())
            }
            Some(b'{') => self.object(|_, scanner| scanner.skip()),
            Some(b'[') => {
                self.open(b'[')?;
                let mut first = true;
                while self.next(b']', &mut first)? {
                    self.skip()?;
                }
                Ok(())
            }
            Some(b't' | b'f') => self.flag().map(|_| ()),
            Some(b'n') => self.word("null"),
            _ => slowly::<IgnoredAny>(self.digits()).map(|_| ()),
        }
    }

    /// A number; nothing where something else stands.
    #[inline]
    pub fn figure(&mut self) -> Result<Option<f64>> {
        match self.peek() {
            Some(b'0'..=b'9' | b'-') => self.number().map(Some),
            _ => self.skip().map(|()| None),
        }
    }

    /// Text, a number or a flag as it is written; nothing where something else stands.
    #[inline]
    pub fn words(&mut self) -> Result<Option<Cow<'a, str>>> {
        match self.peek() {
            Some(b'"') => self.string().map(Some),
            Some(b't' | b'f') => {
                let flag = self.flag()?;
                Ok(Some(Cow::Borrowed(if flag { "true" } else { "false" })))
            }
            Some(b'0'..=b'9' | b'-') => {
                let digits = self.digits();
                let number: f64 = slowly(digits)?;
                let plain = digits.bytes().all(|digit| digit.is_ascii_digit());
                let text = if plain { Cow::Borrowed(digits) } else { number_text(number).into() };
                Ok(Some(text))
            }
            _ => self.skip().map(|()| None),
        }
    }
}

#[cold]
fn slowly<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Malformed)
}

const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

/// How many bytes come before the first that is a quote, a backslash or a control character.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ (ONES * b'"' as u64);
        let backslash = word ^ (ONES * b'\\' as u64);
        // The lowest bit that is set is that of the first such byte; those above may be wrong.
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        match found & HIGHS {
            0 => at += 8,
            found => return at + (found.trailing_zeros() / 8) as usize,
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(line: &str) -> bool {
        let mut scanner = Scanner::new(line);
        scanner.skip().and_then(|()| scanner.end()).is_ok()
    }

    const LINES: [&str; 4] = [
        r#"{"a": [1, -2.5e3, 0.1, 10, true, false, null], "b\u00e9\n": {"c": "d\\\"e", "空": "🙂 \ud83d\ude42"}}"#,
        r#" {"recommend":10,"q01":3,"why":"The guide was wonderful","n":123456789012345678901} "#,
        r#"[[], {}, "", "12345678", "1234567\"", -0, 1E5, 1e-7]"#,
        "{\"tab\":\"a\tb\",\"x\":01}",
    ];

    /// Every line with one byte put in, taken out or changed.
    #[test]
    fn what_is_json_is_what_serde_json_takes_for_it() {
        let mut odd = Vec::new();
        for line in LINES {
            for at in 0..line.len() {
                for byte in b"\"\\{}[],:01-.eEntf u\x01\xc3" {
                    let (before, after) = line.as_bytes().split_at(at);
                    odd.push([before, &[*byte], after].concat());
                    odd.push([before, &[*byte], &after[1..]].concat());
                    odd.push([before, &after[1..]].concat());
                }
            }
        }
        let mut fine = 0;
        for line in odd.iter().filter_map(|line| str::from_utf8(line).ok()).chain(LINES) {
            let expected = serde_json::from_str::<IgnoredAny>(line).is_ok();
            assert_eq!(accepts(line), expected, "{line}");
            fine += usize::from(expected);
        }
        assert!(fine > 1000, "{fine} of {} are fine", odd.len());
    }

    #[test]
    fn numbers_are_those_of_serde_json() {
        for text in [
            "0",
            "7",
            "10",
            "-3",
            "2.5",
            "1e3",
            "-0.125E-2",
            "123456789012345",
            "1234567890123456789",
        ] {
            let number: f64 = serde_json::from_str(text).unwrap();
            assert_eq!(Scanner::new(text).number(), Ok(number), "{text}");
        }
        for text in ["", "01", "-", "1.", ".5", "1e", "1e999", "+1", "00000000000000000001"] {
            assert_eq!(Scanner::new(text).number(), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn text_is_what_its_escapes_mean() {
        let words = |text| Scanner::new(text).words().map(|words| words.map(Cow::into_owned));
        for (text, expected) in [
            (r#""late""#, Some("late")),
            (r#""caf\u00e9 \"x\" 空""#, Some("café \"x\" 空")),
            ("12", Some("12")),
            ("-1.50", Some("-1.5")),
            ("true", Some("true")),
            ("null", None),
            (r#"["a"]"#, None),
        ] {
            assert_eq!(words(text), Ok(expected.map(str::to_owned)), "{text}");
        }
        assert_eq!(words(r#""\ud800""#), Err(Malformed));
        assert_eq!(words(r#""open"#), Err(Malformed));
    }

    #[test]
    fn a_key_passes_as_a_whole_only() {
        for name in ["q01", "recommend", "eight_la", "a \"quoted\" one", ""] {
            let line = format!("{}:1", Value::from(name).to_json());
            let mut scanner = Scanner::new(&line);
            assert!(scanner.passes(&Key::new(name)), "{name}");
            assert_eq!(scanner.number(), Ok(1.0));
            for other in ["q0", "q010", "q02", "recommends", "recommenx", "eight_lab"] {
                assert!(!Scanner::new(&line).passes(&Key::new(other)), "{name} is not {other}");
            }
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_no_line() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(accepts(&deep(DEEPEST)));
        assert!(!accepts(&deep(DEEPEST + 1)));
    }
}
