//! The control that a respondent uses.

use leptos::prelude::*;

use super::Consent;
use crate::ui::kit::Field;

pub fn view(_options: &Consent, _field: Field) -> AnyView {
    ().into_any()
}
