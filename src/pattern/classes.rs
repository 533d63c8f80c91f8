//! Sets of UTF-16 units.

/// Ranges of units, both ends included.
pub type Ranges = &'static [(u16, u16)];

/// A set: ranges with both ends in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    pub ranges: Vec<(u16, u16)>,
    pub negated: bool,
}

pub const DIGITS: Ranges = &[(0x30, 0x39)];
pub const WORD: Ranges = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
pub const SPACE: Ranges = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
/// Where letters stand that [`fold`] changes: a ninth of all units.
const CASED: Ranges = &[
    (0x41, 0x5a),
    (0xb5, 0x587),
    (0x10a0, 0x2183),
    (0x24b6, 0x24cf),
    (0x2c00, 0x2d2d),
    (0xa640, 0xa7ff),
    (0xff21, 0xff3a),
];
pub const LINE_ENDS: Ranges = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

impl Set {
    pub fn of(ranges: &[(u16, u16)], negated: bool) -> Set {
        Set { ranges: ranges.to_vec(), negated }
    }

    pub fn holds(&self, unit: u16) -> bool {
        is_within(&self.ranges, unit) != self.negated
    }

    /// Adds a class such as `\d` or `\W`.
    pub fn add(&mut self, ranges: &[(u16, u16)], negated: bool) {
        if !negated {
            return self.ranges.extend_from_slice(ranges);
        }
        let mut start = 0;
        for (low, high) in ranges {
            if *low > start {
                self.ranges.push((start, low - 1));
            }
            start = high.saturating_add(1);
        }
        self.ranges.push((start, u16::MAX));
    }

    /// The same set for units that [`fold`] brought together.
    pub fn folded(&self) -> Set {
        let mut folded = self.clone();
        for (low, high) in &self.ranges {
            for (first, last) in CASED {
                for unit in *low.max(first)..=*high.min(last) {
                    let common = fold(unit);
                    if common != unit && !is_within(&folded.ranges, common) {
                        folded.ranges.push((common, common));
                    }
                }
            }
        }
        folded
    }
}

pub fn is_within(ranges: &[(u16, u16)], unit: u16) -> bool {
    ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit))
}

/// The unit that stands for a letter in either case.
///
/// ECMAScript compares capitals; small letters give the same pairs but for the few below, and
/// the tables for them are in the program anyway.
pub fn fold(unit: u16) -> u16 {
    match unit {
        0x41..=0x5a => return unit + 0x20,
        0..=0x7f => return unit,
        // Final sigma, and the micro sign.
        0x3c2 => return 0x3c3,
        0xb5 => return 0x3bc,
        // Signs whose small letter is another sign's too, but which are capitals of none.
        0x212b | 0x1e9e | 0x3f4 | 0x2126 => return unit,
        0x1f80..=0x1ffc => {
            let titles = matches!(unit, 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf);
            if titles || matches!(unit, 0x1fbc | 0x1fcc | 0x1ffc) {
                return unit;
            }
        }
        _ => {}
    }
    let Some(letter) = char::from_u32(u32::from(unit)) else { return unit };
    let mut small = letter.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) if !small.is_ascii() => u16::try_from(u32::from(small)).unwrap_or(unit),
        _ => unit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_that_changes_is_left_out() {
        assert!((0..=u16::MAX).all(|unit| fold(unit) == unit || is_within(CASED, unit)));
    }
}
