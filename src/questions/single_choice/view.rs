//! Radio buttons as cards, or a list that unfolds.

use std::sync::Arc;

use leptos::prelude::*;

use super::SingleChoice;
use crate::questions::{Choice, Look};
use crate::ui::kit::{
    Combobox, Field, Frame, choice_cards, choice_list, combobox, group, other_field, radio,
};

pub fn view(options: &SingleChoice, field: Field) -> AnyView {
    let frame = Frame::new(field).clearable();
    if options.looks.look == Look::Dropdown {
        let choose = Arc::new(move |choice: &Choice| field.set(choice.value.clone()));
        let other = options.special.show_other.then(|| other_field(field));
        return combobox(
            frame.after(other),
            Combobox {
                field,
                choices: options.list.choices.clone(),
                search: options.looks.search,
                placeholder: options.looks.placeholder.clone(),
                several: false,
                choose,
            },
        );
    }
    let cards = choice_cards(field, &options.looks, &options.list.choices, &|index, choice| {
        radio(field, index, choice.enabled, choice.value.clone())
    });
    group(frame, "radiogroup", choice_list(&options.looks, cards))
}
