//! Rate on a scale. The answer is a number, or the value of one of `rateValues`.

#[cfg(feature = "ui")]
pub mod view;

use super::{Choice, QuestionType, Scale, choice};
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition_words! {
    /// How a rating looks.
    pub enum RateType {
        /// A row of numbers.
        Numbers "numbers",
        /// A list of worded steps.
        Labels "labels",
        /// Stars that fill up to the one chosen.
        Stars "stars",
        /// Faces from unhappy to happy.
        Smileys "smileys",
    }
}

definition_words! {
    /// Whether the steps of a scale differ in colour.
    pub enum ScaleColor {
        /// They do not.
        One "monochrome",
        /// From red for the lowest to green for the highest.
        Colored "colored",
    }
}

definition! {
    /// Rate on a scale of numbers, labels, stars or smileys.
    pub struct Rating {
        /// How it looks.
        pub rate_type "rateType": RateType = RateType::Numbers,
        /// The lowest number.
        pub min "rateMin": f64 = 1.0,
        /// The highest number.
        pub max "rateMax": f64 = 5.0,
        /// The distance between two numbers.
        pub step "rateStep": f64 = 1.0,
        /// The steps one by one, with wording; they stand in for the numbers.
        pub values "rateValues": Vec<Choice>,
        /// Whether numbers and smileys differ in colour.
        pub color rare "scaleColorMode": ScaleColor = ScaleColor::One,
        /// What the lowest step means.
        pub min_description "minRateDescription": Option<Text>,
        /// What the highest step means.
        pub max_description "maxRateDescription": Option<Text>,
    }
}

/// The most steps that a scale may have.
const MOST_STEPS: usize = 20;

impl Rating {
    /// The steps from lowest to highest.
    pub fn steps(&self) -> Vec<Choice> {
        if !self.values.is_empty() {
            return self.values.clone();
        }
        let mut steps = Vec::new();
        let mut number = self.min;
        while self.step > 0.0 && number <= self.max && steps.len() < MOST_STEPS {
            steps.push(Choice::plain(Value::Number(number)));
            number += self.step;
        }
        steps
    }
}

impl QuestionType for Rating {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        if choice::find(&self.steps(), answer).is_none() {
            issues.push(Issue::new(Code::NotAChoice));
        }
    }

    fn tidied(&self, answer: Value, _: &Value) -> Value {
        choice::as_offered(&self.steps(), answer)
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        choice::display(&self.values, answer, language)
    }

    fn scale(&self) -> Option<Scale> {
        // A step without a number, such as "not observed", is an answer but no rating.
        let steps = self.steps();
        let numbers: Vec<f64> = steps.iter().filter_map(|s| s.value.as_number()).collect();
        let min = numbers.iter().copied().reduce(f64::min)?;
        let max = numbers.iter().copied().reduce(f64::max)?;
        let whole = numbers.iter().all(|n| n.fract() == 0.0);
        Some(Scale { min, max, whole: whole && numbers.len() as f64 == max - min + 1.0 })
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.values)
            .chain(&self.min_description)
            .chain(&self.max_description)
            .collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        if !self.values.is_empty() {
            choice::lint(&self.values, "rateValues", place, log);
        } else if self.min >= self.max {
            log.error("contradiction", &place.key("rateMax"), "`rateMax` must be above `rateMin`");
        } else if self.step <= 0.0 {
            log.error("contradiction", &place.key("rateStep"), "`rateStep` must be above 0");
        } else if (self.max - self.min) / self.step >= MOST_STEPS as f64 {
            let message = format_args!("a scale has at most {MOST_STEPS} steps");
            log.error("contradiction", &place.key("rateMax"), message);
        }
    }
}
