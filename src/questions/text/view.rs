//! The control that a respondent uses.

use leptos::prelude::*;

use super::TextAnswer;
use crate::ui::kit::Field;

pub fn view(_options: &TextAnswer, _field: Field) -> AnyView {
    ().into_any()
}
