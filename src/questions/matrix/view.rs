//! The control that a respondent uses.

use leptos::prelude::*;

use super::Matrix;
use crate::ui::kit::Field;

pub fn view(_options: &Matrix, _field: Field) -> AnyView {
    ().into_any()
}
