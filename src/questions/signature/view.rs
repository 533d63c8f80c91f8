//! A pad for finger, pen or mouse, and a line to type the name in for everybody else.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::Signature;
use super::pad::{Pad, Pen};
use crate::ui::kit::{Element, Field, Frame, View, element, focus_first, group, live};
use crate::value::Value;

pub fn view(options: &Signature, field: Field) -> View {
    let pen = Pen::new();
    let typed_id = field.id();
    let label = element("label")
        .part("item-title")
        .set("for", typed_id.clone())
        .child(field.label("question.signature.type"));
    let line = element("div").part("sign-typed").child(label).child(line(field, pen, typed_id));
    let control = element("div")
        .part("signature")
        .child(pad(options, field, pen))
        .child(line)
        .child(clear_button(field));
    let hint = field.label("question.signature.hint");
    group(Frame::new(field).hint(Some(hint)), "group", control)
}

fn pad(options: &Signature, field: Field, pen: Pen) -> Element {
    let named = move || match field.value().is_empty() {
        true => field.word("question.signature.pad"),
        false => field.word("question.signature.signed"),
    };
    element("canvas")
        .part("pad")
        .set("role", "img")
        .set("width", options.width.to_string())
        .set("height", options.height.to_string())
        .live("aria-label", move || Some(named()))
        .effect(move |canvas| follow(canvas, &field.value(), pen))
        .on("pointerdown", move |event| {
            if field.is_read_only() {
                return;
            }
            with_pad(&event, |pad| {
                if !pen.typed.get().is_empty() {
                    pad.clear();
                    pen.typed.set(String::new());
                }
                pad.begin(event.unchecked_ref());
                pen.down.set_value(true);
            });
        })
        .on("pointermove", move |event| {
            if pen.down.get_value() {
                with_pad(&event, |pad| pad.draw(event.unchecked_ref()));
            }
        })
        .on("lostpointercapture", move |event| {
            if pen.down.get_value() {
                pen.down.set_value(false);
                with_pad(&event, |pad| store(field, pen, pad));
            }
        })
}

/// The line to type in. Its name is written on the pad that stands before it.
fn line(field: Field, pen: Pen, id: String) -> Element {
    element("input")
        .part("input")
        .set("type", "text")
        .set("id", id)
        .set("autocomplete", "name")
        .live("aria-invalid", move || field.is_invalid().then(|| "true".to_owned()))
        .flag("readonly", move || field.is_read_only())
        .property("value", move || pen.typed.get())
        .on("input", move |event| {
            let name = event_target_value(&event);
            pen.typed.set(name.clone());
            let control = element_of(&event).and_then(|line| line.closest(".signature").ok()?);
            let canvas = control.and_then(|control| control.query_selector("canvas").ok()?);
            let Some(pad) = canvas.and_then(|canvas| Pad::of(&canvas)) else { return };
            pad.write(name.trim());
            match name.trim().is_empty() {
                true => field.set(Value::Null),
                false => store(field, pen, &pad),
            }
        })
}

fn store(field: Field, pen: Pen, pad: &Pad) {
    if let Some(image) = pad.image() {
        pen.shown.set_value(image.clone());
        field.set(Value::Text(image));
    }
}

/// Shows the answer where it comes from elsewhere: from a draft, or taken back.
fn follow(canvas: &web_sys::Element, answer: &Value, pen: Pen) {
    let image = answer.as_text().unwrap_or_default();
    if pen.shown.with_value(|shown| shown == image) {
        return;
    }
    pen.shown.set_value(image.to_owned());
    let Some(pad) = Pad::of(canvas) else { return };
    if image.is_empty() {
        pad.clear();
        pen.typed.set(String::new());
    } else {
        pad.show(image);
    }
}

fn clear_button(field: Field) -> View {
    let offered = Memo::new(move |_| !field.value().is_empty() && !field.is_read_only());
    let button = move || {
        element("button")
            .part("action")
            .set("type", "button")
            .child(field.label("question.signature.clear"))
            .on("click", move |event| {
                focus_first(&event);
                field.set(Value::Null);
            })
    };
    live(move || offered.get().then(button))
}

fn element_of(event: &Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

fn with_pad(event: &Event, act: impl FnOnce(&Pad)) {
    if let Some(pad) = element_of(event).and_then(|canvas| Pad::of(&canvas)) {
        act(&pad);
    }
}
