//! The control that a respondent uses.

use leptos::prelude::*;

use super::Note;
use crate::ui::kit::Field;

pub fn view(_options: &Note, _field: Field) -> AnyView {
    ().into_any()
}
