//! The lists of a question that conditions can thin out and that can stand in another order.

use super::Choice;
use crate::definition::{ExpressionText, definition_words};

definition_words! {
    /// In which order a list stands.
    pub enum Order {
        /// As it is written.
        Given "none",
        /// By wording, from A to Z.
        Ascending "asc",
        /// By wording, from Z to A.
        Descending "desc",
        /// In an order that differs from respondent to respondent.
        Random "random",
    }
}

/// Which list of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Choices,
    Rows,
    Columns,
}

impl Part {
    /// The field that holds the list, and those with the conditions on its items: under which
    /// they are offered, and under which they can be chosen.
    pub fn fields(self) -> [&'static str; 3] {
        match self {
            Part::Choices => ["choices", "choicesVisibleIf", "choicesEnableIf"],
            Part::Rows => ["rows", "rowsVisibleIf", "rowsEnableIf"],
            Part::Columns => ["columns", "columnsVisibleIf", "columnsEnableIf"],
        }
    }
}

/// A list as its author wrote it.
#[derive(Clone, Copy)]
pub struct Items<'a> {
    pub part: Part,
    pub list: &'a [Choice],
    /// The condition under which an item is offered.
    pub visible_if: Option<&'a ExpressionText>,
    /// The condition under which an item can be chosen.
    pub enable_if: Option<&'a ExpressionText>,
    pub order: Order,
}
