//! A question while it is visible, and the words for its issues.

use leptos::prelude::*;

use super::Field;
use crate::issue::{Code, Issue};

/// The words for an issue: the author's own where the validator has some.
pub fn issue_text(field: Field, issue: &Issue) -> String {
    let own = issue.validator.and_then(|index| {
        field.model(|model| model.source.validators.get(index)?.source.text.clone())
    });
    let own = own.or_else(|| match issue.code {
        Code::Required => field.model(|model| model.source.required_text.clone()),
        _ => None,
    });
    own.map(|text| field.text(&text)).unwrap_or_else(|| {
        let key = String::from("issue.") + issue.code.as_str();
        field.phrase(&key, &issue.parameters)
    })
}

/// A question with everything around it; nothing while it is hidden.
pub fn question_view(field: Field) -> AnyView {
    // A memo, because a control must not be built anew with each answer: it would lose focus.
    let visible = Memo::new(move |_| field.is_visible());
    (move || visible.get().then(|| control(field))).into_any()
}

fn control(field: Field) -> Option<AnyView> {
    // Untracked, so that whatever a control reads while it is built does not build it anew.
    field.model(|model| Some(untrack(|| model.kind.view(field))))
}
