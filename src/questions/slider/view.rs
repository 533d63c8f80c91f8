//! The browser's own range inputs: one, or two on one line. Nothing is answered until one of
//! them is touched.

use std::sync::Arc;

use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Slider, SliderType};
use crate::ui::kit::{Element, Field, Frame, View, Words, element, group, inline_prose};
use crate::value::{number_text, parse_number};

pub fn view(options: &Slider, field: Field) -> View {
    let is_range = options.slider_type == SliderType::Range;
    let line = Line { options: Arc::new(options.clone()), field };
    let (value, low, high) = (line.clone(), line.clone(), line.clone());
    let track = element("div")
        .part("slider")
        .flag("data-empty", move || field.value().is_empty())
        .flag("data-range", move || is_range)
        .live_variable("--low", move || number_text(if is_range { low.share(0) } else { 0.0 }))
        .live_variable("--high", move || number_text(high.share(usize::from(is_range))))
        .children((0..=usize::from(is_range)).map(|thumb| input(&line, thumb)));
    let value: Words = Box::new(move || value.words());
    let value = element("p").part("slider-value").set("aria-hidden", "true").child(value);
    let control =
        element("div").part("slider-control").child(value).child(track).child(labels(&line));
    group(Frame::new(field).clearable(), "group", control)
}

/// The line with its thumbs.
#[derive(Clone)]
struct Line {
    options: Arc<Slider>,
    field: Field,
}

/// What is read from a line is tracked.
impl Line {
    fn number(&self, thumb: usize) -> f64 {
        let numbers = self.options.numbers(&self.field.value());
        let numbers = numbers.unwrap_or_else(|| self.options.start());
        numbers.get(thumb).copied().unwrap_or_default()
    }

    /// How far along the line a number stands, from 0 to 1.
    fn share_of(&self, number: f64) -> f64 {
        let (min, max) = (self.options.min, self.options.max);
        ((number - min) / (max - min)).clamp(0.0, 1.0)
    }

    fn share(&self, thumb: usize) -> f64 {
        self.share_of(self.number(thumb))
    }

    fn number_words(&self, numbers: &[f64]) -> String {
        let unit = self.options.unit.as_ref().map(|unit| self.field.text(unit));
        self.options.words(numbers, unit.as_deref())
    }

    fn words(&self) -> String {
        match self.options.numbers(&self.field.value()) {
            Some(numbers) => self.number_words(&numbers),
            None => self.field.word("question.answer.none"),
        }
    }

    /// Stores where a thumb stands. It is put back where it went past the other.
    fn store(&self, thumb: usize, event: &Event) {
        let Some(number) = parse_number(&event_target_value(event)) else { return };
        let before = self.field.value();
        self.field.set(self.options.moved(&before, thumb, number));
        let (stands, target) = (self.number(thumb), event.target());
        if let Some(target) = target.filter(|_| stands != number) {
            let _ = js_sys::Reflect::set(&target, &"value".into(), &number_text(stands).into());
        }
    }
}

fn input(line: &Line, thumb: usize) -> Element {
    let field = line.field;
    let is_range = line.options.slider_type == SliderType::Range;
    let name = match (is_range, thumb) {
        (false, _) => None,
        (true, 0) => Some("question.rating.min"),
        (true, _) => Some("question.rating.max"),
    };
    let (shown, spoken, front) = (line.clone(), line.clone(), line.clone());
    let spoken = move || match field.value().is_empty() {
        true => spoken.words(),
        false => spoken.number_words(&[spoken.number(thumb)]),
    };
    let (moved, tapped, confirmed) = (line.clone(), line.clone(), line.clone());
    let confirm = move |event: Event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            confirmed.store(thumb, event);
        }
    };
    element("input")
        .set("type", "range")
        .set("id", if thumb == 0 { field.id() } else { field.part_id("high") })
        .set("min", number_text(line.options.min))
        .set("max", number_text(line.options.max))
        .set("step", number_text(line.options.step))
        .live("aria-label", move || name.map(|key| field.word(key)))
        .live("aria-labelledby", move || name.is_none().then(|| field.label_id()))
        .live("aria-valuetext", move || Some(spoken()))
        .live("aria-invalid", move || field.is_invalid().then(|| "true".to_owned()))
        .property("value", move || number_text(shown.number(thumb)))
        // The upper thumb would cover the lower one where both stand at the end.
        .flag("data-front", move || thumb == 0 && front.share(0) > 0.5)
        .flag("disabled", move || field.is_read_only())
        .on("input", move |event| moved.store(thumb, &event))
        // Where the thumb stands already, neither a tap nor a key moves it.
        .on("click", move |event| tapped.store(thumb, &event))
        .on("keydown", confirm)
}

/// What stands below the line: the author's words, or the numbers at both ends.
fn labels(line: &Line) -> Element {
    let options = &line.options;
    let label = |number: f64, words: View| {
        element("span").variable("--at", number_text(line.share_of(number))).child(words)
    };
    let number = |number: f64| {
        let line = line.clone();
        let words: Words = Box::new(move || line.number_words(&[number]));
        label(number, words.into())
    };
    let own = options
        .labels
        .iter()
        .filter_map(|own| Some(label(own.value.as_number()?, inline_prose(line.field, &own.text))));
    let own: Vec<Element> = own.collect();
    let all = if own.is_empty() { vec![number(options.min), number(options.max)] } else { own };
    element("div")
        .part("slider-labels")
        .set("aria-hidden", "true")
        .variable("--labels", all.len().to_string())
        .children(all)
}
