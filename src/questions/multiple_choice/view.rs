//! Checkboxes as cards, or a list that unfolds.

use std::sync::Arc;

use super::MultipleChoice;
use crate::questions::Choice;
use crate::ui::kit::{
    Element, Field, Frame, View, Words, card, choice_cards, choice_list, group, inline_prose,
    toggle,
};
use crate::value::Value;

pub fn view(options: &MultipleChoice, field: Field) -> View {
    let options = Arc::new(options.clone());
    let frame = match hint(&options, field) {
        Some(hint) => Frame::new(field).hint(Some(hint)),
        None => Frame::new(field).hint_unless_described(field.label("question.choice.any")),
    };
    #[cfg(not(lean))]
    if options.looks.look == crate::questions::Look::Dropdown {
        let toggled = options.clone();
        let choose = move |value: &Value| {
            field.set(toggled.toggled(&field.value(), value, !is_chosen(field, value)));
        };
        return crate::ui::kit::dropdown(frame, &*options, true, choose);
    }
    let mut cards: Vec<View> = Vec::new();
    if options.show_all {
        cards.push(all_card(&options, field).into());
    }
    let first = cards.len();
    cards.extend(choice_cards(field, &options.looks, &options.list.choices, &|index, choice| {
        checkbox(&options, field, first + index, choice)
    }));
    group(frame, "group", choice_list(&options.looks, cards))
}

/// The card that chooses everything at once.
fn all_card(options: &Arc<MultipleChoice>, field: Field) -> Element {
    let (shown, asked) = (options.clone(), options.clone());
    let chosen = move || shown.all_chosen(&field.value());
    let choose = move |on| field.set(asked.toggled_all(&field.value(), on));
    let input = toggle(field, "checkbox", 0, options.may_choose_all(), chosen, choose);
    let words = match &options.all_text {
        Some(text) => inline_prose(field, text),
        None => field.label("question.choice.all").into(),
    };
    card(input, words, None)
}

fn is_chosen(field: Field, value: &Value) -> bool {
    field.value().as_list().is_some_and(|chosen| chosen.contains(value))
}

fn checkbox(options: &Arc<MultipleChoice>, field: Field, index: usize, choice: &Choice) -> Element {
    let options = options.clone();
    let (shown, value) = (choice.value.clone(), choice.value.clone());
    let chosen = move || is_chosen(field, &shown);
    let choose = move |on| field.set(options.toggled(&field.value(), &value, on));
    toggle(field, "checkbox", index, choice.enabled, chosen, choose)
        .live("aria-invalid", move || field.is_invalid().then(|| "true".to_owned()))
}

/// How many may be chosen, in words.
fn hint(options: &MultipleChoice, field: Field) -> Option<Words> {
    let (min, max) = (options.min, options.max);
    let key = match (min, max) {
        (0, 0) => return None,
        (_, 0) => "question.choice.at-least",
        (0, _) => "question.choice.at-most",
        _ => "question.choice.between",
    };
    let parameters = [("min", min.to_string()), ("max", max.to_string())];
    Some(Box::new(move || field.phrase(key, &parameters)))
}
