//! What every control is made of: the field it works on, and the parts it is built from.

mod arrange;
mod choices;
#[cfg(not(lean))]
mod combobox;
mod element;
mod field;
mod frame;
mod grid;
mod icons;
mod input;
mod markdown;
mod question;
mod steps;
mod view;

pub use arrange::arrange;
pub use choices::{
    card, card_list, choice_card, choice_cards, choice_list, choice_words, other_field, radio,
    toggle,
};
#[cfg(not(lean))]
pub use combobox::dropdown;
pub use element::{Element, element, svg_element};
pub use field::{Field, Host, RowChange, Words};
pub use frame::{
    Frame, bare, figure, focus_first, folding_section, group, labelled, mark, note, part_errors,
    reading, section, titled,
};
pub use grid::{columns, grid, only_shown, total_words};
pub use icons::{alert, face, glyph, star};
pub use input::{bind, bind_part, comment_area, text_value, write_in};
pub use markdown::{Fill, inline_prose, prose, prose_from};
pub use question::{issue_text, question_view};
pub use steps::{ends, fits_columns, fits_narrow_columns, step, step_row};
pub use view::{View, live, nothing};
