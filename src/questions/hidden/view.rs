//! Nothing to see.

use leptos::prelude::*;

use super::Hidden;
use crate::ui::kit::Field;

pub fn view(_: &Hidden, _: Field) -> AnyView {
    ().into_any()
}
