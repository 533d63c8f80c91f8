//! A line with the keyboard for numbers. What was typed stays as it was typed.

use super::Number;
use crate::ui::kit::{Field, Frame, View, Words, bind, element, labelled};
use crate::value::number_text;

pub fn view(options: &Number, field: Field) -> View {
    let keyboard = if options.whole { "numeric" } else { "decimal" };
    let placeholder = options.placeholder.clone();
    let input = element("input").part("input").set("type", "text").set("inputmode", keyboard);
    let input = bind(field, input, Number::parse)
        .live("placeholder", move || placeholder.as_ref().map(|text| field.text(text)))
        .set("autocomplete", "off");
    let unit = options.unit.as_ref().map(|text| {
        element("span").part("unit").set("id", field.part_id("unit")).child(field.words(text))
    });
    let frame = Frame::new(field).hint(hint(options, field));
    let frame = if unit.is_some() { frame.described_by("unit") } else { frame };
    labelled(frame, input, |input| element("div").part("number").child(input).child(unit))
}

/// The limits in words.
fn hint(options: &Number, field: Field) -> Option<Words> {
    let key = match (options.min, options.max) {
        (Some(_), Some(_)) => "question.number.between",
        (Some(_), None) => "question.number.at-least",
        (None, Some(_)) => "question.number.at-most",
        (None, None) if options.whole => "question.number.whole",
        (None, None) => return None,
    };
    let text = |limit: Option<f64>| limit.map(number_text).unwrap_or_default();
    let parameters = [("min", text(options.min)), ("max", text(options.max))];
    Some(Box::new(move || field.phrase(key, &parameters)))
}
