//! Radio buttons as cards, or a list that unfolds.

use super::SingleChoice;
use crate::ui::kit::{Field, Frame, View, choice_cards, choice_list, group, radio};

pub fn view(options: &SingleChoice, field: Field) -> View {
    let frame = Frame::new(field).clearable();
    #[cfg(not(lean))]
    if options.looks.look == crate::questions::Look::Dropdown {
        let choose = move |value: &crate::value::Value| field.set(value.clone());
        return crate::ui::kit::dropdown(frame, options, false, choose);
    }
    let cards = choice_cards(field, &options.looks, &options.list.choices, &|index, choice| {
        radio(field, index, choice.enabled, choice.value.clone())
    });
    group(frame, "radiogroup", choice_list(&options.looks, cards))
}
