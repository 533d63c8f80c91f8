//! The control that a respondent uses.

use leptos::prelude::*;

use super::Nps;
use crate::ui::kit::Field;

pub fn view(_options: &Nps, _field: Field) -> AnyView {
    ().into_any()
}
