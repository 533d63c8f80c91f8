//! The control that a respondent uses.

use leptos::prelude::*;

use super::MultipleChoice;
use crate::ui::kit::Field;

pub fn view(_options: &MultipleChoice, _field: Field) -> AnyView {
    ().into_any()
}
