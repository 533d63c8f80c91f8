//! Radio buttons and checkboxes, as inputs and as cards.

use super::{Element, Field, element, inline_prose, write_in};
use crate::questions::Choice;
use crate::value::Value;
use leptos::prelude::*;

/// A native radio button or checkbox. The first of a question carries the question's own id,
/// so that an error summary finds it.
pub fn toggle(
    field: Field,
    kind: &'static str,
    index: usize,
    chosen: impl Fn() -> bool + Send + 'static,
    choose: impl Fn(bool) + Send + 'static,
) -> Element {
    let id = if index == 0 { field.id() } else { field.part_id(&index.to_string()) };
    element("input")
        .set("type", kind)
        .set("id", id)
        .property("checked", chosen)
        .flag("disabled", move || field.is_read_only())
        .on("change", move |event| choose(event_target_checked(&event)))
}

/// A radio button that stands for one value of the answer.
pub fn radio(field: Field, index: usize, value: Value) -> Element {
    let chosen = value.clone();
    let chosen = move || field.value() == chosen;
    toggle(field, "radio", index, chosen, move |_| field.set(value.clone())).set("name", field.id())
}

/// An input with its words, as a card that can be tapped anywhere.
pub fn card(input: Element, text: impl IntoAny, description: Option<AnyView>) -> Element {
    let description =
        description.map(|text| element("span").part("choice-description").child(text));
    let words = element("span").part("choice-text").child(text).child(description);
    element("label").part("choice").child(input).child(words)
}

/// The words of a choice on its card.
pub fn choice_card(field: Field, input: Element, choice: &Choice) -> Element {
    let description = choice.description.as_ref().map(|text| inline_prose(field, text));
    card(input, inline_prose(field, &choice.text), description)
}

/// The card of "other", and below it, once it is chosen, the field to write it out.
pub fn other_card(
    field: Field,
    input: Element,
    text: Option<&crate::text::Text>,
    chosen: impl Fn() -> bool + Send + Sync + 'static,
) -> Vec<AnyView> {
    let words = match text {
        Some(text) => field.words(text),
        None => field.label("question.choice.other"),
    };
    let chosen = Memo::new(move |_| chosen());
    let field_to_write = move || chosen.get().then(|| write_in(field));
    vec![card(input, words, None).into_any(), field_to_write.into_any()]
}

/// Cards below each other, in several columns where there is room for them.
pub fn choice_list(columns: u32, cards: Vec<AnyView>) -> Element {
    element("div")
        .part("choices")
        .variable("--columns", columns.clamp(1, 4).to_string())
        .child(cards)
}
