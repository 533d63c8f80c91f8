//! Other tools' surveys as ours. Their quirks are translated here and stay out of the engine.
//!
//! To add a tool: a module with a function that reads its documents, and a row in [`TABLE`].
//!
//! ```
//! let json = r#"{"elements": [{"type": "text", "name": "city", "width": "50%"}]}"#;
//! let converted = askwell::convert::find("surveyjs").unwrap().convert(json).unwrap();
//! assert!(askwell::survey::Survey::load(&converted.survey.to_json()).is_ok());
//! assert_eq!(converted.losses[0].to_string(), "$.elements[0].width: not carried over");
//! ```

mod repair;
mod surveyjs;

use std::fmt;

use crate::diagnostic::{Diagnostic, Step, path_text};
use crate::value::Value;

/// A tool whose surveys can be brought over.
pub struct Tool {
    /// The name on the command line.
    pub name: &'static str,
    /// Which documents are meant, in a few words.
    pub about: &'static str,
    read: fn(&Value) -> Result<Converted, Vec<Diagnostic>>,
}

/// Every tool whose surveys can be brought over.
pub static TABLE: &[Tool] = &[Tool {
    name: "surveyjs",
    about: "JSON documents of the SurveyJS Form Library, versions 1 to 3",
    read: surveyjs::convert,
}];

/// The tool of that name.
pub fn find(name: &str) -> Option<&'static Tool> {
    TABLE.iter().find(|tool| tool.name == name)
}

/// A survey that was brought over, and what of it was not.
pub struct Converted {
    /// The definition in Askwell's own format.
    pub survey: Value,
    /// In the order of the document.
    pub losses: Vec<Loss>,
}

/// Something in a document that has no effect in the converted survey, or another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// Where in the document.
    pub path: Vec<Step>,
    pub message: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", path_text(&self.path), self.message)
    }
}

impl Tool {
    /// Converts a document.
    ///
    /// # Errors
    /// Where the text is no JSON, or no document of this tool.
    pub fn convert(&self, json: &str) -> Result<Converted, Vec<Diagnostic>> {
        let document = crate::survey::parse(json).map_err(|diagnostic| vec![diagnostic])?;
        let mut converted = (self.read)(&document)?;
        repair::repair(&mut converted.survey, &mut converted.losses);
        Ok(converted)
    }
}
