//! The control that a respondent uses.

use leptos::prelude::*;

use super::Panel;
use crate::ui::kit::Field;

pub fn view(_options: &Panel, _field: Field) -> AnyView {
    ().into_any()
}
