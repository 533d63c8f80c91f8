//! Sign by hand or by typing a name. The answer is a PNG image as `data:` URL.

#[cfg(feature = "ui")]
mod pad;
#[cfg(feature = "ui")]
pub mod view;

use super::{QuestionType, data_url};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::Language;
use crate::value::Value;

definition! {
    /// Sign by hand or by typing a name.
    pub struct Signature {
        /// How wide the image is, in pixels.
        pub width "signatureWidth": u32 = 480,
        /// How high the image is, in pixels.
        pub height "signatureHeight": u32 = 160,
    }
}

impl QuestionType for Signature {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let image = answer.as_text().and_then(|url| data_url::size(url, "image/png"));
        if image.is_none_or(|size| size == 0) {
            issues.push(Issue::new(Code::WrongType));
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        match answer.is_empty() {
            true => String::new(),
            false => language.word("question.signature.signed").to_owned(),
        }
    }

    fn lint(&self, place: &Place, log: &Log) {
        let sizes = [("signatureWidth", self.width), ("signatureHeight", self.height)];
        for (field, _) in sizes.iter().filter(|(_, size)| !(50..=2000).contains(size)) {
            log.error("contradiction", &place.key(field), "a signature has 50 to 2000 pixels");
        }
    }
}
