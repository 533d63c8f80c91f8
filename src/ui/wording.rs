//! Small views that change in place, of one type each.

use super::controller::Controller;
use super::kit::{View, Words, prose_from};
use crate::text::Text;

impl Controller {
    /// Askwell's own wording, changing in place.
    pub fn label(self, key: &'static str) -> Words {
        Box::new(move || self.word(key))
    }

    /// A heading of the survey, changing in place.
    pub fn title(self, text: &Text) -> Words {
        let text = text.clone();
        Box::new(move || self.text(&text))
    }

    /// A longer text of the survey as paragraphs and lists, changing in place.
    pub fn prose(self, text: &Text) -> View {
        let text = text.clone();
        let source = Box::new(move || self.heading(&text));
        prose_from(source, Box::new(move |wording| self.fill(wording)))
    }
}
