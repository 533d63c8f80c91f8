//! Why an answer is not acceptable yet: codes with parameters, no prose.

use std::fmt;

/// One reason why an answer is not acceptable yet, without the answer itself.
///
/// The wording stands in the locale files under `issue.<code>`; `parameters` fill its
/// `{names}`. `part` names a row, an item or a cell where the issue concerns only that.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    pub code: Code,
    pub level: Level,
    pub part: Option<String>,
    pub parameters: Vec<(&'static str, String)>,
    /// Which of the question's validators found it: its author may have worded a message.
    pub validator: Option<usize>,
}

impl Issue {
    pub fn new(code: Code) -> Self {
        Issue { code, level: Level::Error, part: None, parameters: Vec::new(), validator: None }
    }

    /// The same issue with one more parameter.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.parameters.push((name, value.to_string()));
        self
    }

    /// The same issue, for one row or item of the question.
    pub fn at(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }
}

/// Whether an issue holds the respondent up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
    Information,
}

macro_rules! codes {
    ($($(#[$about:meta])* $name:ident $text:literal,)*) => {
        /// The kinds of issue; printed in kebab case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$about])* $name,)* }

        impl Code {
            /// Every code, so that a test can ask each locale for its wording.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// There is no answer, and there must be one.
    Required "required",
    /// None of the questions inside has an answer, and one must.
    RequiredInside "required-inside",
    /// Some rows have no answer; `count` says how many.
    RequiredRows "required-rows",
    /// "Other" is chosen but not written out.
    RequiredComment "required-comment",
    /// Consent is needed to go on.
    RequiredConsent "required-consent",
    /// The answer has a shape that this question never yields.
    WrongType "wrong-type",
    /// The answer is none of the choices.
    NotAChoice "not-a-choice",
    NotANumber "not-a-number",
    NotWhole "not-whole",
    /// Below `min`.
    TooSmall "too-small",
    /// Above `max`.
    TooLarge "too-large",
    NotADate "not-a-date",
    /// Before `min`.
    TooEarly "too-early",
    /// After `max`.
    TooLate "too-late",
    /// Shorter than `min` characters.
    TooShort "too-short",
    /// Longer than `max` characters.
    TooLong "too-long",
    /// Digits where none may be.
    HasDigits "has-digits",
    NotAnEmail "not-an-email",
    NotAUrl "not-a-url",
    NotAPhone "not-a-phone",
    /// Fewer than `min` choices.
    TooFew "too-few",
    /// More than `max` choices.
    TooMany "too-many",
    /// A choice that excludes the others is chosen beside them.
    NotAlone "not-alone",
    /// The same answer stands in another row too.
    NotUnique "not-unique",
    /// A file of more than `max`.
    FileTooLarge "file-too-large",
    /// A file of none of the `types`.
    FileType "file-type",
    Pattern "pattern",
    /// An author's own condition does not hold.
    Expression "expression",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
