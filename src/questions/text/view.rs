//! A line, or a box that grows with what is written.

use leptos::prelude::*;

use super::{InputType, TextAnswer};
use crate::ui::kit::{Element, Field, Frame, Words, bind, element, labelled, text_value};

pub fn view(options: &TextAnswer, field: Field) -> AnyView {
    let hint = match options.input_type {
        _ if options.placeholder.is_some() => None,
        InputType::Text => None,
        InputType::Email => Some(field.label("question.text.email-hint")),
        InputType::Phone => Some(field.label("question.text.phone-hint")),
        InputType::Url => Some(field.label("question.text.url-hint")),
    };
    let input = if options.lines > 1 {
        element("textarea").set("rows", options.lines.to_string())
    } else {
        let kind = options.input_type.as_str();
        element("input").set("type", kind)
    };
    let placeholder = options.placeholder.clone();
    let input = bind(field, input.part("input"), text_value)
        .live("placeholder", move || placeholder.as_ref().map(|text| field.text(text)))
        .set("autocomplete", options.autocomplete.clone().unwrap_or_else(|| "off".to_owned()));
    let (grows, max) = (options.lines > 1, options.max_length as usize);
    let frame = Frame::new(field).hint(hint);
    let frame = if max > 0 { frame.described_by("counter") } else { frame };
    labelled(frame, input, move |input| {
        let input = if grows { growing(field, input) } else { input };
        let counter = (max > 0).then(|| {
            let id = field.part_id("counter");
            element("p").part("counter").set("id", id).child(counter(field, max))
        });
        element("div").part("text").child(input).child(counter)
    })
}

/// A copy of the text below the box gives it its height: no script measures anything.
fn growing(field: Field, input: Element) -> Element {
    let text = move || field.value().as_text().map(str::to_owned);
    element("div").part("grow").live("data-text", text).child(input)
}

/// How many characters are left, once that begins to matter.
fn counter(field: Field, max: usize) -> Words {
    Box::new(move || {
        let length = field.value().as_text().map_or(0, |text| text.chars().count());
        let (key, one, count) = if length > max {
            ("question.text.over", "question.text.over.one", length - max)
        } else if (max - length) * 5 <= max {
            ("question.text.left", "question.text.left.one", max - length)
        } else {
            return String::new();
        };
        field.phrase(if count == 1 { one } else { key }, &[("count", count.to_string())])
    })
}
