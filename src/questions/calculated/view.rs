//! The value in the words of the respondent's language; screen readers tell when it changes.

use super::Calculated;
use crate::ui::kit::{Field, View, Words, element, reading};

pub fn view(_: &Calculated, field: Field) -> View {
    let shown: Words = Box::new(move || field.displayed());
    reading(field, element("output").part("calculated").child(shown))
}
