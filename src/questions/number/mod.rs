//! Give a number. The answer is a number; what is typed but is none stays text and is refused.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use super::choice::scalar_text;
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Value, number_text, parse_number};

definition! {
    /// Give a number.
    pub struct Number {
        /// The smallest number allowed.
        pub min "min": Option<f64>,
        /// The largest number allowed.
        pub max "max": Option<f64>,
        /// Whether only whole numbers are allowed.
        pub whole "whole": bool,
        /// What is counted, shown behind the field.
        pub unit "unit": Option<Text>,
        /// An example inside the empty field.
        pub placeholder "placeholder": Option<Text>,
    }
}

impl Number {
    /// The answer for what was typed: a number where it is one, full-width digits included.
    pub fn parse(typed: &str) -> Value {
        let narrow: String = typed.trim().chars().map(narrow_digit).collect();
        if narrow.is_empty() {
            return Value::Null;
        }
        let number = parse_number(&narrow).filter(|number| number.is_finite());
        number.map_or_else(|| Value::from(typed), Value::Number)
    }
}

fn narrow_digit(typed: char) -> char {
    match typed {
        '０'..='９' => char::from(b'0' + (typed as u32 - '０' as u32) as u8),
        '．' | ',' | '，' => '.',
        '－' => '-',
        other => other,
    }
}

impl QuestionType for Number {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(number) = answer.as_number() else {
            issues.push(Issue::new(Code::NotANumber));
            return;
        };
        if self.whole && number.fract() != 0.0 {
            issues.push(Issue::new(Code::NotWhole));
        }
        if let Some(min) = self.min.filter(|min| number < *min) {
            issues.push(Issue::new(Code::TooSmall).with("min", number_text(min)));
        }
        if let Some(max) = self.max.filter(|max| number > *max) {
            issues.push(Issue::new(Code::TooLarge).with("max", number_text(max)));
        }
    }

    fn tidied(&self, answer: Value, _: &Value) -> Value {
        match &answer {
            Value::Text(text) => parse_number(text.trim()).map_or(Value::Null, Value::Number),
            _ => answer,
        }
    }

    fn is_beyond(&self, answer: &Value) -> bool {
        let number = answer.as_number();
        let below = |limit: f64| number.is_some_and(|number| number < limit);
        let above = |limit: f64| number.is_some_and(|number| number > limit);
        self.min.is_some_and(below) || self.max.is_some_and(above)
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        scalar_text(answer)
    }

    fn texts(&self) -> Vec<&Text> {
        self.unit.iter().chain(&self.placeholder).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            log.error("contradiction", &place.key("max"), "`max` must not be below `min`");
        }
    }
}
