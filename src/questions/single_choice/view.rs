//! Radio buttons as cards.

use leptos::prelude::*;

use super::SingleChoice;
use crate::ui::kit::{Field, Frame, choice_cards, choice_list, group, radio};

pub fn view(options: &SingleChoice, field: Field) -> AnyView {
    let cards = choice_cards(field, &options.list.choices, &|index, choice| {
        radio(field, index, choice.enabled, choice.value.clone())
    });
    group(Frame::new(field).clearable(), "radiogroup", choice_list(options.columns, cards))
}
