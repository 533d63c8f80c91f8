//! The control that a respondent uses.

use leptos::prelude::*;

use super::Date;
use crate::ui::kit::Field;

pub fn view(_options: &Date, _field: Field) -> AnyView {
    ().into_any()
}
