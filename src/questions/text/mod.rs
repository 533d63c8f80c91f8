//! Write a line or several. The answer is text.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::{definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

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
    }
}

impl QuestionType for TextAnswer {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(text) = answer.as_text() else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        issues.extend(check_text(self.input_type, (self.min_length, self.max_length), text));
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        answer.as_text().unwrap_or_default().to_owned()
    }

    fn texts(&self) -> Vec<&Text> {
        self.placeholder.iter().collect()
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

/// A rough but kind check: something before one `@`, and a host with a dot behind it.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let labels_fine = host.split('.').all(|label| !label.is_empty());
    let end_fine = host.rsplit('.').next().is_some_and(|end| end.chars().count() >= 2);
    let no_space = !text.contains(char::is_whitespace) && !host.contains('@');
    !name.is_empty() && host.contains('.') && labels_fine && end_fine && no_space
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
