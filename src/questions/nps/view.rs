//! Eleven steps from 0 to 10.

use super::Nps;
use crate::text::Text;
use crate::ui::kit::{Element, Field, Frame, View, Words, element, ends, group, step, step_row};
use crate::value::Value;

pub fn view(options: &Nps, field: Field) -> View {
    let low = options.min_description.as_ref();
    let high = options.max_description.as_ref();
    let steps: Vec<Element> = (0..=10)
        .map(|number: i32| {
            let name: Words = match number {
                0 => end(field, low, "question.nps.min", "0"),
                10 => end(field, high, "question.nps.max", "10"),
                _ => Box::new(move || number.to_string()),
            };
            let face = element("span").part("step-number").child(number.to_string());
            step(field, number as usize, Value::from(number), name, face)
        })
        .collect();
    let ends =
        ends(end(field, low, "question.nps.min", "0"), end(field, high, "question.nps.max", "10"));
    let scale = element("div").part("scale").child(step_row("numbers", steps)).child(ends);
    group(Frame::new(field).clearable(), "radiogroup", scale)
}

/// What an end of the scale means, with its number.
fn end(field: Field, own: Option<&Text>, key: &'static str, number: &'static str) -> Words {
    let own = own.cloned();
    Box::new(move || {
        let text = own.as_ref().map_or_else(|| field.word(key), |text| field.text(text));
        field.phrase("question.rating.end", &[("value", number.to_owned()), ("text", text)])
    })
}
