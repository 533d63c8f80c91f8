//! Write a line or several. The answer is text.

mod mask;
mod mask_settings;
#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::validators::is_email;
use crate::value::{Map, Value};

pub use mask::Mask;
pub use mask_settings::{MaskSettings, MaskType};

definition_words! {
    /// What kind of text is asked for.
    pub enum InputType {
        Text "text",
        Email "email",
        Phone "tel",
        Url "url",
    }
}

definition! {
    /// Write a line or several.
    pub struct TextAnswer {
        /// What kind of text is asked for: it decides keyboard, autofill and check.
        pub input_type "inputType": InputType = InputType::Text,
        /// Whether the answer has to be of that kind; else it decides keyboard and autofill only.
        pub check_input "checkInput": bool = true,
        /// How many lines to offer.
        pub lines "lines": u32 = 1,
        /// The fewest characters.
        pub min_length "minLength": u32 = 0,
        /// The most characters; 0 for no limit.
        pub max_length "maxLength": u32 = 0,
        /// An example inside the empty field.
        pub placeholder "placeholder": Option<Text>,
        /// The HTML autofill token, such as `name` or `email`.
        pub autocomplete "autocomplete": Option<String>,
        /// Suggestions to pick from; anything else may be written, too.
        pub suggestions rare "dataList": Vec<Text>,
        /// Which form the text is brought into while it is typed.
        pub mask_type rare "maskType": MaskType = MaskType::None,
        /// The settings of the mask.
        pub mask_settings rare "maskSettings": Option<MaskSettings>,
    }
}

impl TextAnswer {
    /// The mask, where there is one.
    pub fn mask(&self) -> Option<Mask> {
        if cfg!(lean) {
            return None;
        }
        let standard = || MaskSettings::read_fields(&Map::new(), &Place::ROOT, &Log::default());
        Mask::new(self.mask_type, &self.mask_settings.clone().or_else(standard)?)
    }

    /// Whether it is for words of the respondent's own, rather than an address, a number or a code.
    pub fn is_open(&self) -> bool {
        self.input_type == InputType::Text && self.mask_type == MaskType::None
    }

    /// What stands before and behind the field.
    pub fn affixes(&self) -> [Option<&Text>; 2] {
        let settings = self.mask_settings.as_ref().filter(|_| self.mask_type == MaskType::Currency);
        settings
            .map_or([None, None], |settings| [settings.prefix.as_ref(), settings.suffix.as_ref()])
    }
}

impl QuestionType for TextAnswer {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        if let Some(mask) = self.mask() {
            return mask.check(answer, issues);
        }
        let Some(text) = answer.as_text() else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        let kind = if self.check_input { self.input_type } else { InputType::Text };
        issues.extend(check_text(kind, (self.min_length, self.max_length), text));
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let Some(mask) = self.mask() else {
            return answer.as_text().unwrap_or_default().to_owned();
        };
        let [prefix, suffix] = self.affixes().map(|text| text.map(|text| language.text(text)));
        [prefix, Some(mask.show(answer).as_str()), suffix].into_iter().flatten().collect()
    }

    fn texts(&self) -> Vec<&Text> {
        let affixes = self.affixes().into_iter().flatten();
        self.placeholder.iter().chain(&self.suggestions).chain(affixes).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        let settings = place.key("maskSettings");
        let problem = |message: &str| log.error("contradiction", &settings, message);
        if self.mask_type == MaskType::None {
            if self.mask_settings.is_some() {
                problem("`maskSettings` need a `maskType`");
            }
            return;
        }
        let plain = self.input_type == InputType::Text && self.lines <= 1;
        if !plain || self.min_length > 0 || self.max_length > 0 {
            problem(
                "a mask alone says what fits: it goes with no other `inputType`, `lines` or length",
            );
        }
        let given = self.mask_settings.as_ref();
        let pattern = given.map(|settings| settings.pattern.as_str()).unwrap_or_default();
        let separators = given.map(|settings| (&settings.decimal, &settings.thousands));
        let is_typed = |sign: char| sign.is_alphanumeric() || mask::MINUS.contains(&sign);
        let unfit = |(decimal, thousands): (&String, &String)| {
            let wrong_length = decimal.chars().count() != 1 || thousands.chars().count() > 1;
            wrong_length
                || decimal == thousands
                || decimal.chars().chain(thousands.chars()).any(is_typed)
        };
        match self.mask_type {
            MaskType::Pattern if !pattern.contains(['9', 'a', '#']) => {
                problem(
                    "the `pattern` needs a 9 for a digit, an a for a letter, or a # for either",
                );
            }
            MaskType::DateTime if !mask::is_date_pattern(pattern) => {
                problem("the `pattern` needs a whole date or time of yyyy, mm, dd, HH, MM and ss");
            }
            _ if separators.is_some_and(unfit) => {
                problem(
                    "decimals and groups of digits need two different signs, no digits and no minus",
                );
            }
            _ => {}
        }
    }
}

/// What is wrong with a text of some kind whose length has to lie between two limits, of which
/// the upper is none where it is 0.
pub fn check_text(input_type: InputType, (min, max): (u32, u32), text: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    let length = text.chars().count();
    if length < min as usize {
        issues.push(Issue::new(Code::TooShort).with("min", min));
    }
    if max > 0 && length > max as usize {
        issues.push(Issue::new(Code::TooLong).with("max", max));
    }
    let text = text.trim();
    let wrong = match input_type {
        InputType::Text => None,
        InputType::Email => (!is_email(text)).then_some(Code::NotAnEmail),
        InputType::Phone => (!is_phone(text)).then_some(Code::NotAPhone),
        InputType::Url => (!is_url(text)).then_some(Code::NotAUrl),
    };
    issues.extend(wrong.map(Issue::new));
    issues
}

/// Digits with the usual signs between them; from 5 digits (short lines) to 15 (E.164).
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-().#".contains(c))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(' '))
}
