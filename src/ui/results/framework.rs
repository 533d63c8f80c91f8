//! Which framework the levels come from, in which revision, and how old that is.

use super::{Element, text};
use crate::submission::rfc3339;
use crate::survey::Framework;
use crate::ui::controller::Controller;
use crate::ui::kit::element;
use crate::value::number_text;

/// Registers ask for a review after so many years.
const REVIEWED_AFTER: i32 = 3;

pub fn framework(controller: Controller) -> Option<Element> {
    let found = controller.session(|session| session.survey().source.framework.clone());
    let Framework { source, .. } = found??;
    let title = source.title.as_ref().map(|title| controller.text(title));
    let parts = [Some(source.code.clone()), title, source.revision.clone()];
    let name: Vec<String> = parts.into_iter().flatten().collect();
    let name = name.join(" · ");
    let today: Option<i32> =
        rfc3339(crate::browser::now_ms()).get(..4).and_then(|year| year.parse().ok());
    let age = today.zip(source.year()).map(|(today, year)| today - year);
    let Some(age) = age.filter(|age| *age >= 0) else {
        return Some(text("p", "framework", name));
    };
    let values = [("framework", name), ("age", number_text(f64::from(age)))];
    let old = (age >= REVIEWED_AFTER).then(|| controller.word("results.framework.old"));
    let words = text("p", "framework", controller.words("results.framework", &values));
    Some(match old {
        Some(old) => element("div").child(words).child(text("p", "framework", old)),
        None => words,
    })
}
