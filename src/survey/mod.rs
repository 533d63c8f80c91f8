//! The survey model: what a definition means once it is loaded.
//!
//! ```
//! use askwell::survey::Survey;
//! let json = r#"{"askwell": 1, "id": "s", "pages": [{"id": "p", "questions": [
//!     {"id": "recommend", "type": "nps"},
//!     {"id": "why", "type": "text", "visibleIf": "{recomend} <= 6"}]}]}"#;
//! let diagnostics = Survey::load(json).unwrap_err();
//! assert_eq!(diagnostics[0].path_text(), "$.pages[0].questions[1].visibleIf");
//! assert_eq!(diagnostics[0].suggestion.as_deref(), Some("recommend"));
//! ```

mod compile;
mod load;
mod names;
mod order;
mod schema;
mod scoring;
pub mod source;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::expr::Expression;
use crate::questions::Kind;

pub use names::{Names, Slot};
pub use schema::schema;
pub use scoring::{ItemSource, Scoring};
use source::{PageSource, QuestionSource, SurveySource};

/// A survey, loaded and found sound: nothing in it can fail while it is answered.
#[derive(Clone, Debug)]
pub struct Survey {
    pub source: SurveySource,
    pub pages: Vec<Page>,
    /// Every question in the order of the definition, panels before what they hold.
    pub questions: Vec<Question>,
    pub scoring: Vec<Scoring>,
    /// The conditions of `source.outcomes`.
    pub outcomes: Vec<Expression>,
    names: Names,
    /// In an order in which each rule comes after all that it depends on.
    rules: Vec<Rule>,
    rule_readers: BTreeMap<u32, Vec<usize>>,
    text_readers: BTreeMap<u32, Vec<TextPlace>>,
    hash: String,
}

/// A survey with what its author should know although it loads.
#[derive(Debug)]
pub struct Loaded {
    pub survey: Survey,
    pub warnings: Vec<Diagnostic>,
}

/// A page of a survey.
#[derive(Clone, Debug)]
pub struct Page {
    pub source: PageSource,
    /// Its questions, those in panels included.
    pub questions: Range<usize>,
}

/// A question of a survey.
#[derive(Clone, Debug)]
pub struct Question {
    pub source: QuestionSource,
    pub kind: Kind,
    pub page: usize,
    /// The panel it stands in.
    pub parent: Option<usize>,
    /// One past the last question inside it; its own index plus one unless it is a panel.
    pub end: usize,
    /// The conditions of its validators.
    pub validators: Vec<Expression>,
}

/// An expression with what its value decides.
#[derive(Clone, Debug)]
pub struct Rule {
    pub target: Target,
    pub expression: Expression,
}

/// What a rule decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    PageVisible(usize),
    Visible(usize),
    Required(usize),
    Enabled(usize),
    Calculated(usize),
}

/// Where a text with `{names}` stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TextPlace {
    Question(usize),
    /// A heading of a page, of the survey, or of the thank-you page.
    Heading,
}

impl Survey {
    /// Loads a definition from JSON text.
    ///
    /// # Errors
    /// Every mistake in the definition, each with its place.
    pub fn load(json: &str) -> Result<Loaded, Vec<Diagnostic>> {
        load::load(json)
    }

    /// The question with this id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.names.question(id)
    }

    /// `sha256:` and the digest of the definition in canonical form, so that the same survey
    /// has the same hash however its file is laid out.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The language that texts fall back on.
    pub fn default_locale(&self) -> &str {
        self.source.locales.first().map_or("en", String::as_str)
    }

    /// What the names in expressions and texts stand for.
    pub fn names(&self) -> &Names {
        &self.names
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that read a slot.
    pub fn rules_reading(&self, slot: Slot) -> &[usize] {
        self.rule_readers.get(&slot.encode()).map_or(&[], Vec::as_slice)
    }

    /// The texts that show a slot.
    pub fn texts_reading(&self, slot: Slot) -> &[TextPlace] {
        self.text_readers.get(&slot.encode()).map_or(&[], Vec::as_slice)
    }
}
