//! The text is an e-mail address.

use super::ValidatorType;
use crate::definition::definition;
use crate::issue::{Code, Issue};
use crate::value::Value;

definition! {
    /// The text is an e-mail address.
    pub struct EmailValidator {}
}

impl ValidatorType for EmailValidator {
    fn check(&self, answer: &Value) -> Option<Issue> {
        let fits = answer.as_text().is_none_or(is_email);
        (!fits).then(|| Issue::new(Code::NotAnEmail))
    }
}

/// A rough but kind check: a name, an `@`, and a host with a dot whose last part has two letters.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let quoted = name.len() > 2 && name.starts_with('"') && name.ends_with('"');
    let labels = host.split('.').count();
    let end_fits = host.rsplit('.').next().is_some_and(|end| end.chars().count() >= 2);
    (quoted || name.split('.').all(is_atom))
        && host.split('.').all(is_atom)
        && labels > 1
        && end_fits
}

fn is_atom(part: &str) -> bool {
    let fits = |letter: char| !letter.is_whitespace() && !"<>()[],;:@\"".contains(letter);
    !part.is_empty() && part.chars().all(fits)
}
