//! Fields to write in.

use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsValue;

use super::{Element, Field, View, element, inline_prose};
use crate::issue::Code;
use crate::text::Text;
use crate::value::{Value, number_text};

/// Binds an input to the answer. What is typed stays as it was typed: the input is only
/// written to where it means another answer than the one that is stored.
pub fn bind(field: Field, input: Element, parse: fn(&str) -> Value) -> Element {
    bind_part(field, input, parse, move || field.value(), move |value| field.set(value))
}

/// Binds an input to one part of the answer, or to whatever else the closures read and write.
pub fn bind_part(
    field: Field,
    input: Element,
    parse: fn(&str) -> Value,
    read: impl Fn() -> Value + Send + 'static,
    write: impl Fn(Value) + Send + 'static,
) -> Element {
    input
        .effect(move |input| show(input, &read(), parse))
        .flag("readonly", move || field.is_read_only())
        .on("input", move |event| write(parse(&event_target_value(&event))))
}

fn show(input: &web_sys::Element, value: &Value, parse: fn(&str) -> Value) {
    let name = JsValue::from_str("value");
    let typed = js_sys::Reflect::get(input, &name).ok().and_then(|typed| typed.as_string());
    if parse(&typed.unwrap_or_default()) != *value {
        let text = match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number_text(*number),
            _ => String::new(),
        };
        let _ = js_sys::Reflect::set(input, &name, &text.into());
    }
}

/// The field in which "other" is written out.
pub fn write_in(field: Field) -> Element {
    let placeholder =
        field.model(|model| model.kind.as_type().special()?.other_placeholder.clone());
    let words = field.label("question.choice.write-out");
    comment_field(field, "write-in", words.into(), placeholder)
}

/// The field for a comment, where the author wants one.
pub fn comment_area(field: Field) -> Option<Element> {
    let source = field.model(|model| model.source.comment.then(|| model.source.clone()))?;
    let words = match &source.comment_text {
        Some(text) => inline_prose(field, text),
        None => field.label("question.comment.label").into(),
    };
    Some(comment_field(field, "comment", words, source.comment_placeholder))
}

fn comment_field(
    field: Field,
    part: &'static str,
    words: View,
    placeholder: Option<Text>,
) -> Element {
    let id = field.part_id(part);
    let missing = move || field.issues().iter().any(|issue| issue.code == Code::RequiredComment);
    let input = element("input")
        .part("input")
        .set("type", "text")
        .set("id", id.clone())
        .live("placeholder", move || placeholder.as_ref().map(|text| field.text(text)))
        .live("aria-invalid", move || missing().then(|| "true".to_owned()))
        .live("aria-describedby", move || missing().then(|| field.errors_id()));
    let write = move |value| field.set_comment(value);
    let input = bind_part(field, input, text_value, move || field.comment(), write);
    let label = element("label").set("for", id).child(words);
    element("div").part(part).child(label).child(input)
}

/// The answer for what was typed, where text is asked for.
pub fn text_value(typed: &str) -> Value {
    if typed.is_empty() { Value::Null } else { Value::from(typed) }
}
