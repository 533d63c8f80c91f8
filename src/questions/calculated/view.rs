//! The value in the words of the respondent's language; screen readers tell when it changes.

use leptos::prelude::*;

use super::Calculated;
use crate::ui::kit::{Field, Words, element, reading};

pub fn view(_: &Calculated, field: Field) -> AnyView {
    let shown: Words = Box::new(move || field.displayed());
    reading(field, element("output").part("calculated").child(shown))
}
