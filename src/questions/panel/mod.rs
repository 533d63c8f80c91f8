//! Several questions under one title. Their answers stand beside each other, not nested.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use super::contents::{Contents, Inside, QuestionOrder};
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::Issue;
use crate::text::Language;
use crate::value::Value;

definition_words! {
    /// Whether a panel can be folded, and whether it is at first.
    pub enum PanelState {
        /// It cannot be folded.
        Default "default",
        /// It can, and is open.
        Expanded "expanded",
        /// It is folded.
        Collapsed "collapsed",
    }
}

definition! {
    /// Several questions under one title.
    pub struct Panel {
        /// The questions inside.
        pub questions "questions": Inside,
        /// Whether it can be folded, and whether it is at first.
        pub state rare "state": PanelState = PanelState::Default,
        /// How many columns its questions stand in where there is room.
        pub columns rare "columns": u32 = 1,
        /// In which order they are asked.
        pub order rare "questionOrder": QuestionOrder = QuestionOrder::Default,
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

    fn lint(&self, place: &Place, log: &Log) {
        if !(1..=12).contains(&self.columns) {
            log.error("contradiction", &place.key("columns"), "there are 1 to 12 columns");
        }
    }

    fn display(&self, _: &Value, _: &Language) -> String {
        String::new()
    }
}
