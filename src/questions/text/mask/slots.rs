//! Patterns of a mask: places for digits and letters with what stands between them, of which some
//! are the parts of a date or a time.

use super::super::super::date::{is_date, is_time};

/// One place of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slot {
    Literal(char),
    Digit,
    Letter,
    Either,
    /// A digit of one part of date and time: `y m d H M s`.
    Part(char),
}

impl Slot {
    fn takes(self, typed: char) -> bool {
        match self {
            Slot::Literal(literal) => literal == typed,
            Slot::Digit | Slot::Part(_) => typed.is_ascii_digit(),
            Slot::Letter => typed.is_alphabetic(),
            Slot::Either => typed.is_alphabetic() || typed.is_ascii_digit(),
        }
    }
}

/// A pattern as far as it is filled.
#[derive(Default)]
pub struct Filled {
    pub masked: String,
    /// What stands in the slots, without the literals between them.
    pub raw: String,
    /// The literals behind the last slot that nobody typed, once all slots are filled.
    pub end: Option<String>,
}

/// The parts of date and time in the order of ISO 8601, with what stands before each.
const PARTS: [(char, &str, usize); 6] =
    [('y', "", 4), ('m', "-", 2), ('d', "-", 2), ('H', "T", 2), ('M', ":", 2), ('s', ":", 2)];

/// Full-width digits count as digits.
pub fn narrow(typed: char) -> char {
    match typed {
        '０'..='９' => char::from(b'0' + (typed as u32 - '０' as u32) as u8),
        typed => typed,
    }
}

pub fn slots_of_pattern(pattern: &str) -> Vec<Slot> {
    let mut signs = pattern.chars();
    let mut slots = Vec::new();
    while let Some(sign) = signs.next() {
        slots.push(match sign {
            '9' => Slot::Digit,
            'a' => Slot::Letter,
            '#' => Slot::Either,
            '\\' => Slot::Literal(signs.next().unwrap_or('\\')),
            sign => Slot::Literal(sign),
        });
    }
    slots
}

pub fn slots_of_date(pattern: &str) -> Vec<Slot> {
    let part = |sign: char| PARTS.iter().any(|(part, ..)| *part == sign);
    let slot = |sign| if part(sign) { Slot::Part(sign) } else { Slot::Literal(sign) };
    pattern.chars().map(slot).collect()
}

pub fn is_dated(slots: &[Slot]) -> bool {
    slots.iter().any(|slot| matches!(slot, Slot::Part(_)))
}

/// Whether a pattern of date and time holds whole parts that make up a date, a time or both.
pub fn is_date_pattern(pattern: &str) -> bool {
    let is_part = |sign: char| PARTS.iter().any(|(part, ..)| *part == sign);
    let mut found = String::new();
    for (part, _, width) in PARTS {
        let count = pattern.matches(part).count();
        if count > 0 && (count != width || !pattern.contains(&part.to_string().repeat(width))) {
            return false;
        }
        found.extend((count > 0).then_some(part));
    }
    let whole = ["ymd", "ym", "HM", "HMs", "ymdHM", "ymdHMs"].contains(&found.as_str());
    whole && pattern.chars().all(|sign| is_part(sign) || !sign.is_alphanumeric())
}

/// Fills the slots with what was typed. What fits nowhere is dropped; literals are put in once
/// something stands behind them. With `literals` they may have been typed, too.
pub fn walk(slots: &[Slot], typed: &str, literals: bool) -> Filled {
    let mut typed = typed.chars().map(narrow).peekable();
    let (mut filled, mut waiting) = (Filled::default(), String::new());
    for slot in slots {
        if let Slot::Literal(literal) = slot {
            waiting.push(*literal);
            if literals && typed.next_if_eq(&narrow(*literal)).is_some() {
                filled.masked.push_str(&waiting);
                waiting.clear();
            }
            continue;
        }
        let Some(fits) = typed.find(|typed| slot.takes(*typed)) else { return filled };
        filled.masked.push_str(&waiting);
        waiting.clear();
        filled.masked.push(fits);
        filled.raw.push(fits);
    }
    filled.end = Some(waiting);
    filled
}

/// The ISO 8601 text of a date or time that fills the slots; nothing before it is whole, and
/// for days that do not exist.
pub fn moment(slots: &[Slot], masked: &str) -> Option<String> {
    let filled = walk(slots, masked, true);
    let parts = slots.iter().filter(|slot| matches!(slot, Slot::Part(_)));
    let signs: Vec<(&Slot, char)> = parts.zip(filled.raw.chars()).collect();
    let mut iso = String::new();
    for (part, before, width) in PARTS {
        let digits = signs.iter().filter(|(slot, _)| **slot == Slot::Part(part));
        let digits: String = digits.map(|(_, digit)| *digit).collect();
        if digits.len() == width {
            iso.push_str(if iso.is_empty() { "" } else { before });
            iso.push_str(&digits);
        }
    }
    (filled.end.is_some() && is_moment(&iso)).then_some(iso)
}

fn is_moment(iso: &str) -> bool {
    match iso.split_once('T') {
        Some((date, time)) => is_date(date) && is_time(time),
        None => is_date(iso) || is_time(iso) || is_date(&(iso.to_owned() + "-01")),
    }
}

/// ISO 8601 text in the form of the slots; nothing where it has other parts than they.
pub fn unfold(slots: &[Slot], iso: &str) -> Option<String> {
    let mut digits = iso.chars().filter(char::is_ascii_digit);
    let mut parts: Vec<(char, Vec<char>)> = Vec::new();
    for (part, _, width) in PARTS {
        if slots.contains(&Slot::Part(part)) {
            parts.push((part, digits.by_ref().take(width).collect()));
        }
    }
    let masked: String = slots
        .iter()
        .filter_map(|slot| match slot {
            Slot::Part(part) => {
                let (_, digits) = parts.iter_mut().find(|(name, _)| name == part)?;
                (!digits.is_empty()).then(|| digits.remove(0))
            }
            Slot::Literal(literal) => Some(*literal),
            _ => None,
        })
        .collect();
    (moment(slots, &masked).as_deref() == Some(iso)).then_some(masked)
}
