//! Questions that hold questions: the place in a definition where those stand.

use crate::definition::{Log, Place, Read, Shape, definition_words};
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

definition_words! {
    /// In which order questions are asked.
    pub enum QuestionOrder {
        /// As what stands around says.
        Default "default",
        /// As they are written.
        Initial "initial",
        /// By chance, those with `randomize` switched off staying where they are.
        Random "random",
    }
}

/// How a question holds others.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// It holds none.
    Nothing,
    /// They stand in it as they would beside it; their answers do not nest.
    Panel,
    /// They are asked once in every row, and its answer holds theirs.
    Rows {
        /// The field of the definition that lists them.
        field: &'static str,
        /// The names of the rows where they are fixed; nothing where the respondent adds them.
        names: Option<Vec<String>>,
    },
}
