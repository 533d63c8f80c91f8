//! Several questions under one title. Their answers stand beside each other, not nested.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::{Log, Place, Read, Shape, definition};
use crate::issue::Issue;
use crate::text::Language;
use crate::value::Value;

/// The questions inside. The survey reads them, since it knows how questions are read.
#[derive(Clone, Debug)]
pub struct Inside;

impl Read for Inside {
    fn read(_: &Value, _: &Place, _: &Log) -> Option<Self> {
        Some(Inside)
    }

    fn shape() -> Shape {
        Shape::Named("questions")
    }
}

definition! {
    /// Several questions under one title.
    pub struct Panel {
        /// The questions inside.
        pub questions "questions": Inside,
    }
}

impl QuestionType for Panel {
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
