//! What a backslash means, and what stands in brackets.

use super::{NAMED, Node, Parsed, Parser, error};
use crate::pattern::classes::{DIGITS, Ranges, SPACE, Set, WORD};

impl Parser<'_> {
    pub(super) fn escape(&mut self, start: usize) -> Parsed<Node> {
        let node = match self.peek() {
            None => return Err(error("a backslash needs something behind it", start..self.at)),
            Some(edge @ ('b' | 'B')) => {
                self.at += 1;
                return Ok(Node::WordEdge(edge == 'b'));
            }
            Some('k') if self.has_names => {
                self.at += 1;
                if !self.take("<") {
                    return Err(error("`\\k` needs a name in `<>`", start..self.at));
                }
                let name = self.name(start)?;
                self.wanted.push((name, start..self.at));
                return Ok(Node::Back(NAMED + self.wanted.len() - 1));
            }
            Some('1'..='9') => {
                let back = self.at;
                match self.number().map(|number| number as usize) {
                    Some(number) if number <= self.all_groups => return Ok(Node::Back(number)),
                    _ => self.at = back,
                }
                self.character(start)?
            }
            _ => match self.named_class(start)? {
                Some((ranges, negated)) => return Ok(Node::Set(Set::of(ranges, negated))),
                None => self.character(start)?,
            },
        };
        Ok(match node {
            Some(unit) => Node::Unit(unit),
            // A character beyond U+FFFF, which stands for itself.
            None => self.wide(),
        })
    }

    fn wide(&mut self) -> Node {
        let mut units = [0; 2];
        let letter = self.next().unwrap_or_default();
        Node::Sequence(
            letter.encode_utf16(&mut units).iter().map(|unit| Node::Unit(*unit)).collect(),
        )
    }

    /// Reads `d`, `S` and their like behind a backslash.
    fn named_class(&mut self, start: usize) -> Parsed<Option<(Ranges, bool)>> {
        let class = match self.peek() {
            Some('d') => (DIGITS, false),
            Some('D') => (DIGITS, true),
            Some('w') => (WORD, false),
            Some('W') => (WORD, true),
            Some('s') => (SPACE, false),
            Some('S') => (SPACE, true),
            Some('p' | 'P') if self.rest().get(1..).is_some_and(|rest| rest.starts_with('{')) => {
                return Err(error(
                    "classes by Unicode property are not known here",
                    start..start + 3,
                ));
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(class))
    }

    /// Reads the character that an escape stands for, behind its backslash. Nothing is read
    /// where it is none of one unit.
    fn character(&mut self, start: usize) -> Parsed<Option<u16>> {
        let Some(letter) = self.peek() else {
            return Err(error("a backslash needs something behind it", start..self.at));
        };
        if let '0'..='7' = letter {
            return Ok(Some(self.octal()));
        }
        let Ok(own) = u16::try_from(u32::from(letter)) else { return Ok(None) };
        self.at += letter.len_utf8();
        Ok(Some(match letter {
            't' => 0x09,
            'n' => 0x0a,
            'v' => 0x0b,
            'f' => 0x0c,
            'r' => 0x0d,
            'x' => self.hexadecimal(2).unwrap_or(own),
            'u' => self.hexadecimal(4).unwrap_or(own),
            'c' => match self.peek().filter(char::is_ascii_alphabetic) {
                Some(letter) => {
                    self.at += 1;
                    letter as u16 & 31
                }
                // The backslash stands for itself; the `c` is read next.
                None => {
                    self.at -= 1;
                    u16::from(b'\\')
                }
            },
            _ => own,
        }))
    }

    fn octal(&mut self) -> u16 {
        let mut value = 0;
        let mut digits = 0;
        while let Some(digit) = self.peek().and_then(|letter| letter.to_digit(8))
            && digits < 3
            && value * 8 + digit < 256
        {
            value = value * 8 + digit;
            digits += 1;
            self.at += 1;
        }
        value as u16
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u16> {
        let text = self.rest().get(..digits)?;
        let valid = text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u16::from_str_radix(text, 16).ok().filter(|_| valid)?;
        self.at += digits;
        Some(value)
    }

    pub(super) fn class(&mut self, start: usize) -> Parsed<Set> {
        let mut set = Set { negated: self.take("^"), ..Set::default() };
        loop {
            if self.take("]") {
                return Ok(set);
            }
            let from = self.at;
            let Some(low) = self.class_atom(start, &mut set)? else { continue };
            let before_dash = self.at;
            let ranges = self.take("-") && !matches!(self.peek(), None | Some(']'));
            if !ranges {
                self.at = before_dash;
                set.ranges.push((low, low));
                continue;
            }
            match self.class_atom(start, &mut set)? {
                Some(high) if high < low => {
                    return Err(error("this range runs backwards", from..self.at));
                }
                Some(high) => set.ranges.push((low, high)),
                // A class is no end of a range: both and the dash stand for themselves.
                None => set.ranges.extend([(low, low), (0x2d, 0x2d)]),
            }
        }
    }

    /// Reads one member of a class. Nothing comes back where it was added already.
    fn class_atom(&mut self, start: usize, set: &mut Set) -> Parsed<Option<u16>> {
        let from = self.at;
        match self.next() {
            None => Err(error("this class is not closed", start..start + 1)),
            Some('\\') => {
                if let Some((ranges, negated)) = self.named_class(from)? {
                    set.add(ranges, negated);
                    return Ok(None);
                }
                if self.take("b") {
                    return Ok(Some(8));
                }
                match self.character(from)? {
                    Some(unit) => Ok(Some(unit)),
                    None => self.class_atom(start, set),
                }
            }
            Some(letter) => {
                // Without the flag `u`, a character beyond U+FFFF is the set of its two units.
                let mut units = [0; 2];
                match letter.encode_utf16(&mut units) {
                    [high, low] => {
                        set.ranges.push((*high, *high));
                        Ok(Some(*low))
                    }
                    units => Ok(units.first().copied()),
                }
            }
        }
    }
}
