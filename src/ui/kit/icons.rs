//! Icons as inline SVG. They stand beside words and are hidden from screen readers.

use super::{Element, svg_element};
use crate::value::number_text;

fn icon(part: &'static str) -> Element {
    svg_element("svg")
        .part(part)
        .set("viewBox", "0 0 24 24")
        .set("aria-hidden", "true")
        .set("focusable", "false")
}

fn path(data: impl Into<String>) -> Element {
    svg_element("path").set("d", data)
}

/// An exclamation mark in a circle.
pub fn alert() -> Element {
    icon("icon")
        .child(path("M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zM11 7h2v6.5h-2zM11 15.5h2v2h-2z"))
}

/// A star.
pub fn star() -> Element {
    icon("star").child(path(
        "M12 2.6l2.9 5.9 6.5.95-4.7 4.6 1.1 6.45L12 17.45 6.2 20.5l1.1-6.45-4.7-4.6 6.5-.95z",
    ))
}

/// A face, from -1 for unhappy to 1 for happy.
pub fn face(mood: f64) -> Element {
    let corner = number_text(15.5 - mood);
    let middle = number_text(15.5 + 3.5 * mood);
    let mouth = ["M8 ", &corner, "Q12 ", &middle, " 16 ", &corner].concat();
    icon("face")
        .child(path("M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z"))
        .child(path("M8.5 8.6v1.6M15.5 8.6v1.6"))
        .child(path(mouth))
}

/// A sign drawn in strokes, such as an arrow on a button.
pub fn glyph(data: &'static str) -> Element {
    icon("glyph").child(path(data))
}
