//! Choose one of several. The answer is the value of the choice.

#[cfg(feature = "ui")]
pub mod view;

use super::{Choice, QuestionType, choice};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Choose one of several.
    pub struct SingleChoice {
        /// What there is to choose from.
        pub choices "choices": Vec<Choice>,
        /// Offers "other", to be written out.
        pub show_other "showOtherItem": bool,
        /// What "other" is called.
        pub other_text "otherText": Option<Text>,
        /// In how many columns a wide screen shows the choices.
        pub columns "colCount": u32 = 1,
    }
}

impl QuestionType for SingleChoice {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let other = self.show_other && answer.as_text() == Some("other");
        if !other && choice::find(&self.choices, answer).is_none() {
            issues.push(Issue::new(Code::NotAChoice));
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        display_choice(&self.choices, self.show_other, self.other_text.as_ref(), answer, language)
    }

    fn other(&self) -> Option<&'static str> {
        self.show_other.then_some("other")
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.choices).chain(&self.other_text).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        choice::lint(&self.choices, "choices", place, log);
    }
}

/// The words for one chosen value, "other" included.
pub fn display_choice(
    choices: &[Choice],
    show_other: bool,
    other_text: Option<&Text>,
    value: &Value,
    language: &Language,
) -> String {
    if show_other && value.as_text() == Some("other") {
        return match other_text {
            Some(text) => language.text(text).to_owned(),
            None => language.word("question.choice.other").to_owned(),
        };
    }
    choice::display(choices, value, language)
}
