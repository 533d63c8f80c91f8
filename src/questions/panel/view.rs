//! A section with a heading.

use leptos::prelude::*;

use super::Panel;
use crate::ui::kit::{Field, section};

pub fn view(_: &Panel, field: Field) -> AnyView {
    section(field, field.in_panel().into_iter().filter_map(|inside| field.child(inside)).collect())
}
