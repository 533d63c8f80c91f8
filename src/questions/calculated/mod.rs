//! Show a value that is computed from other answers. The answer is that value.

mod format;
#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::{ExpressionText, Log, Place, definition, definition_words};
use crate::issue::Issue;
use crate::text::Language;
use crate::value::Value;

definition_words! {
    /// How a computed value is shown.
    pub enum DisplayStyle {
        /// As it is.
        None "none",
        /// As a number, its digits in groups.
        Number "number",
        /// As an amount of money.
        Currency "currency",
        /// A part of one as a percentage: 0.25 as 25%.
        Percent "percent",
        /// As a day, where it is a date.
        Date "date",
    }
}

definition! {
    /// Show a value that is computed from other answers.
    pub struct Calculated {
        /// How it is computed.
        pub expression "expression": ExpressionText,
        /// How it is shown, in the manner of the respondent's language.
        pub display_style "displayStyle": DisplayStyle = DisplayStyle::None,
        /// The currency as an ISO 4217 code: TWD, JPY, USD.
        pub currency "currency": Option<String>,
        /// How many decimals are shown; where absent, as many as usual: up to 3 of a number, none of a
        /// percentage, of money what the currency has.
        pub precision "precision": Option<u32>,
        /// Whether the digits of large numbers stand in groups.
        pub grouping "useGrouping": bool = true,
    }
}

/// The most decimals that can be asked for, as many as a number can have.
const MOST_DECIMALS: u32 = 20;

impl QuestionType for Calculated {
    fn check(&self, _: &Value, _: &mut Vec<Issue>) {}

    /// Nobody could give what is missing.
    fn missing(&self, _: &Value) -> Option<Issue> {
        None
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        format::format(self, answer, language)
    }

    fn computed(&self) -> Option<&ExpressionText> {
        Some(&self.expression)
    }

    fn lint(&self, place: &Place, log: &Log) {
        let is_money = self.display_style == DisplayStyle::Currency;
        let is_code =
            |code: &String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if is_money != self.currency.as_ref().is_some_and(is_code) {
            let message =
                "the style `currency` needs a `currency` such as TWD, and no other has one";
            let field = if self.currency.is_some() { "currency" } else { "displayStyle" };
            log.error("contradiction", &place.key(field), message);
        }
        let is_number =
            is_money || matches!(self.display_style, DisplayStyle::Number | DisplayStyle::Percent);
        if let Some(precision) = self.precision
            && (!is_number || precision > MOST_DECIMALS)
        {
            let message = "`precision` is 0 to 20, for numbers, currencies and percentages";
            log.error("contradiction", &place.key("precision"), message);
        }
        if !self.grouping && !is_number {
            let message = "`useGrouping` is for numbers, currencies and percentages";
            log.error("contradiction", &place.key("useGrouping"), message);
        }
    }
}
