//! The browser's own field for dates and times.

use super::Date;
use crate::ui::kit::{Field, Frame, View, Words, bind, element, labelled, text_value};

pub fn view(options: &Date, field: Field) -> View {
    let (min, max) = (options.min.clone(), options.max.clone());
    let input = element("input")
        .part("input")
        .set("type", options.input_type.as_str())
        .live("min", move || min.clone())
        .live("max", move || max.clone());
    let input = bind(field, input, text_value);
    labelled(Frame::new(field).hint(hint(options, field)), input, |input| {
        element("div").part("date").child(input)
    })
}

/// The limits in words.
fn hint(options: &Date, field: Field) -> Option<Words> {
    let key = match (&options.min, &options.max) {
        (Some(_), Some(_)) => "question.date.between",
        (Some(_), None) => "question.date.from",
        (None, Some(_)) => "question.date.until",
        (None, None) => return None,
    };
    let text = |limit: &Option<String>| limit.clone().unwrap_or_default();
    let parameters = [("min", text(&options.min)), ("max", text(&options.max))];
    Some(Box::new(move || field.phrase(key, &parameters)))
}
