//! The control that a respondent uses.

use leptos::prelude::*;

use super::YesNo;
use crate::ui::kit::Field;

pub fn view(_options: &YesNo, _field: Field) -> AnyView {
    ().into_any()
}
