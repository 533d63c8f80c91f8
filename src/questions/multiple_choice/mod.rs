//! Choose any of several. The answer is a list of values, in the order of the choices.

#[cfg(feature = "ui")]
pub mod view;

use super::single_choice::display_choice;
use super::{Choice, QuestionType, choice};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Choose any of several.
    pub struct MultipleChoice {
        /// What there is to choose from.
        pub choices "choices": Vec<Choice>,
        /// Offers "other", to be written out.
        pub show_other "showOtherItem": bool,
        /// What "other" is called.
        pub other_text "otherText": Option<Text>,
        /// The fewest that may be chosen, once anything is.
        pub min "minSelectedChoices": u32 = 0,
        /// The most that may be chosen; 0 for no limit.
        pub max "maxSelectedChoices": u32 = 0,
        /// In how many columns a wide screen shows the choices.
        pub columns "colCount": u32 = 1,
    }
}

impl MultipleChoice {
    /// The answer after one choice was switched on or off: in the order of the choices,
    /// "other" last, and exclusive choices alone.
    pub fn toggled(&self, answer: &Value, value: &Value, on: bool) -> Value {
        let before = answer.as_list().unwrap_or_default();
        let is_exclusive =
            |value: &Value| choice::find(&self.choices, value).is_some_and(|c| c.exclusive);
        let alone = on && is_exclusive(value);
        let keeps = |candidate: &Value| {
            if candidate == value {
                on
            } else {
                before.contains(candidate) && !alone && !(on && is_exclusive(candidate))
            }
        };
        let other = Value::from("other");
        let all = self.choices.iter().map(|choice| &choice.value);
        let all = all.chain(self.show_other.then_some(&other));
        let chosen: Vec<Value> = all.filter(|value| keeps(value)).cloned().collect();
        if chosen.is_empty() { Value::Null } else { Value::List(chosen) }
    }
}

impl QuestionType for MultipleChoice {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(chosen) = answer.as_list() else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        let known = |value: &Value| {
            (self.show_other && value.as_text() == Some("other"))
                || choice::find(&self.choices, value).is_some()
        };
        let repeated = chosen.iter().enumerate().any(|(i, value)| chosen[..i].contains(value));
        if repeated || !chosen.iter().all(known) {
            issues.push(Issue::new(Code::NotAChoice));
        }
        let exclusive =
            |value: &Value| choice::find(&self.choices, value).is_some_and(|c| c.exclusive);
        if chosen.len() > 1 && chosen.iter().any(exclusive) {
            issues.push(Issue::new(Code::NotAlone));
        }
        if chosen.len() < self.min as usize {
            issues.push(Issue::new(Code::TooFew).with("min", self.min));
        }
        if self.max > 0 && chosen.len() > self.max as usize {
            issues.push(Issue::new(Code::TooMany).with("max", self.max));
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let words = |value: &Value| {
            display_choice(
                &self.choices,
                self.show_other,
                self.other_text.as_ref(),
                value,
                language,
            )
        };
        let chosen: Vec<String> = answer.as_list().unwrap_or_default().iter().map(words).collect();
        chosen.join(", ")
    }

    fn other(&self) -> Option<&'static str> {
        self.show_other.then_some("other")
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.choices).chain(&self.other_text).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        choice::lint(&self.choices, "choices", place, log);
        let offered = self.choices.len() + usize::from(self.show_other);
        if self.max > 0 && self.min > self.max || self.min as usize > offered {
            let place = place.key("minSelectedChoices");
            log.error("contradiction", &place, "more choices are asked for than may be chosen");
        }
    }
}
