//! Cards that are dragged, or moved by buttons and keys. The elements themselves change places,
//! so that what is read aloud and what has the focus is what is seen.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{self, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

use super::Ranking;
use super::drag::Drag;
use crate::ui::kit::{
    Element, Field, Frame, View, Words, choice_words, element, focus_first, glyph, group,
    inline_prose, live,
};

pub fn view(options: &Ranking, field: Field) -> View {
    let list = List {
        options: Arc::new(options.clone()),
        field,
        said: RwSignal::new(String::new()),
        drag: Drag::new(),
    };
    let arranged = list.options.clone();
    let items = element("ol")
        .part("rank-list")
        .set("role", "list")
        .children((0..options.list.choices.len()).map(|index| item(&list, index)))
        .effect(move |list| arrange(list, &arranged.order(&field.value()).0));
    let said = list.said;
    let status = element("p").part("unseen").set("role", "status").child(live(move || said.get()));
    let control =
        element("div").part("ranking").child(items).child(status).child(keep_button(&list));
    group(Frame::new(field).hint(Some(hint(options, field))).clearable(), "group", control)
}

#[derive(Clone)]
struct List {
    options: Arc<Ranking>,
    field: Field,
    /// What screen readers are told about the last move.
    said: RwSignal<String>,
    drag: Drag,
}

impl List {
    /// Where a choice stands, and how many are ranked; tracked.
    fn place(&self, index: usize) -> (usize, usize) {
        let (order, ranked) = self.options.order(&self.field.value());
        (order.iter().position(|at| *at == index).unwrap_or_default(), ranked)
    }

    fn is_ranked(&self, index: usize) -> bool {
        let (place, ranked) = self.place(index);
        place < ranked
    }

    fn name(&self, index: usize) -> String {
        let choice = self.options.list.choices.get(index);
        choice.map(|choice| self.field.text(&choice.text)).unwrap_or_default()
    }

    fn phrase(&self, key: &str, index: usize) -> String {
        let (place, ranked) = self.place(index);
        let place = ("place", (place + 1).to_string());
        let item = ("item", self.name(index));
        self.field.phrase(key, &[item, place, ("count", ranked.to_string())])
    }

    /// Moves a choice and says where it stands then.
    fn move_to(&self, index: usize, from: usize, to: usize) {
        if self.field.is_read_only() || to >= self.options.list.choices.len() {
            return;
        }
        self.field.set(self.options.moved(&self.field.value(), from, to));
        let key = match self.is_ranked(index) {
            true => "question.ranking.place",
            false => "question.ranking.removed",
        };
        self.said.set(self.phrase(key, index));
    }

    /// One place up or down among what is ranked, or among everything before anything is.
    fn step(&self, index: usize, down: bool) {
        let (place, ranked) = self.place(index);
        let end = if self.options.select { ranked } else { self.options.list.choices.len() };
        let to = if down { place + 1 } else { place.wrapping_sub(1) };
        if place < end && to < end {
            self.move_to(index, place, to);
        }
    }

    /// Takes a choice among what is ranked, at its end, or out of it.
    fn pick(&self, index: usize) {
        let (place, ranked) = self.place(index);
        let last = self.options.list.choices.len().saturating_sub(1);
        self.move_to(index, place, if place < ranked { last } else { ranked });
    }
}

fn item(list: &List, index: usize) -> Element {
    let (ranked, number, field) = (list.clone(), list.clone(), list.field);
    let number = move || match number.place(index) {
        (place, ranked) if place < ranked => (place + 1).to_string(),
        _ => String::from("–"),
    };
    let grip = element("span")
        .part("grip")
        .child(element("span").part("rank").child(Box::new(number) as Words))
        .child(glyph("M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01"));
    let choice = list.options.list.choices.get(index);
    let words = choice.map(|choice| {
        let description = choice.description.as_ref().map(|text| {
            element("span").part("choice-description").child(inline_prose(field, text))
        });
        let text = choice_words(field, choice);
        element("span").part("choice-text").child(text).child(description)
    });
    let item = element("li")
        .part("rank-item")
        .set("data-index", index.to_string())
        .flag("data-ranked", move || ranked.is_ranked(index))
        .child(grip)
        .child(words)
        .child(buttons(list, index));
    draggable(list, index, item)
}

