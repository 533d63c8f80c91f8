//! Small views that change in place, of one type each.

use leptos::prelude::*;

use super::controller::Controller;
use super::kit::{Words, prose_from};
use crate::text::Text;

/// A view that is built anew whenever what the closure reads changes.
///
/// One boxed type for all, because each closure type in a view is compiled anew.
pub fn dynamic(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// Nothing to see.
pub fn nothing() -> AnyView {
    ().into_any()
}

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
    pub fn prose(self, text: &Text) -> AnyView {
        let text = text.clone();
        let source = Box::new(move || self.heading(&text));
        prose_from(source, Box::new(move |wording| self.fill(wording)))
    }
}
