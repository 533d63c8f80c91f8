//! The control that a respondent uses.

use leptos::prelude::*;

use super::SingleChoice;
use crate::ui::kit::Field;

pub fn view(_options: &SingleChoice, _field: Field) -> AnyView {
    ().into_any()
}
