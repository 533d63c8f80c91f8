//! The wordings of a definition as a list that translators can work on, and back into the
//! definition, whose order and layout stay as its author left them.
//!
//! ```
//! use askwell::translation::{Definition, Row};
//! let json = r#"{"askwell": 1, "id": "s", "locales": ["en", "th"], "pages": [{"id": "p", "questions": [
//!     {"id": "why", "type": "text", "title": "Why?"}]}]}"#;
//! let definition = Definition::read(json).unwrap();
//! assert_eq!(definition.missing("th")[0].path, "$.pages[0].questions[0].title");
//!
//! let row = Row {
//!     path: "$.pages[0].questions[0].title".into(),
//!     source: Some("Why?".into()),
//!     language: "th".into(),
//!     text: "ทำไม".into(),
//! };
//! let translated = definition.translate(&[row]);
//! assert!(translated.findings.is_empty());
//! assert_eq!(translated.json, json.replace(r#""Why?""#, r#"{ "en": "Why?", "th": "ทำไม" }"#));
//! ```

mod edit;
mod find;
mod judge;
mod tree;

use std::fmt;

use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::survey::Survey;
use crate::text::{Piece, Text, fallbacks, pieces};
use tree::Node;

/// A definition that is sound, with the place of everything in it.
pub struct Definition<'a> {
    json: &'a str,
    root: Node,
    locales: Vec<String>,
    default: String,
}

/// A wording of a definition.
pub struct Wording<'a> {
    /// Where it stands: `$.pages[0].questions[2].title`. A choice that is written as a bare value
    /// has the path that its text will have.
    pub path: String,
    /// What is written there, by language; what is written without one is in the survey's default.
    pub text: Text,
    place: Place<'a>,
}

/// How a wording is written.
enum Place<'a> {
    /// As text, or as an object of languages.
    Written(&'a Node),
    /// As the bare value of a choice.
    Bare(&'a Node),
    /// Not at all: the value of the field `after` is shown.
    Absent { object: &'a Node, after: &'static str, field: &'static str },
}

/// One wording in one language, as a translator gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub path: String,
    /// What was translated; where it is not known, nothing is compared.
    pub source: Option<String>,
    /// A BCP 47 tag.
    pub language: String,
    /// The translation; blank where there is none yet.
    pub text: String,
}

/// Why a row was not taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// A stable kebab-case name: `unknown-path`, `changed-source`, `lost-placeholder`,
    /// `unknown-placeholder` or `contradiction`.
    pub kind: &'static str,
    pub path: String,
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.kind)
    }
}

/// A definition with translations.
pub struct Translated {
    pub json: String,
    /// How many wordings are new or other than before.
    pub taken: usize,
    pub findings: Vec<Finding>,
}

impl<'a> Definition<'a> {
    /// Reads a definition.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(json: &'a str) -> Result<Self, Vec<Diagnostic>> {
        let survey = Survey::load(json)?.survey;
        let default = survey.default_locale().to_owned();
        let no_json = || vec![Diagnostic::error("syntax", Vec::new(), "this is no JSON")];
        let root = Node::read(json).ok_or_else(no_json)?;
        Ok(Definition { json, root, locales: survey.source.locales, default })
    }

    /// The language that the survey falls back on, from which others translate.
    pub fn default_locale(&self) -> &str {
        &self.default
    }

    /// Every wording that respondents may read, in the order of the definition. What holds no
    /// letters, such as a number, says the same in every language and is left out.
    pub fn wordings(&self) -> Vec<Wording<'_>> {
        find::wordings(self.json, &self.root, &self.default)
    }

    /// The wordings that readers of a language would find in another one.
    pub fn missing(&self, locale: &str) -> Vec<Wording<'_>> {
        let mut missing = self.wordings();
        missing.retain(|wording| wording.own(locale, &self.default).is_none());
        missing
    }

    /// Warnings about texts in languages that the survey does not list, so that nobody is offered
    /// them: the list lacks one, or a tag is misspelt.
    pub fn unlisted(&self) -> Vec<Diagnostic> {
        let listed = |tag: &str| {
            let is_near = |locale: &String| {
                let among = |tags: Vec<String>, tag: &str| {
                    tags.iter().any(|known| known.eq_ignore_ascii_case(tag))
                };
                among(fallbacks(locale), tag) || among(fallbacks(tag), locale)
            };
            self.locales.is_empty() || self.locales.iter().any(is_near)
        };
        let mut warnings = Vec::new();
        for wording in self.wordings() {
            let Place::Written(node) = wording.place else { continue };
            for (tag, _) in node.entries().iter().filter(|(tag, _)| !tag.is_empty() && !listed(tag))
            {
                let path = path_of(&wording.path).chain([Step::Key(tag.clone())]).collect();
                let message = format!("`{tag}` is not among the survey's `locales`");
                let nearest = nearest(tag, self.locales.iter().map(String::as_str));
                let warning = Diagnostic::warning("unlisted-language", path, message);
                warnings.push(warning.on_key().suggest(nearest));
            }
        }
        warnings
    }

    /// Every language that the survey names or is written in, the default first.
    pub fn languages(&self) -> Vec<String> {
        let mut languages = vec![self.default.clone()];
        let wordings = self.wordings();
        let written = wordings.iter().flat_map(|wording| wording.text.languages());
        for language in self.locales.iter().map(String::as_str).chain(written) {
            if !languages.iter().any(|known| known.eq_ignore_ascii_case(language)) {
                languages.push(language.to_owned());
            }
        }
        languages
    }

    /// Puts translations into the definition, except those that would do harm.
    pub fn translate(&self, rows: &[Row]) -> Translated {
        let wordings = self.wordings();
        let (taken, findings) = judge::judge(rows, &wordings, &self.default);
        let json = edit::edit(self, &wordings, &taken);
        Translated { json, taken: taken.len(), findings }
    }
}

impl Wording<'_> {
    /// The byte of the definition at which it is written, or what is shown in its place.
    pub fn at(&self) -> usize {
        match self.place {
            Place::Written(node) | Place::Bare(node) | Place::Absent { object: node, .. } => {
                node.range.start
            }
        }
    }

    /// What was written for readers of a language: their own or a parent of it.
    pub fn own(&self, locale: &str, default: &str) -> Option<&str> {
        // What is written for `en-US` is good enough for `en` where it is the survey's default.
        let is_default = || fallbacks(default).iter().any(|tag| tag.eq_ignore_ascii_case(locale));
        let own = self.text.own(locale);
        own.or_else(|| self.text.own(default).filter(|_| is_default()))
    }

    /// What translators start from: the wording in the default language, or what stands for it.
    pub fn source(&self, default: &str) -> &str {
        self.text.in_language(default, default)
    }
}

/// The steps of a path as text.
fn path_of(path: &str) -> impl Iterator<Item = Step> {
    let parts = path.split(['.', '[']).skip(1);
    parts.map(|part| match part.strip_suffix(']').and_then(|index| index.parse().ok()) {
        Some(index) => Step::Index(index),
        None => Step::Key(part.to_owned()),
    })
}

/// Whether a text holds letters besides those of `{names}`.
fn has_words(text: &str) -> bool {
    pieces(text).iter().any(|piece| match piece {
        Piece::Literal(literal) => literal.contains(char::is_alphabetic),
        Piece::Name(_) => false,
    })
}
