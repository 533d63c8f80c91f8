//! Checkboxes as cards.

use std::sync::Arc;

use leptos::prelude::*;

use super::MultipleChoice;
use crate::ui::kit::{
    Element, Field, Frame, Words, choice_card, choice_list, group, other_card, toggle,
};
use crate::value::Value;

pub fn view(options: &MultipleChoice, field: Field) -> AnyView {
    let options = Arc::new(options.clone());
    let choices = options.choices.iter().enumerate();
    let mut cards: Vec<AnyView> = choices
        .map(|(index, choice)| {
            let input = checkbox(&options, field, index, choice.value.clone());
            choice_card(field, input, choice).into_any()
        })
        .collect();
    if options.show_other {
        let other = Value::from("other");
        let input = checkbox(&options, field, cards.len(), other.clone());
        let chosen = move || is_chosen(field, &other);
        cards.extend(other_card(field, input, options.other_text.as_ref(), chosen));
    }
    let frame = match hint(&options, field) {
        Some(hint) => Frame::new(field).hint(Some(hint)),
        None => Frame::new(field).hint_unless_described(field.label("question.choice.any")),
    };
    group(frame, "group", choice_list(options.columns, cards))
}

fn is_chosen(field: Field, value: &Value) -> bool {
    field.value().as_list().is_some_and(|chosen| chosen.contains(value))
}

fn checkbox(options: &Arc<MultipleChoice>, field: Field, index: usize, value: Value) -> Element {
    let options = options.clone();
    let shown = value.clone();
    let chosen = move || is_chosen(field, &shown);
    let choose = move |on| field.set(options.toggled(&field.value(), &value, on));
    toggle(field, "checkbox", index, chosen, choose)
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
