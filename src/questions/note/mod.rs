//! Read something: title and description of the question are all there is.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::definition;
use crate::issue::Issue;
use crate::text::Language;
use crate::value::Value;

definition! {
    /// Read something; there is nothing to answer.
    pub struct Note {}
}

impl QuestionType for Note {
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
