//! A list that unfolds, with a search. Of a long list only what is seen is in the page.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::{self, KeyboardEvent};
use wasm_bindgen::JsCast;

use super::{Element, Field, Frame, View, Words, element, glyph, labelled, live, other_field};
use crate::questions::{Choice, QuestionType, Wording};
use crate::text::Text;
use crate::value::Value;

/// How high an option is in pixels, as the style sheet has it.
const HEIGHT: usize = 44;
/// How many options are in the page, and how many of them before those that are seen.
const WINDOW: usize = 40;
const BEFORE: usize = 12;
/// How far the page keys go.
const PAGE: usize = 6;

/// A question with choices as a list that unfolds, in its frame. `choose` takes a value, or takes it
/// back where `several` can be chosen.
pub fn dropdown(
    frame: Frame,
    question: &dyn QuestionType,
    several: bool,
    choose: impl Fn(&Value) + Send + Sync + 'static,
) -> View {
    let field = frame.field();
    let looks = question.looks();
    let choices = question.choice_list().map(|list| list.choices.clone()).unwrap_or_default();
    let search = looks.is_some_and(|looks| looks.search);
    let list = List::new(field, choices, search, several, Arc::new(choose));
    let other = question.other().map(|_| other_field(field));
    let placeholder = looks.and_then(|looks| looks.placeholder.clone());
    labelled(frame.after(other), input(list, placeholder), move |input| {
        let chosen = several.then(|| chips(list));
        let popup = move || list.open.get().then(|| popup(list));
        let status = element("p").part("unseen").set("role", "status").child(list.status());
        let unfolding = element("div")
            .part("combobox")
            .child(input)
            .child(glyph("M6 9l6 6 6-6"))
            .child(live(popup))
            .child(status);
        element("div").part("dropdown").child(chosen).child(unfolding)
    })
}

type Choose = Arc<dyn Fn(&Value) + Send + Sync>;

#[derive(Clone, Copy)]
struct List {
    field: Field,
    choices: StoredValue<Vec<Choice>>,
    choose: StoredValue<Choose>,
    search: bool,
    several: bool,
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    /// The choices that fit what was typed, by index.
    found: Memo<Vec<usize>>,
    /// The place among them that keys act on.
    active: RwSignal<usize>,
    /// The first place that is in the page.
    first: RwSignal<usize>,
}

impl List {
    fn new(
        field: Field,
        choices: Vec<Choice>,
        search: bool,
        several: bool,
        choose: Choose,
    ) -> List {
        let choices = StoredValue::new(choices);
        let typed = RwSignal::new(String::new());
        let names = Memo::new(move |_| {
            choices.with_value(|choices| {
                choices.iter().map(|choice| name(field, choice).to_lowercase()).collect::<Vec<_>>()
            })
        });
        let found = Memo::new(move |_| {
            let typed = typed.get().trim().to_lowercase();
            names.with(|names| {
                let fits = |index: &usize| typed.is_empty() || names[*index].contains(&typed);
                (0..names.len()).filter(fits).collect::<Vec<_>>()
            })
        });
        List {
            field,
            choices,
            choose: StoredValue::new(choose),
            search,
            several,
            open: RwSignal::new(false),
            typed,
            found,
            active: RwSignal::new(0),
            first: RwSignal::new(0),
        }
    }

    fn choice(self, index: usize) -> Option<Choice> {
        self.choices.with_value(|choices| choices.get(index).cloned())
    }

    /// The choices that are chosen, by index; tracked.
    fn chosen(self) -> Vec<usize> {
        let value = self.field.value();
        self.choices.with_value(|choices| {
            let place = |value: &Value| choices.iter().position(|choice| choice.value == *value);
            match &value {
                Value::List(values) => values.iter().filter_map(place).collect(),
                value => place(value).into_iter().collect(),
            }
        })
    }

    /// What is chosen in words, where it is one; tracked.
    fn shown(self) -> String {
        let chosen = self.chosen();
        let choice = chosen.first().filter(|_| !self.several).and_then(|index| self.choice(*index));
        choice.map(|choice| name(self.field, &choice)).unwrap_or_default()
    }

    fn unfold(self) {
        if self.open.get_untracked() || untrack(|| self.field.is_read_only()) {
            return;
        }
        let chosen = untrack(|| self.chosen()).first().copied();
        self.open.set(true);
        self.go_to(chosen.filter(|_| !self.several).unwrap_or(0));
    }

    fn fold(self) {
        self.open.set(false);
        self.typed.set(String::new());
    }

