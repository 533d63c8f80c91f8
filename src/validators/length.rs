//! The text has a length within limits.

use super::ValidatorType;
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::value::Value;

definition! {
    /// The text has a length within limits.
    pub struct LengthValidator {
        /// The fewest characters.
        pub min "minLength": u32 = 0,
        /// The most characters; 0 for no limit.
        pub max "maxLength": u32 = 0,
        /// Whether digits may stand in it.
        pub digits "allowDigits": bool = true,
    }
}

impl ValidatorType for LengthValidator {
    fn check(&self, answer: &Value) -> Option<Issue> {
        let text = answer.as_text()?;
        let length = text.chars().count();
        if !self.digits && text.contains(char::is_numeric) {
            Some(Issue::new(Code::HasDigits))
        } else if length < self.min as usize {
            Some(Issue::new(Code::TooShort).with("min", self.min))
        } else if self.max > 0 && length > self.max as usize {
            Some(Issue::new(Code::TooLong).with("max", self.max))
        } else {
            None
        }
    }

    fn lint(&self, place: &Place, log: &Log) {
        if self.max > 0 && self.min > self.max {
            let place = place.key("maxLength");
            log.error("contradiction", &place, "`maxLength` must not be below `minLength`");
        }
    }
}
