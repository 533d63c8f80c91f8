//! A question while it is visible, and the words for its issues.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys::{DocumentFragment, Element, HtmlElement, ShadowRoot};
use wasm_bindgen::JsCast;

use super::{Field, View, live};
use crate::issue::{Code, Issue};
use crate::questions::Kind;

/// The words for an issue: the author's own where the validator has some.
pub fn issue_text(field: Field, issue: &Issue) -> String {
    let own = issue.validator.and_then(|index| {
        field.model(|model| model.source.validators.get(index)?.source.text.clone())
    });
    let own = own.or_else(|| match issue.code {
        Code::Required | Code::RequiredInside => {
            field.model(|model| model.source.required_text.clone())
        }
        code => field.model(|model| model.kind.as_type().issue_words(code).cloned()),
    });
    own.map(|text| field.text(&text)).unwrap_or_else(|| {
        let key = String::from("issue.") + issue.code.as_str();
        field.phrase(&key, &issue.parameters)
    })
}

/// A question with everything around it; nothing while it is hidden.
pub fn question_view(field: Field) -> View {
    // A memo, because a control must not be built anew with each answer: it would lose focus.
    let shown = Memo::new(move |_| field.is_visible().then(|| Offered(field.offered())));
    live(move || {
        let shown = shown.get();
        keep_focus(field);
        shown.and_then(|offered| control(field, &offered))
    })
}

/// What a question offers now; nothing where that is what its definition says.
#[derive(Clone)]
struct Offered(Option<Arc<Kind>>);

impl PartialEq for Offered {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

fn control(field: Field, offered: &Offered) -> Option<View> {
    // Untracked, so that whatever a control reads while it is built does not build it anew.
    match &offered.0 {
        Some(kind) => Some(untrack(|| kind.view(field))),
        None => field.model(|model| Some(untrack(|| model.kind.view(field)))),
    }
}

/// Where an answer changes what its own question offers, what had the focus is built anew: then
/// what stands in its place takes it.
fn keep_focus(field: Field) {
    let Some(focused) = focused() else { return };
    let id = focused.id();
    if id == field.id() || id.starts_with(&field.part_id("")) {
        let root = focused.get_root_node();
        queue_microtask(move || {
            let found = match root.dyn_ref::<DocumentFragment>() {
                Some(shadow) => shadow.get_element_by_id(&id),
                None => document().get_element_by_id(&id),
            };
            if let Some(found) = found.filter(|found| *found != focused)
                && let Some(found) = found.dyn_ref::<HtmlElement>()
            {
                let _ = found.focus();
            }
        });
    }
}

/// What has the focus, in whichever shadow root.
fn focused() -> Option<Element> {
    let mut focused = document().active_element()?;
    while let Some(inner) = focused.shadow_root().and_then(|root| active_in(&root)) {
        focused = inner;
    }
    Some(focused)
}

fn active_in(root: &ShadowRoot) -> Option<Element> {
    js_sys::Reflect::get(root, &"activeElement".into()).ok()?.dyn_into().ok()
}
