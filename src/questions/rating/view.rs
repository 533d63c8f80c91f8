//! The control that a respondent uses.

use leptos::prelude::*;

use super::Rating;
use crate::ui::kit::Field;

pub fn view(_options: &Rating, _field: Field) -> AnyView {
    ().into_any()
}
