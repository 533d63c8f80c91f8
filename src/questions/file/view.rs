//! The browser's own file input under a button, and the files that are handed in.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{File, FileReader, HtmlInputElement};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::{FileUpload, SourceType, size_text, without_file};
use crate::issue::{Code, Issue};
use crate::ui::kit::{
    Element, Field, Frame, View, Words, alert, element, focus_first, glyph, group, issue_text, live,
};
use crate::value::{Map, Value};

pub fn view(options: &FileUpload, field: Field) -> View {
    let upload =
        Upload { options: Arc::new(options.clone()), field, refused: RwSignal::new(Vec::new()) };
    let refused = upload.refused;
    let refused = move || -> Vec<Element> {
        let line = |text: String| element("p").part("error").child(alert()).child(text);
        refused.get().into_iter().map(line).collect()
    };
    let files = move || -> Vec<Element> {
        let files = field.value();
        let files = files.as_list().unwrap_or_default().iter().enumerate();
        files.map(|(index, file)| row(field, index, file)).collect()
    };
    let choose =
        if options.multiple { "question.file.choose-more" } else { "question.file.choose" };
    let buttons = match options.source {
        SourceType::File => vec![button(&upload, choose, false)],
        SourceType::Camera => vec![button(&upload, "question.file.photo", true)],
        SourceType::FileOrCamera => {
            vec![button(&upload, choose, false), button(&upload, "question.file.photo", true)]
        }
    };
    let first = buttons.into_iter().enumerate().map(|(index, button)| {
        let id = if index == 0 { field.id() } else { field.part_id("camera") };
        button(id)
    });
    let control = element("div")
        .part("files")
        .child(element("ul").part("file-list").set("role", "list").child(live(files)))
        .child(element("div").part("file-buttons").children(first))
        .child(element("div").part("errors").set("role", "alert").child(live(refused)));
    group(Frame::new(field).hint(hint(options, field)), "group", control)
}

#[derive(Clone)]
struct Upload {
    options: Arc<FileUpload>,
    field: Field,
    /// Why files were not taken.
    refused: RwSignal<Vec<String>>,
}

impl Upload {
    /// Takes the files that were chosen, as far as they fit, and says why others do not.
    fn take(&self, event: &Event) {
        let Some(target) = event.target() else { return };
        let input: &HtmlInputElement = target.unchecked_ref();
        let files = input.files();
        let chosen = files.iter().flat_map(|files| (0..files.length()).map(|i| files.item(i)));
        let mut count = self.field.value().as_list().map_or(0, <[Value]>::len);
        let mut refused = Vec::new();
        for file in chosen.flatten() {
            let full =
                self.options.most().filter(|most| self.options.multiple && count >= *most as usize);
            let full = full.map(|most| Issue::new(Code::TooMany).with("max", most));
            let unfit = self.options.check_file(&file.name(), &file.type_(), file.size());
            match unfit.or(full) {
                Some(issue) => {
                    refused.push([&file.name(), ": ", &issue_text(self.field, &issue)].concat());
                }
                None => {
                    count += 1;
                    self.read(file);
                }
            }
        }
        self.refused.set(refused);
        // The same file may be chosen again once it was removed.
        input.set_value("");
    }

    fn read(&self, file: File) {
        let Ok(reader) = FileReader::new() else { return };
        let (upload, source, read) = (self.clone(), reader.clone(), file.clone());
        let loaded = Closure::once_into_js(move || {
            let content = source.result().ok().and_then(|content| content.as_string());
            if let Some(content) = content {
                let entries = [
                    ("name", Value::from(read.name())),
                    ("type", Value::from(read.type_())),
                    ("size", Value::from(read.size())),
                    ("content", Value::from(content)),
                ];
                let file: Map = entries.map(|(key, value)| (key.to_owned(), value)).into();
                let before = untrack(|| upload.field.value());
                upload.field.set(upload.options.with_file(&before, file));
            }
        });
        reader.set_onload(Some(loaded.unchecked_ref()));
        let _ = reader.read_as_data_url(&file);
    }
}

/// A button that opens the browser's dialogue, or the camera. Files can be dropped on it.
fn button(upload: &Upload, words: &'static str, camera: bool) -> impl FnOnce(String) -> Element {
    let (upload, field) = (upload.clone(), upload.field);
    move |id| {
        let options = &upload.options;
        let (several, accepted) = (options.multiple && !camera, options.accepted.clone());
        let kinds = if camera && accepted.is_empty() { "image/*".to_owned() } else { accepted };
        let input = element("input")
            .set("type", "file")
            .set("id", id)
            .set("accept", kinds)
            .flag("multiple", move || several)
            .live("capture", move || camera.then(|| "environment".to_owned()))
            .live("aria-invalid", move || field.is_invalid().then(|| "true".to_owned()))
            .flag("disabled", move || field.is_read_only())
            .on("change", move |event| upload.take(&event));
        element("label").part("action file-pick").child(input).child(field.label(words))
    }
}

fn row(field: Field, index: usize, file: &Value) -> Element {
    let text = |key| file.get(key).and_then(Value::as_text).unwrap_or_default().to_owned();
    let (name, size) = (text("name"), file.get("size").and_then(Value::as_number));
    let named = name.clone();
    let name_of = move || Some(field.phrase("question.file.remove", &[("name", named.clone())]));
    let remove = element("button")
        .part("rank-button")
        .set("type", "button")
        .live("aria-label", name_of)
        .flag("disabled", move || field.is_read_only())
        .on("click", move |event| {
            focus_first(&event);
            field.set(without_file(&field.value(), index));
        })
        .child(glyph("M6 6l12 12M18 6L6 18"));
    let size = element("span").part("file-size").child(size.map(size_text).unwrap_or_default());
    element("li")
        .part("file")
        .child(element("span").part("file-name").child(name))
        .child(size)
        .child(remove)
}

fn hint(options: &FileUpload, field: Field) -> Option<Words> {
    let size = size_text(options.max_size.into());
    let words = move || field.phrase("question.file.limit", &[("max", size.clone())]);
    (options.max_size > 0).then(|| Box::new(words) as Words)
}
