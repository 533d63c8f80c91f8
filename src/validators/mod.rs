//! What authors ask of an answer beyond its type: one file each, one row each in the table below.

mod count;
mod email;
mod expression;
mod length;
mod number;
#[cfg(not(lean))]
mod pattern;

use crate::definition::{
    Log, Place, Read, Shape, as_object, check_fields, definition, definition_words, kinds, pick,
};
use crate::issue::{Issue, Level};
use crate::text::Text;
use crate::value::Value;

pub use email::is_email;
pub use expression::ExpressionValidator;

definition_words! {
    /// How much an unfit answer matters.
    pub enum Notification {
        /// It has to be changed before going on.
        Error "error",
        /// It is pointed out, and may stay.
        Warning "warning",
        /// Something worth knowing about it.
        Information "info",
    }
}

definition! {
    /// What every validator has, whatever its type.
    pub struct ValidatorSource {
        /// What to tell the respondent where the answer is unfit.
        pub text "text": Option<Text>,
        /// Whether that keeps the respondent from going on.
        pub notification "notificationType": Notification = Notification::Error,
    }
}

/// One thing that is asked of an answer.
#[derive(Clone, Debug)]
pub struct Validator {
    pub source: ValidatorSource,
    pub kind: Kind,
}

/// What a type of validator knows.
pub trait ValidatorType {
    /// What is wrong with an answer that is not empty.
    fn check(&self, answer: &Value) -> Option<Issue>;

    /// Reports options that contradict each other.
    fn lint(&self, _place: &Place, _log: &Log) {}
}

kinds! {
    /// The type-specific part of a validator.
    as ValidatorType by as_type:
    "number" number NumberValidator "The answer is a number within limits."
    "length" length LengthValidator "The text has a length within limits."
    #[cfg(not(lean))]
    "pattern" pattern PatternValidator "The text has a form."
    "email" email EmailValidator "The text is an e-mail address."
    "count" count CountValidator "So many things are chosen or given."
    "expression" expression ExpressionValidator "A condition holds; looked at without an answer too."
}

impl Validator {
    /// What is wrong with an answer; nothing where it is fit or empty. Conditions are not looked
    /// at here: whoever knows the other answers does that.
    pub fn check(&self, answer: &Value) -> Option<Issue> {
        let blank = answer.as_text().is_some_and(|text| text.trim().is_empty());
        if blank || answer.is_empty() { None } else { self.kind.as_type().check(answer) }
    }

    /// Whether an unfit answer keeps the respondent from going on.
    pub fn level(&self) -> Level {
        match self.source.notification {
            Notification::Error => Level::Error,
            Notification::Warning => Level::Warning,
            Notification::Information => Level::Information,
        }
    }
}

impl Read for Validator {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let map = as_object(value, place, log)?;
        let at = place.key("type");
        let name = match map.get("type") {
            Some(name) => String::read(name, &at, log)?,
            None => "expression".to_owned(),
        };
        let row = pick(TABLE, |row| row.name, "validator", &name, &at, log)?;
        let fields: &[&[&str]] = &[ValidatorSource::FIELDS, &["type"]];
        check_fields(map, &[fields, row.field_names].concat(), place, log);
        let source = ValidatorSource::read_fields(map, place, log);
        let kind = (row.read)(map, place, log)?;
        kind.as_type().lint(place, log);
        Some(Validator { source: source?, kind })
    }

    fn shape() -> Shape {
        Shape::Named("validator")
    }
}
