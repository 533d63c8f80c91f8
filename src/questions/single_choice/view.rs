//! Radio buttons as cards.

use leptos::prelude::*;

use super::SingleChoice;
use crate::ui::kit::{Field, Frame, choice_card, choice_list, group, other_card, radio};
use crate::value::Value;

pub fn view(options: &SingleChoice, field: Field) -> AnyView {
    let choices = options.choices.iter().enumerate();
    let mut cards: Vec<AnyView> = choices
        .map(|(index, choice)| {
            choice_card(field, radio(field, index, choice.value.clone()), choice).into_any()
        })
        .collect();
    if options.show_other {
        let input = radio(field, cards.len(), Value::from("other"));
        let chosen = move || field.value().as_text() == Some("other");
        cards.extend(other_card(field, input, options.other_text.as_ref(), chosen));
    }
    group(Frame::new(field).clearable(), "radiogroup", choice_list(options.columns, cards))
}
