//! Choose one of several. The answer is the value of the choice.

#[cfg(feature = "ui")]
pub mod view;

use super::choice_list::{ChoiceList, Looks, SpecialChoices};
use super::items::{Items, Part};
use super::{Choice, QuestionType, choice};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Choose one of several.
    pub struct SingleChoice {
        ..pub list: ChoiceList,
        ..pub special: SpecialChoices,
        ..pub looks: Looks,
    }
}

impl QuestionType for SingleChoice {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        if choice::find(&self.list.choices, answer).is_none() {
            issues.push(Issue::new(Code::NotAChoice));
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        choice::display(&self.list.choices, answer, language)
    }

    fn special(&self) -> Option<&SpecialChoices> {
        Some(&self.special)
    }

    fn looks(&self) -> Option<&Looks> {
        Some(&self.looks)
    }

    fn choice_list(&self) -> Option<&ChoiceList> {
        Some(&self.list)
    }

    fn items(&self) -> Vec<Items<'_>> {
        vec![self.list.items()]
    }

    fn offer(&mut self, _: Part, list: Vec<Choice>) {
        self.list.choices = list;
    }

    fn retained(&self, answer: &Value) -> Value {
        match choice::find(&self.list.choices, answer) {
            Some(_) => answer.clone(),
            None => Value::Null,
        }
    }

    fn tidied(&self, answer: Value, _: &Value) -> Value {
        choice::as_offered(&self.list.choices, answer)
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.list.choices).chain(&self.looks.placeholder).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        self.list.lint(place, log);
        self.special.lint(&self.list.choices, place, log);
    }

    fn complete(&mut self) {
        self.list.complete(self.special.offered());
    }
}
