//! Choose a number, or a range of numbers, along a line. The answer is a number or `[low, high]`.

#[cfg(feature = "ui")]
pub mod view;

use super::{Choice, QuestionType, Scale, choice};
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Value, number_text};

definition_words! {
    /// How many numbers a slider asks for.
    pub enum SliderType {
        /// One number.
        Single "single",
        /// Both ends of a range.
        Range "range",
    }
}

definition! {
    /// Choose a number, or a range of numbers, along a line.
    pub struct Slider {
        /// How many numbers it asks for.
        pub slider_type "sliderType": SliderType = SliderType::Single,
        /// The number at the beginning of the line.
        pub min "min": f64 = 0.0,
        /// The number at its end.
        pub max "max": f64 = 100.0,
        /// The distance between two numbers.
        pub step "step": f64 = 1.0,
        /// What stands below the line, by number; both ends as numbers where it is empty.
        pub labels "customLabels": Vec<Choice>,
        /// What is counted, shown behind each number.
        pub unit "unit": Option<Text>,
    }
}

impl Slider {
    /// The numbers of an answer: one, or both ends of a range. Nothing where it holds no such.
    pub fn numbers(&self, answer: &Value) -> Option<Vec<f64>> {
        match (self.slider_type, answer) {
            (SliderType::Single, Value::Number(number)) => Some(vec![*number]),
            (SliderType::Range, Value::List(ends)) => {
                let numbers: Option<Vec<f64>> = ends.iter().map(Value::as_number).collect();
                numbers.filter(|ends| matches!(ends.as_slice(), [low, high] if low <= high))
            }
            _ => None,
        }
    }

    /// Where the thumbs stand while there is no answer: in the middle, or at both ends.
    pub fn start(&self) -> Vec<f64> {
        match self.slider_type {
            SliderType::Single => {
                let steps = ((self.max - self.min) / self.step / 2.0).floor();
                vec![self.min + steps * self.step]
            }
            SliderType::Range => vec![self.min, self.max],
        }
    }

    /// The answer after one thumb was moved. The thumbs of a range do not pass each other.
    pub fn moved(&self, answer: &Value, thumb: usize, to: f64) -> Value {
        let numbers = self.numbers(answer).unwrap_or_else(|| self.start());
        match (thumb, numbers.as_slice()) {
            (0, [_, high]) => Value::from(vec![to.min(*high), *high]),
            (_, [low, _]) => Value::from(vec![*low, to.max(*low)]),
            _ => Value::Number(to),
        }
    }

    /// The numbers of an answer in words.
    pub fn words(&self, numbers: &[f64], unit: Option<&str>) -> String {
        let numbers: Vec<String> = numbers.iter().map(|number| number_text(*number)).collect();
        let joined = numbers.join(" – ");
        unit.map_or(joined.clone(), |unit| joined + " " + unit)
    }
}

impl QuestionType for Slider {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(numbers) = self.numbers(answer) else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        if numbers.iter().any(|number| *number < self.min) {
            issues.push(Issue::new(Code::TooSmall).with("min", number_text(self.min)));
        }
        if numbers.iter().any(|number| *number > self.max) {
            issues.push(Issue::new(Code::TooLarge).with("max", number_text(self.max)));
        }
    }

    fn tidied(&self, answer: Value, _: &Value) -> Value {
        match answer {
            Value::Number(number) => Value::Number(number.max(self.min).min(self.max)),
            answer => answer,
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let unit = self.unit.as_ref().map(|unit| language.text(unit));
        self.numbers(answer).map(|numbers| self.words(&numbers, unit)).unwrap_or_default()
    }

    fn scale(&self) -> Option<Scale> {
        let whole = self.step == 1.0 && self.min.fract() == 0.0;
        let single = self.slider_type == SliderType::Single;
        single.then_some(Scale { min: self.min, max: self.max, whole })
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.labels).chain(&self.unit).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        if self.min >= self.max {
            log.error("contradiction", &place.key("max"), "`max` must be above `min`");
        } else if self.step <= 0.0 {
            log.error("contradiction", &place.key("step"), "`step` must be above 0");
        }
        let within = |label: &Choice| {
            label.value.as_number().is_some_and(|number| (self.min..=self.max).contains(&number))
        };
        if let Some(index) = self.labels.iter().position(|label| !within(label)) {
            let labels = place.key("customLabels");
            log.error("contradiction", &labels.index(index), "a label needs a number on the line");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slider(slider_type: SliderType) -> Slider {
        Slider { slider_type, min: 0.0, max: 10.0, step: 3.0, labels: Vec::new(), unit: None }
    }

    #[test]
    fn the_thumb_begins_on_a_step_near_the_middle() {
        assert_eq!(slider(SliderType::Single).start(), [3.0]);
    }

    #[test]
    fn thumbs_of_a_range_do_not_pass_each_other() {
        let range = slider(SliderType::Range);
        let first = range.moved(&Value::Null, 0, 6.0);
        assert_eq!(first.to_json(), "[6,10]");
        assert_eq!(range.moved(&first, 1, 3.0).to_json(), "[6,6]");
        assert_eq!(range.moved(&first, 0, 12.0).to_json(), "[10,10]");
    }
}
