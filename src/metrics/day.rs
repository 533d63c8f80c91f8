//! Days in definitions: `2026-11-23`.

use crate::definition::{Log, Place, Read, Shape};
use crate::value::Value;

/// A day as written, and its number counted from 1970-01-01.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub written: String,
    pub number: f64,
}

impl Read for Day {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let number = value.as_text().and_then(number_of);
        if number.is_none() {
            log.expected("a day such as 2026-11-23", value, place);
        }
        Some(Day { written: value.as_text()?.to_owned(), number: number? })
    }

    fn shape() -> Shape {
        Shape::String
    }
}

/// Years are counted from March, so that the leap day is the last of its year (Howard Hinnant,
/// "chrono-compatible low-level date algorithms").
fn number_of(text: &str) -> Option<f64> {
    let mut parts = text.split('-');
    let mut part = |digits: usize| -> Option<i32> {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if plain { part.parse().ok() } else { None }
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=length).contains(&day) {
        return None;
    }
    let year = year - i32::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(f64::from(era * 146_097 + day_of_era - 719_468))
}

#[cfg(test)]
mod tests {
    use super::number_of;

    #[test]
    fn days_are_counted_as_calendars_do() {
        assert_eq!(number_of("1970-01-01"), Some(0.0));
        assert_eq!(number_of("2023-09-15"), Some(19615.0));
        assert_eq!(number_of("2024-02-29"), Some(19782.0));
        for wrong in ["2023-02-29", "2023-13-01", "2023-9-15", "2023-09-15T00", "15.9.2023", ""] {
            assert_eq!(number_of(wrong), None, "{wrong}");
        }
    }
}
