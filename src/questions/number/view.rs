//! The control that a respondent uses.

use leptos::prelude::*;

use super::Number;
use crate::ui::kit::Field;

pub fn view(_options: &Number, _field: Field) -> AnyView {
    ().into_any()
}
