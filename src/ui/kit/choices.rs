//! Radio buttons and checkboxes, as inputs and as cards.

use super::{Element, Field, View, element, inline_prose, live, write_in};
use crate::questions::{Choice, Look, Looks, Wording};
use crate::value::Value;
use leptos::prelude::*;

/// A native radio button or checkbox. The first of a question carries the question's own id,
/// so that an error summary finds it. One that is not `open` cannot be chosen.
pub fn toggle(
    field: Field,
    kind: &'static str,
    index: usize,
    open: bool,
    chosen: impl Fn() -> bool + Send + 'static,
    choose: impl Fn(bool) + Send + 'static,
) -> Element {
    let id = if index == 0 { field.id() } else { field.part_id(&index.to_string()) };
    element("input")
        .set("type", kind)
        .set("id", id)
        .property("checked", chosen)
        .flag("disabled", move || !open || field.is_read_only())
        .on("change", move |event| choose(event_target_checked(&event)))
}

/// A radio button that stands for one value of the answer.
pub fn radio(field: Field, index: usize, open: bool, value: Value) -> Element {
    let chosen = value.clone();
    let chosen = move || field.value() == chosen;
    let choose = move |_| field.set(value.clone());
    toggle(field, "radio", index, open, chosen, choose).set("name", field.id())
}

/// An input with its words, as a card that can be tapped anywhere.
pub fn card(input: Element, text: impl Into<View>, description: Option<View>) -> Element {
    let description =
        description.map(|text| element("span").part("choice-description").child(text));
    let words = element("span").part("choice-text").child(text).child(description);
    element("label").part("choice").child(input).child(words)
}

/// What a choice is called.
pub fn choice_words(field: Field, choice: &Choice) -> View {
    match choice.wording {
        Wording::Author => inline_prose(field, &choice.text),
        Wording::Askwell(key) => field.label(key).into(),
        Wording::Plain => field.wording(&choice.text).into(),
    }
}

/// The words of a choice on its card.
pub fn choice_card(field: Field, input: Element, choice: &Choice) -> Element {
    let description = choice.description.as_ref().map(|text| inline_prose(field, text));
    card(input, choice_words(field, choice), description)
}

/// The cards of some choices with their inputs, and below that of "other", once it is chosen, the
/// field to write it out.
pub fn choice_cards(
    field: Field,
    looks: &Looks,
    choices: &[Choice],
    input: &dyn Fn(usize, &Choice) -> Element,
) -> Vec<View> {
    let mut cards = Vec::new();
    for (index, choice) in choices.iter().enumerate() {
        let input = input(index, choice);
        let card = match looks.look {
            Look::Images => image_card(field, looks, input, choice),
            _ => choice_card(field, input, choice),
        };
        cards.push(card.into());
        if is_other(choice) {
            cards.push(other_field(field));
        }
    }
    cards
}

/// A choice as an image, with its words below it or for screen readers alone.
fn image_card(field: Field, looks: &Looks, input: Element, choice: &Choice) -> Element {
    let Some(link) = &choice.image else { return choice_card(field, input, choice) };
    let shown = looks.show_label || choice.special;
    let image = element("img")
        .part("choice-image")
        .set("loading", "lazy")
        .set("decoding", "async")
        .set("src", link.clone())
        .set("alt", "");
    let words = element("span")
        .part(if shown { "choice-text" } else { "unseen" })
        .child(choice_words(field, choice));
    element("label").part("choice").child(input).child(image).child(words)
}

fn is_other(choice: &Choice) -> bool {
    choice.special && choice.value.as_text() == Some("other")
}

/// The field to write out "other", while it is chosen.
pub fn other_field(field: Field) -> View {
    let chosen = Memo::new(move |_| match field.value() {
        Value::List(chosen) => chosen.iter().any(|value| value.as_text() == Some("other")),
        value => value.as_text() == Some("other"),
    });
    live(move || chosen.get().then(|| write_in(field)))
}

/// Cards below each other, in several columns where there is room for them.
pub fn card_list(columns: u32, cards: Vec<View>) -> Element {
    element("div")
        .part("choices")
        .variable("--columns", columns.clamp(1, 6).to_string())
        .child(cards)
}

/// Cards as the author wants them to look.
pub fn choice_list(looks: &Looks, cards: Vec<View>) -> Element {
    let look = match looks.look {
        Look::List if looks.columns == 0 => Look::Buttons,
        look => look,
    };
    card_list(looks.columns, cards).set("data-look", look.as_str())
}
