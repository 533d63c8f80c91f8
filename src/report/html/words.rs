//! Words and numbers of a report in its language.

use std::sync::OnceLock;

use crate::report::model::{Figure, Score, Unit};
use crate::text::{best_language, fill};
use crate::value::{Map, Value, number_text};

static ENGLISH: OnceLock<Map> = OnceLock::new();
static CHINESE: OnceLock<Map> = OnceLock::new();

/// The words of a report in one language.
#[derive(Clone, Copy)]
pub struct Words {
    table: &'static Map,
    /// The language that they are in.
    pub language: &'static str,
}

impl Words {
    /// The words for a reader of `locale`: 繁體中文 or English.
    pub fn of(locale: &str) -> Words {
        let offered = [String::from("zh-Hant"), String::from("en")];
        let (language, json, place) = match best_language(locale, &offered) {
            Some("zh-Hant") => ("zh-Hant", include_str!("words/zh-Hant.json"), &CHINESE),
            _ => ("en", include_str!("words/en.json"), &ENGLISH),
        };
        // A test reads both files.
        let table = place.get_or_init(|| serde_json::from_str(json).unwrap_or_default());
        Words { table, language }
    }

    pub fn get(&self, key: &str) -> &'static str {
        self.table.get(key).and_then(Value::as_text).unwrap_or_default()
    }

    /// A wording with values in the place of its `{names}`.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let value = |name: &str| values.iter().find(|(known, _)| *known == name);
        fill(self.get(key), |name| value(name).map(|(_, value)| (*value).to_owned()))
    }

    /// A name and what is said of it.
    pub fn named(&self, name: &str, about: &str) -> String {
        self.fill("named", &[("name", name), ("about", about)])
    }

    /// The reason why there is no figure.
    pub fn reason(&self, reason: Option<&str>) -> &'static str {
        let key = format!("reason.{}", reason.unwrap_or("no-answers"));
        let words = self.get(&key);
        if words.is_empty() { self.get("reason.other") } else { words }
    }

    /// A score's figure in its unit.
    pub fn value(&self, score: &Score, value: f64) -> String {
        match score.unit {
            Unit::Points => signed(value, 0),
            Unit::Share => percent(value),
            Unit::Mean if score.small => decimals(value, 1),
            Unit::Mean => decimals(value, 2),
        }
    }

    /// A change of a score in its unit.
    pub fn difference(&self, score: &Score, value: f64) -> String {
        match score.unit {
            Unit::Points => signed(value, 0),
            Unit::Share => self.fill("share.change", &[("points", &signed(100.0 * value, 0))]),
            Unit::Mean => signed(value, 2),
        }
    }

    /// A figure with its interval, or why there is none.
    pub fn figure(&self, score: &Score, figure: &Figure) -> String {
        let Some(value) = figure.value else {
            return self.reason(figure.reason).to_owned();
        };
        let value = self.value(score, value);
        match figure.ci95 {
            Some([low, high]) => {
                let (low, high) = (self.value(score, low), self.value(score, high));
                format!("{value} ({low} – {high})")
            }
            None => value,
        }
    }
}

/// So many places behind the point, half away from zero.
pub fn decimals(number: f64, places: i32) -> String {
    let factor = 10_f64.powi(places);
    let rounded = (number.abs() * factor).round() / factor;
    let mut text = number_text(rounded);
    if places > 0 {
        if !text.contains('.') {
            text.push('.');
        }
        let behind = text.len() - text.find('.').unwrap_or(text.len()) - 1;
        text.extend(std::iter::repeat_n('0', (places as usize).saturating_sub(behind)));
    }
    if number < 0.0 && rounded != 0.0 { format!("−{text}") } else { text }
}

fn signed(number: f64, places: i32) -> String {
    let text = decimals(number, places);
    let positive = number > 0.0 && !text.trim_matches(['0', '.']).is_empty();
    if positive { format!("+{text}") } else { text }
}

pub fn percent(share: f64) -> String {
    decimals(100.0 * share, 0) + "\u{a0}%"
}

/// Seconds as minutes and seconds.
pub fn clock(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_all_words() {
        let (english, chinese) = (Words::of("en"), Words::of("zh-TW"));
        assert_eq!((english.language, chinese.language), ("en", "zh-Hant"));
        assert!(english.table.len() > 60);
        let keys = |words: Words| words.table.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(english), keys(chinese));
    }

    #[test]
    fn numbers_round_half_away_from_zero() {
        assert_eq!(decimals(2.5, 0), "3");
        assert_eq!(decimals(-2.5, 0), "−3");
        assert_eq!(decimals(-0.04, 1), "0.0");
        assert_eq!(decimals(4.0, 2), "4.00");
        assert_eq!(signed(0.2, 0), "0");
        assert_eq!(signed(12.0, 0), "+12");
        assert_eq!(percent(0.685), "69\u{a0}%");
        assert_eq!(clock(125), "2:05");
    }
}
