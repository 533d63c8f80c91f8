//! The answer is a number within limits.

use super::ValidatorType;
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::value::{Value, number_text, parse_number};

definition! {
    /// The answer is a number within limits.
    pub struct NumberValidator {
        /// The smallest number that is fit.
        pub min "min": Option<f64>,
        /// The largest number that is fit.
        pub max "max": Option<f64>,
    }
}

impl ValidatorType for NumberValidator {
    fn check(&self, answer: &Value) -> Option<Issue> {
        let number = answer.as_number().or_else(|| parse_number(answer.as_text()?.trim()));
        let Some(number) = number.filter(|number| number.is_finite()) else {
            return Some(Issue::new(Code::NotANumber));
        };
        if let Some(min) = self.min.filter(|min| number < *min) {
            return Some(Issue::new(Code::TooSmall).with("min", number_text(min)));
        }
        let max = self.max.filter(|max| number > *max)?;
        Some(Issue::new(Code::TooLarge).with("max", number_text(max)))
    }

    fn lint(&self, place: &Place, log: &Log) {
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            log.error("contradiction", &place.key("max"), "`max` must not be below `min`");
        }
    }
}
