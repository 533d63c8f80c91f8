//! Dragging an item of a list to another place, by mouse or finger.

use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, PointerEvent};
use wasm_bindgen::JsCast;

use crate::value::number_text;

/// The space between two items, as the style sheet has it.
const GAP: f64 = 8.0;

/// One item on its way: where it came from and where everything stood at that time.
#[derive(Clone)]
struct Way {
    from: usize,
    /// How far down the pointer was.
    start: f64,
    /// The middle of each item.
    middles: Vec<f64>,
    /// What an item has to make room for.
    room: f64,
    to: usize,
}

/// The drag in one list. Items follow the pointer and make room; nothing is stored before the
/// pointer is let go.
#[derive(Clone, Copy)]
pub struct Drag(StoredValue<Option<Way>>);

impl Drag {
    pub fn new() -> Self {
        Drag(StoredValue::new(None))
    }

    /// Begins unless the pointer is on a button, or is a finger beside the grip: that scrolls.
    pub fn begin(self, event: &PointerEvent) {
        let on = |selector: &str| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            target.is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
        };
        let by_mouse = event.pointer_type() == "mouse";
        if event.button() != 0 || on("button") || !(by_mouse || on(".grip")) {
            return;
        }
        let Some(item) = item_of(event) else { return };
        let items = siblings(&item);
        let Some(from) = items.iter().position(|sibling| *sibling == item) else { return };
        let boxes = items.iter().map(|item| item.get_bounding_client_rect());
        let middles = boxes.map(|place| place.top() + place.height() / 2.0).collect();
        let room = item.get_bounding_client_rect().height() + GAP;
        let _ = item.set_pointer_capture(event.pointer_id());
        let start = f64::from(event.client_y());
        self.0.set_value(Some(Way { from, start, middles, room, to: from }));
        let _ = item.set_attribute("data-dragged", "");
    }

    pub fn move_on(self, event: &PointerEvent) {
        let (Some(mut way), Some(item)) = (self.0.get_value(), item_of(event)) else { return };
        let moved = f64::from(event.client_y()) - way.start;
        let Some(middle) = way.middles.get(way.from).map(|middle| middle + moved) else { return };
        let others = way.middles.iter().enumerate().filter(|(place, _)| *place != way.from);
        way.to = others.filter(|(_, other)| **other < middle).count();
        for (place, sibling) in siblings(&item).iter().enumerate() {
            let shift = match place {
                place if place == way.from => moved,
                place if (way.to..way.from).contains(&place) => way.room,
                place if place > way.from && place <= way.to => -way.room,
                _ => 0.0,
            };
            shift_by(sibling, Some(shift));
        }
        self.0.set_value(Some(way));
    }

    /// Ends, and says from which place to which the item was moved.
    pub fn end(self, event: &PointerEvent) -> Option<(usize, usize)> {
        let way = self.0.get_value()?;
        self.0.set_value(None);
        let item = item_of(event)?;
        let _ = item.remove_attribute("data-dragged");
        siblings(&item).iter().for_each(|sibling| shift_by(sibling, None));
        (way.from != way.to).then_some((way.from, way.to))
    }
}

fn item_of(event: &PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

fn siblings(item: &Element) -> Vec<Element> {
    let first = item.parent_element().and_then(|list| list.first_element_child());
    std::iter::successors(first, Element::next_element_sibling).collect()
}

fn shift_by(item: &Element, shift: Option<f64>) {
    let style = item.unchecked_ref::<HtmlElement>().style();
    let _ = match shift {
        Some(shift) => style.set_property("--shift", &(number_text(shift.round()) + "px")),
        None => style.remove_property("--shift").map(|_| ()),
    };
}