fn draggable(list: &List, index: usize, item: Element) -> Element {
    let (field, drag, ended, keyed) = (list.field, list.drag, list.clone(), list.clone());
    let end = move |event: Event| {
        if let Some((from, to)) = drag.end(event.unchecked_ref()) {
            ended.move_to(index, from, to);
        }
    };
    let key = move |event: Event| {
        let pressed: &KeyboardEvent = event.unchecked_ref();
        let key = pressed.key();
        if pressed.alt_key() && matches!(key.as_str(), "ArrowUp" | "ArrowDown") {
            event.prevent_default();
            keyed.step(index, key == "ArrowDown");
        }
    };
    item.on("pointerdown", move |event| {
        if !field.is_read_only() {
            drag.begin(event.unchecked_ref());
        }
    })
    .on("pointermove", move |event| drag.move_on(event.unchecked_ref()))
    .on("pointerup", end)
    .on("lostpointercapture", move |event| {
        drag.end(event.unchecked_ref());
    })
    .on("keydown", key)
}

fn buttons(list: &List, index: usize) -> Element {
    let (up, down, pick, shown) = (list.clone(), list.clone(), list.clone(), list.clone());
    let ways = element("span")
        .part("rank-ways")
        .child(button(list, index, "question.ranking.up", "M6 14l6-6 6 6", move || {
            up.step(index, false)
        }))
        .child(button(list, index, "question.ranking.down", "M6 10l6 6 6-6", move || {
            down.step(index, true)
        }));
    let picks = list.options.select.then(move || {
        let named = shown.clone();
        let key = move || match named.is_ranked(index) {
            true => "question.ranking.remove",
            false => "question.ranking.add",
        };
        let name = shown.clone();
        element("button")
            .part("rank-button pick")
            .set("type", "button")
            .live("aria-label", move || Some(name.phrase(key(), index)))
            .flag("disabled", move || shown.field.is_read_only())
            .on("click", move |_| pick.pick(index))
            .child(glyph("M12 5v14M5 12h14"))
    });
    element("span").part("rank-buttons").child(ways).child(picks)
}

fn button(
    list: &List,
    index: usize,
    key: &'static str,
    icon: &'static str,
    press: impl Fn() + Send + 'static,
) -> Element {
    let (named, field) = (list.clone(), list.field);
    element("button")
        .part("rank-button")
        .set("type", "button")
        .live("aria-label", move || Some(named.phrase(key, index)))
        .flag("disabled", move || field.is_read_only())
        .on("click", move |_| press())
        .child(glyph(icon))
}

/// Takes the order as it stands. Without it, somebody who agrees with it could not say so.
fn keep_button(list: &List) -> View {
    let (list, field, select) = (list.clone(), list.field, list.options.select);
    let offered = Memo::new(move |_| !select && field.value().is_empty() && !field.is_read_only());
    let button = move || {
        let options = list.options.clone();
        element("button")
            .part("action")
            .set("type", "button")
            .child(field.label("question.ranking.keep"))
            .on("click", move |event| {
                field.set(options.moved(&field.value(), 0, 0));
                focus_first(&event);
            })
    };
    live(move || offered.get().then(&button))
}

fn hint(options: &Ranking, field: Field) -> Words {
    let (min, max) = (options.min, options.max);
    let key = match (options.select, min, max) {
        (false, ..) => "question.ranking.hint",
        (true, 0, 0) => "question.ranking.select",
        (true, _, 0) => "question.choice.at-least",
        (true, 0, _) => "question.choice.at-most",
        (true, ..) => "question.choice.between",
    };
    Box::new(move || field.phrase(key, &[("min", min.to_string()), ("max", max.to_string())]))
}

/// Brings the items into an order. Whatever has the focus keeps it.
fn arrange(list: &web_sys::Element, order: &[usize]) {
    let root = list.get_root_node();
    let focused = js_sys::Reflect::get(&root, &"activeElement".into()).ok();
    let focused = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok());
    let mut next = list.first_element_child();
    for index in order {
        let selector = ["[data-index='", &index.to_string(), "']"].concat();
        let Ok(Some(item)) = list.query_selector(&selector) else { continue };
        if next.as_ref() == Some(&item) {
            next = item.next_element_sibling();
        } else {
            let _ = list.insert_before(&item, next.as_deref());
        }
    }
    if let Some(focused) = focused.filter(|focused| list.contains(Some(focused))) {
        let _ = focused.focus();
    }
}
