//! Hold a value that respondents do not see, such as where they came from.

#[cfg(feature = "ui")]
pub mod view;

use super::{QuestionType, scalar_text};
use crate::definition::definition;
use crate::issue::Issue;
use crate::text::Language;
use crate::value::Value;

definition! {
    /// Hold a value that respondents do not see.
    pub struct Hidden {}
}

impl QuestionType for Hidden {
    fn check(&self, _: &Value, _: &mut Vec<Issue>) {}

    /// Nobody could give what is missing.
    fn missing(&self, _: &Value) -> Option<Issue> {
        None
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        scalar_text(answer)
    }
}
