//! Answer yes or no. The answer is true or false.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::definition;
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Answer yes or no.
    pub struct YesNo {
        /// The word for yes, where it is another.
        pub yes "labelTrue": Option<Text>,
        /// The word for no, where it is another.
        pub no "labelFalse": Option<Text>,
    }
}

impl YesNo {
    /// The word for one of the two answers.
    pub fn label<'t>(&'t self, yes: bool, language: &Language) -> &'t str {
        let (own, key) =
            if yes { (&self.yes, "question.yes-no.yes") } else { (&self.no, "question.yes-no.no") };
        own.as_ref().map_or_else(|| language.word(key), |text| language.text(text))
    }
}

impl QuestionType for YesNo {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        if answer.as_bool().is_none() {
            issues.push(Issue::new(Code::WrongType));
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        answer.as_bool().map_or_else(String::new, |yes| self.label(yes, language).to_owned())
    }

    fn texts(&self) -> Vec<&Text> {
        self.yes.iter().chain(&self.no).collect()
    }
}
