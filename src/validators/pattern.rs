//! The text has a form.

use super::ValidatorType;
#[cfg(not(target_arch = "wasm32"))]
use crate::definition::Field;
use crate::definition::{Log, Place, definition};
use crate::diagnostic::Diagnostic;
use crate::issue::{Code, Issue};
use crate::pattern::Pattern;
use crate::value::{Map, Value, number_text};

definition! {
    /// The text has a form.
    pub struct PatternSource {
        /// A regular expression as in ECMAScript; it may fit anywhere in the text.
        pub regex "regex": String,
        /// Whether capitals and small letters are the same.
        pub ignore_case "caseInsensitive": bool,
    }
}

/// The text has a form; of several texts, each.
#[derive(Clone, Debug)]
pub struct PatternValidator {
    pattern: Pattern,
}

impl PatternValidator {
    pub const ALL_FIELDS: &'static [&'static [&'static str]] = PatternSource::ALL_FIELDS;
    #[cfg(not(target_arch = "wasm32"))]
    pub const ALL_RARE: &'static [&'static [&'static str]] = PatternSource::ALL_RARE;

    #[cfg(not(target_arch = "wasm32"))]
    pub fn fields() -> Vec<Field> {
        PatternSource::fields()
    }

    pub fn read_fields(map: &Map, place: &Place, log: &Log) -> Option<Self> {
        let source = PatternSource::read_fields(map, place, log)?;
        match Pattern::new(&source.regex, source.ignore_case) {
            Ok(pattern) => Some(PatternValidator { pattern }),
            Err(error) => {
                let path = place.key("regex").path();
                log.report(|| {
                    Diagnostic::error("pattern", path, error.message).spanning(error.span)
                });
                None
            }
        }
    }

    fn fits(&self, answer: &Value) -> bool {
        match answer {
            Value::Text(text) => self.pattern.fits(text),
            Value::Number(number) => self.pattern.fits(&number_text(*number)),
            Value::List(items) => items.iter().all(|item| self.fits(item)),
            _ => true,
        }
    }
}

impl ValidatorType for PatternValidator {
    fn check(&self, answer: &Value) -> Option<Issue> {
        (!self.fits(answer)).then(|| Issue::new(Code::Pattern))
    }
}
