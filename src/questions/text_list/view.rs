//! A line for each item, with its own label and its own issues.

use std::sync::Arc;

use leptos::prelude::*;

use super::{TextItem, TextList};
use crate::text::Text;
use crate::ui::kit::{
    Element, Field, Frame, View, bind_part, element, group, inline_prose, live, part_errors,
    text_value,
};
use crate::value::Value;

pub fn view(options: &TextList, field: Field) -> View {
    let options = Arc::new(options.clone());
    let items = options.items.iter().enumerate();
    let list = element("div")
        .part("text-list")
        .variable("--columns", options.columns.clamp(1, 4).to_string())
        .children(items.map(|(index, item)| line(&options, field, index, item)));
    group(Frame::new(field).parts_apart(), "group", list)
}

fn line(options: &Arc<TextList>, field: Field, index: usize, item: &TextItem) -> Element {
    let part = |name: &str| field.part_id(name) + "-" + &index.to_string();
    let id = if index == 0 { field.id() } else { part("item") };
    let errors_id = part("errors");
    let errors = part_errors(field, item.id.clone(), errors_id.clone());
    let title = item.title.clone().unwrap_or_else(|| Text::plain(&item.id));
    let needed = item.required;
    let mark = move || if needed { field.word("question.mark.required") } else { String::new() };
    let label = element("label")
        .part("item-title")
        .set("for", id.clone())
        .child(inline_prose(field, &title))
        .child(element("span").part("mark").child(live(mark)));
    element("div")
        .part("text-item")
        .child(label)
        .child(errors)
        .child(input(options, field, item, id, errors_id))
}

fn input(
    options: &Arc<TextList>,
    field: Field,
    item: &TextItem,
    id: String,
    errors_id: String,
) -> Element {
    let invalid = {
        let part = item.id.clone();
        move || {
            let of_item = |part_of: Option<&str>| part_of.is_none_or(|found| found == part);
            field.issues().iter().any(|issue| of_item(issue.part.as_deref()))
        }
    };
    let invalid = Memo::new(move |_| invalid());
    let placeholder = item.placeholder.clone();
    let (needed, read_id, write_id) = (item.required, item.id.clone(), item.id.clone());
    let options = options.clone();
    let input = element("input")
        .part("input")
        .set("type", item.input_type.as_str())
        .set("id", id)
        .set("autocomplete", item.autocomplete.clone().unwrap_or_else(|| "off".to_owned()))
        .live("placeholder", move || placeholder.as_ref().map(|text| field.text(text)))
        .live("aria-required", move || needed.then(|| "true".to_owned()))
        .live("aria-invalid", move || invalid.get().then(|| "true".to_owned()))
        .live("aria-describedby", move || invalid.get().then(|| errors_id.clone()));
    let read = move || field.value().get(&read_id).cloned().unwrap_or(Value::Null);
    let write = move |text| field.set(options.with_item(&field.value(), &write_id, text));
    bind_part(field, input, text_value, read, write)
}
