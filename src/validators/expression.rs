//! A condition holds.

use super::ValidatorType;
use crate::definition::{ExpressionText, definition};
use crate::issue::Issue;
use crate::value::Value;

definition! {
    /// A condition holds; looked at without an answer too.
    pub struct ExpressionValidator {
        /// The condition.
        pub expression "expression": ExpressionText,
    }
}

impl ValidatorType for ExpressionValidator {
    /// The survey compiles the condition, and the session evaluates it.
    fn check(&self, _: &Value) -> Option<Issue> {
        None
    }
}
