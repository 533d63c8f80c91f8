//! Several questions under one title. Their answers stand beside each other, not nested.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use super::contents::{Contents, Inside, QuestionOrder};
use crate::definition::definition;
use crate::issue::Issue;
use crate::text::Language;
use crate::value::Value;

definition! {
    /// Several questions under one title.
    pub struct Panel {
        /// The questions inside.
        pub questions "questions": Inside,
        /// In which order they are asked.
        pub order "questionOrder": QuestionOrder = QuestionOrder::Default,
    }
}

impl QuestionType for Panel {
    fn contents(&self) -> Contents {
        Contents::Panel
    }

    fn takes_answer(&self) -> bool {
        false
    }

    fn check(&self, _: &Value, _: &mut Vec<Issue>) {}

    fn missing(&self, _: &Value) -> Option<Issue> {
        None
    }

    fn display(&self, _: &Value, _: &Language) -> String {
        String::new()
    }
}
