//! Where the keyboard and the screen go after something moved the respondent on.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{DocumentFragment, Element as Node, HtmlElement};
use wasm_bindgen::JsCast;

use super::controller::Controller;
use super::kit::Element;

/// What can be focused inside a question, the part that is wrong first.
const WRONG: &str = "[data-open] input, .write-in [aria-invalid]";

/// A heading that takes the focus if the respondent was just moved to it.
pub fn takes_focus(controller: Controller, heading: Element) -> Element {
    heading.set("tabindex", "-1").effect(move |heading| {
        if controller.takes_focus() {
            let heading = heading.clone();
            // Not before it is in the page.
            queue_microtask(move || focus_heading(&heading));
        }
    })
}

fn focus_heading(heading: &Node) {
    let survey = heading.closest(".survey").ok().flatten();
    if let Some(survey) = survey.filter(|survey| survey.get_bounding_client_rect().top() < 0.0) {
        survey.scroll_into_view();
    }
    focus(heading);
}

fn focus(element: &Node) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the focus to what stands around the origin of an event.
#[cfg(not(lean))]
pub fn focus_around(event: &Event, selector: &str) {
    let origin = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
    if let Some(around) = origin.and_then(|origin| origin.closest(selector).ok().flatten()) {
        focus(&around);
    }
}

/// Goes from a link in the error summary to the control with this id, or what is wrong in it.
///
/// The browser's own jump knows nothing of shadow roots.
pub fn focus_question(event: &Event, id: &str) {
    let link = event.current_target().and_then(|target| target.dyn_into::<Node>().ok());
    let Some(link) = link else { return };
    let root = link.get_root_node();
    let control = match root.dyn_ref::<DocumentFragment>() {
        Some(shadow) => shadow.get_element_by_id(id),
        None => document().get_element_by_id(id),
    };
    let Some(control) = control else { return };
    let question = control.closest(".question").ok().flatten();
    let wrong = question.and_then(|question| question.query_selector(WRONG).ok().flatten());
    focus(&wrong.unwrap_or(control));
}
