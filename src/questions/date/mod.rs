//! Give a date or a time. The answer is ISO 8601 text without a time zone.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use super::choice::scalar_text;
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::Language;
use crate::value::Value;

definition_words! {
    /// Which part of date and time is asked for.
    pub enum DateType {
        /// `2026-11-23`
        Date "date",
        /// `09:30`
        Time "time",
        /// `2026-11-23T09:30`
        DateTime "datetime-local",
        /// `2026-11`
        Month "month",
    }
}

definition! {
    /// Give a date or a time.
    pub struct Date {
        /// Which part of date and time is asked for.
        pub input_type "inputType": DateType = DateType::Date,
        /// The earliest allowed, in the answer's own form.
        pub min "min": Option<String>,
        /// The latest allowed, in the answer's own form.
        pub max "max": Option<String>,
    }
}

impl Date {
    fn is_valid(&self, text: &str) -> bool {
        match self.input_type {
            DateType::Date => is_date(text),
            DateType::Time => is_time(text),
            DateType::DateTime => {
                text.split_once('T').is_some_and(|(date, time)| is_date(date) && is_time(time))
            }
            DateType::Month => is_date(&format!("{text}-01")),
        }
    }
}

impl QuestionType for Date {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(text) = answer.as_text().filter(|text| self.is_valid(text)) else {
            issues.push(Issue::new(Code::NotADate));
            return;
        };
        // The forms have fixed widths, so the order of the texts is the order of the times.
        if let Some(min) = self.min.as_deref().filter(|min| text < *min) {
            issues.push(Issue::new(Code::TooEarly).with("min", min));
        }
        if let Some(max) = self.max.as_deref().filter(|max| text > *max) {
            issues.push(Issue::new(Code::TooLate).with("max", max));
        }
    }

    fn is_beyond(&self, answer: &Value) -> bool {
        let text = answer.as_text().unwrap_or_default();
        let below = |limit: &String| !text.is_empty() && text < limit.as_str();
        self.min.as_ref().is_some_and(below)
            || self.max.as_ref().is_some_and(|limit| text > limit.as_str())
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        scalar_text(answer)
    }

    fn lint(&self, place: &Place, log: &Log) {
        for (name, limit) in [("min", &self.min), ("max", &self.max)] {
            if limit.as_deref().is_some_and(|limit| !self.is_valid(limit)) {
                let message = format_args!("`{name}` must be a {}", self.input_type.as_str());
                log.error("wrong-type", &place.key(name), message);
            }
        }
    }
}

fn digits(text: &str, width: usize) -> Option<u32> {
    let plain = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Whether a text is a day that exists, as `2026-11-23`.
pub fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether a text is a time of day, as `09:30` or `09:30:15`.
pub fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    let below = |part: &str, limit: u32| digits(part, 2).is_some_and(|number| number < limit);
    match parts.as_slice() {
        [hours, minutes] => below(hours, 24) && below(minutes, 60),
        [hours, minutes, seconds] => below(hours, 24) && below(minutes, 60) && below(seconds, 60),
        _ => false,
    }
}
