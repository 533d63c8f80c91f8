//! How likely to recommend, from 0 to 10. The answer is a whole number.

#[cfg(feature = "ui")]
pub mod view;

use super::{QuestionType, Scale, choice};
use crate::definition::definition;
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// How likely to recommend, from 0 to 10.
    pub struct Nps {
        /// What 0 means; "not at all likely" where absent.
        pub min_description "minRateDescription": Option<Text>,
        /// What 10 means; "extremely likely" where absent.
        pub max_description "maxRateDescription": Option<Text>,
    }
}

impl QuestionType for Nps {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let valid = |number: f64| number.fract() == 0.0 && (0.0..=10.0).contains(&number);
        if !answer.as_number().is_some_and(valid) {
            issues.push(Issue::new(Code::NotAChoice));
        }
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        choice::scalar_text(answer)
    }

    fn scale(&self) -> Option<Scale> {
        Some(Scale::whole(0, 10))
    }

    fn texts(&self) -> Vec<&Text> {
        self.min_description.iter().chain(&self.max_description).collect()
    }
}
