//! Agree, or not, to a statement. The answer is true; taken back, it is false.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::definition;
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Agree, or not, to a statement.
    pub struct Consent {
        /// What is agreed to. Its wording is part of the record of consent.
        pub statement "statement": Text,
    }
}

impl QuestionType for Consent {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        if answer.as_bool().is_none() {
            issues.push(Issue::new(Code::WrongType));
        }
    }

    fn missing(&self, answer: &Value) -> Option<Issue> {
        (answer.as_bool() != Some(true)).then(|| Issue::new(Code::RequiredConsent))
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let key = match answer.as_bool() {
            Some(true) => "question.yes-no.yes",
            Some(false) => "question.yes-no.no",
            None => return String::new(),
        };
        language.word(key).to_owned()
    }

    fn texts(&self) -> Vec<&Text> {
        vec![&self.statement]
    }
}