    fn go_to(self, place: usize) {
        let last = self.found.with_untracked(Vec::len).saturating_sub(1);
        let place = place.min(last);
        self.active.set(place);
        let first = self.first.get_untracked();
        if place < first || place + BEFORE >= first + WINDOW {
            self.first.set(place.saturating_sub(BEFORE));
        }
    }

    fn choose(self, index: usize) {
        let choice = self.choice(index).filter(|choice| choice.enabled);
        let Some(choice) = choice.filter(|_| !untrack(|| self.field.is_read_only())) else {
            return;
        };
        if self.several {
            self.typed.set(String::new());
            self.go_to(index);
        } else {
            self.fold();
        }
        self.choose.with_value(|choose| choose(&choice.value));
    }

    /// Goes to the next choice that begins with a letter.
    fn jump(self, letter: &str) {
        let letter = letter.to_lowercase();
        let count = self.found.with_untracked(Vec::len);
        let begins = |place: &usize| {
            self.choice(*place).is_some_and(|choice| {
                untrack(|| name(self.field, &choice)).to_lowercase().starts_with(&letter)
            })
        };
        let from = self.active.get_untracked() + 1;
        if let Some(place) = (from..count).chain(0..from.min(count)).find(begins) {
            self.unfold();
            self.go_to(place);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let (key, open) = (event.key(), self.open.get_untracked());
        let active = self.active.get_untracked();
        match key.as_str() {
            "ArrowDown" if open => self.go_to(active + 1),
            "ArrowUp" if open => self.go_to(active.saturating_sub(1)),
            "ArrowDown" | "ArrowUp" => self.unfold(),
            "PageDown" if open => self.go_to(active + PAGE),
            "PageUp" if open => self.go_to(active.saturating_sub(PAGE)),
            "Home" if open && !self.search => self.go_to(0),
            "End" if open && !self.search => self.go_to(usize::MAX - WINDOW),
            "Enter" if open => {
                if let Some(index) = self.found.with_untracked(|found| found.get(active).copied()) {
                    self.choose(index);
                }
            }
            " " if !self.search && !open => self.unfold(),
            " " if !self.search => self.choose(active),
            "Escape" if open => {
                self.fold();
                // What stands around, such as a dialog, is not closed as well.
                event.stop_propagation();
            }
            letter if !self.search && letter.chars().count() == 1 && !event.ctrl_key() => {
                self.jump(letter);
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn option_id(self, index: usize) -> String {
        self.field.part_id("option-") + &index.to_string()
    }

    fn list_id(self) -> String {
        self.field.part_id("options")
    }

    /// How many choices fit what was typed, in words.
    fn status(self) -> Words {
        Box::new(move || match self.found.with(Vec::len) {
            _ if !self.open.get() || self.typed.with(String::is_empty) => String::new(),
            0 => self.field.word("question.dropdown.nothing"),
            count => self.field.phrase("question.dropdown.found", &[("count", count.to_string())]),
        })
    }
}

/// What a choice is called, as plain text; it follows the language, but no answers.
fn name(field: Field, choice: &Choice) -> String {
    match choice.wording {
        Wording::Askwell(key) => field.word(key),
        Wording::Plain => field.wording(&choice.text),
        Wording::Author => {
            let words = field.wording(&choice.text);
            if words.contains('{') { untrack(|| field.fill(&words)) } else { words }
        }
    }
}

fn input(list: List, placeholder: Option<Text>) -> Element {
    let field = list.field;
    let empty = move || match &placeholder {
        Some(text) => field.text(text),
        None if list.search => field.word("question.dropdown.search"),
        None => field.word("question.dropdown.choose"),
    };
    let hint = move || match list.shown() {
        shown if shown.is_empty() => empty(),
        shown => shown,
    };
    let active = move || {
        let index = list.found.with(|found| found.get(list.active.get()).copied());
        list.open.get().then_some(index?).map(|index| list.option_id(index))
    };
    element("input")
        .part("input")
        .set("type", "text")
        .set("role", "combobox")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-haspopup", "listbox")
        .set("aria-autocomplete", if list.search { "list" } else { "none" })
        .live("aria-expanded", move || Some(list.open.get().to_string()))
        .live("aria-controls", move || list.open.get().then(|| list.list_id()))
        .live("aria-activedescendant", active)
        .live("placeholder", move || Some(hint()))
        .property("value", move || if list.open.get() { list.typed.get() } else { list.shown() })
        .flag("readonly", move || !list.search || field.is_read_only())
        .on("input", move |event| {
            list.unfold();
            list.typed.set(event_target_value(&event));
            list.go_to(0);
        })
        .on("click", move |_| list.unfold())
        .on("blur", move |_| list.fold())
        .on("keydown", move |event: Event| list.key(event.unchecked_ref()))
}

fn popup(list: List) -> Element {
    let rows = move || {
        let (found, first) = (list.found.get(), list.first.get());
        let shown = found.into_iter().enumerate().skip(first).take(WINDOW);
        shown.filter_map(|(place, index)| option(list, place, index)).collect::<Vec<_>>()
    };
    let height = move || (list.found.with(Vec::len) * HEIGHT).to_string() + "px";
    let space = element("div")
        .part("options-space")
        .set("role", "presentation")
        .live_variable("--height", height)
        .child(live(rows));
    let nothing = move || {
        let nothing = list.found.with(Vec::is_empty);
        nothing
            .then(|| element("p").part("hint").child(list.field.label("question.dropdown.nothing")))
    };
    let options = element("div")
        .part("options")
        .set("id", list.list_id())
        .set("role", "listbox")
        .set("aria-labelledby", list.field.label_id())
        .live("aria-multiselectable", move || list.several.then(|| "true".to_owned()))
        .effect(move |element| {
            let (element, place) = (element.clone(), list.active.get());
            // Not before it is in the page and has its height.
            queue_microtask(move || scroll_to(&element, place));
        })
        .on("scroll", move |event| {
            let target = event.current_target();
            if let Some(element) = target.and_then(|it| it.dyn_into::<web_sys::Element>().ok()) {
                let seen = element.scroll_top().max(0) as usize / HEIGHT;
                let first = list.first.get_untracked();
                if seen < first || seen + 2 * BEFORE > first + WINDOW {
                    list.first.set(seen.saturating_sub(BEFORE));
                }
            }
        })
        .child(space);
    // The focus stays in the input, so that a keyboard on the screen stays too.
    element("div")
        .part("popup")
        .on("mousedown", |event| event.prevent_default())
        .child(options)
        .child(live(nothing))
}

fn option(list: List, place: usize, index: usize) -> Option<Element> {
    let choice = list.choice(index)?;
    let (value, enabled) = (choice.value.clone(), choice.enabled);
    let chosen = move || match list.field.value() {
        Value::List(chosen) => chosen.contains(&value),
        chosen => chosen == value,
    };
    let count = list.found.with(Vec::len).to_string();
    let option = element("div")
        .part("option")
        .set("role", "option")
        .set("id", list.option_id(index))
        .set("aria-setsize", count)
        .set("aria-posinset", (place + 1).to_string())
        .variable("--top", (place * HEIGHT).to_string() + "px")
        .live("aria-selected", move || Some(chosen().to_string()))
        .flag("data-active", move || list.active.get() == place)
        .live("aria-disabled", move || (!enabled).then(|| "true".to_owned()))
        .on("click", move |_| list.choose(index))
        .child(Box::new(move || name(list.field, &choice)) as Words);
    Some(option)
}

/// Brings the place that keys act on into view.
fn scroll_to(list: &web_sys::Element, place: usize) {
    let (top, height) = ((place * HEIGHT) as i32, HEIGHT as i32);
    let (from, room) = (list.scroll_top(), list.client_height());
    if top < from {
        list.set_scroll_top(top);
    } else if top + height > from + room {
        list.set_scroll_top(top + height - room);
    }
}

/// What is chosen, each with a way to take it out.
fn chips(list: List) -> Element {
    let chosen = Memo::new(move |_| list.chosen());
    let chips = move || chosen.get().into_iter().filter_map(|i| chip(list, i)).collect::<Vec<_>>();
    element("ul").part("chips").set("role", "list").child(live(chips))
}

fn chip(list: List, index: usize) -> Option<Element> {
    let (field, choice) = (list.field, list.choice(index)?);
    let (named, words) = (choice.clone(), choice);
    let button = element("button")
        .part("chip")
        .set("type", "button")
        .live("aria-label", move || {
            let item = name(field, &named);
            Some(field.phrase("question.dropdown.remove", &[("item", item)]))
        })
        .flag("disabled", move || field.is_read_only())
        .on("click", move |event| {
            list.choose(index);
            super::focus_first(&event);
        })
        .child(Box::new(move || name(field, &words)) as Words)
        .child(glyph("M7 7l10 10M17 7L7 17"));
    Some(element("li").child(button))
}
