//! A line, or a box that grows with what is written. A mask brings a line into form while it is
//! typed.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::web_sys::HtmlInputElement;
use wasm_bindgen::{JsCast, JsValue};

use super::{InputType, Mask, TextAnswer};
use crate::text::Text;
use crate::ui::kit::{Element, Field, Frame, View, Words, bind, element, labelled, text_value};

pub fn view(options: &TextAnswer, field: Field) -> View {
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
    let mask = options.mask().map(Arc::new);
    let outline = mask.as_ref().map(|mask| mask.outline());
    let placeholder = options.placeholder.clone();
    let placeholder = move || match &placeholder {
        Some(text) => Some(field.text(text)),
        None => outline.clone(),
    };
    let input = input
        .part("input")
        .live("placeholder", placeholder)
        .set("autocomplete", options.autocomplete.clone().unwrap_or_else(|| "off".to_owned()));
    let input = match mask {
        Some(mask) => masked(field, input, mask),
        None => bind(field, input, text_value),
    };
    let (input, suggestions) = suggested(field, input, &options.suggestions);
    let (grows, max) = (options.lines > 1, options.max_length as usize);
    let mut frame = Frame::new(field).hint(hint);
    if max > 0 {
        frame = frame.described_by("counter");
    }
    let [prefix, suffix] = options.affixes();
    for (part, text) in [("prefix", prefix), ("suffix", suffix)] {
        frame = if text.is_some() { frame.described_by(part) } else { frame };
    }
    let [prefix, suffix] = [("prefix", prefix), ("suffix", suffix)].map(|(part, text)| {
        text.map(|text| {
            element("span").part("unit").set("id", field.part_id(part)).child(field.words(text))
        })
    });
    let short = prefix.is_some() || suffix.is_some();
    labelled(frame, input, move |input| {
        if short {
            return element("div").part("number").child(prefix).child(input).child(suffix);
        }
        let input = if grows { growing(field, input) } else { input };
        let counter = (max > 0).then(|| {
            let id = field.part_id("counter");
            element("p").part("counter").set("id", id).child(counter(field, max))
        });
        element("div").part("text").child(input).child(counter).child(suggestions)
    })
}

/// Offers the browser's own list of suggestions.
fn suggested(field: Field, input: Element, texts: &[Text]) -> (Element, Option<Element>) {
    if texts.is_empty() {
        return (input, None);
    }
    let suggestions = texts
        .iter()
        .cloned()
        .map(|text| element("option").live("value", move || Some(field.text(&text))));
    let id = field.part_id("suggestions");
    let list = element("datalist").set("id", id.clone()).children(suggestions);
    (input.set("list", id), Some(list))
}

/// Binds an input to the answer by way of a mask.
fn masked(field: Field, input: Element, mask: Arc<Mask>) -> Element {
    let keyboard = if mask.is_numeric() { "decimal" } else { "text" };
    let (shown, typed, composed) = (mask.clone(), mask.clone(), mask);
    input
        .set("inputmode", keyboard)
        .effect(move |input| {
            let (input, value): (&HtmlInputElement, _) = (input.unchecked_ref(), field.value());
            if shown.parse(&input.value()) != value {
                input.set_value(&shown.show(&value));
            }
        })
        .flag("readonly", move || field.is_read_only())
        .on("input", move |event| store(field, &typed, &event))
        .on("change", move |event| store(field, &composed, &event))
}

/// Stores what was typed, and writes it back in form with the caret where it was. While an
/// input method composes, it is left alone.
fn store(field: Field, mask: &Mask, event: &Event) {
    let Some(target) = event.target() else { return };
    let input: &HtmlInputElement = target.unchecked_ref();
    let typed = input.value();
    let composing = js_sys::Reflect::get(event, &JsValue::from_str("isComposing"));
    let masked = mask.format(&typed);
    if masked != typed && composing != Ok(JsValue::TRUE) {
        let units: Vec<u16> = typed.encode_utf16().collect();
        let caret = input.selection_start().ok().flatten().map_or(units.len(), |at| at as usize);
        let before = units.get(..caret).filter(|before| before.len() < units.len());
        input.set_value(&masked);
        if let Some(before) = before {
            let at = mask.caret(&String::from_utf16_lossy(before), &masked) as u32;
            let _ = input.set_selection_range(at, at);
        }
    }
    field.set(mask.parse(&masked));
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
