//! What stands in the place of a survey that cannot be shown.

use super::kit::{Element, element};
use crate::diagnostic::Diagnostic;
use crate::locales::{direction, word};

/// Kind words for the respondent, and what is wrong for the author of the definition.
///
/// `source` is the definition's text, from which line and column are told.
pub fn broken_view(locale: &str, source: &str, diagnostics: &[Diagnostic]) -> Element {
    let items = diagnostics.iter().map(|diagnostic| {
        let text = diagnostic.render("survey.json", source);
        element("li").child(element("pre").child(text))
    });
    let list = element("ul").children(items);
    let summary = element("summary").child(word(locale, "survey.load.details"));
    let details = element("details").part("details").child(summary).child(list);
    panel(locale, "survey.load.text").child(details)
}

/// Kind words where the definition could not be fetched.
pub fn unreachable_view(locale: &str, failure: &str) -> Element {
    let details = element("p").part("details").child(failure.to_owned());
    panel(locale, "survey.load.unreachable").child(details)
}

fn panel(locale: &str, text: &str) -> Element {
    element("section")
        .set("class", "survey broken")
        .set("part", "survey broken")
        .set("lang", locale)
        .set("dir", direction(locale).as_str())
        .child(element("h2").part("title").child(word(locale, "survey.load.title")))
        .child(element("p").child(word(locale, text)))
        .child(element("p").child(word(locale, "survey.load.owner")))
}
