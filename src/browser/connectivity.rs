//! When to try again, and when it may be too late.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, VisibilityState};

/// What became of the page or its network.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The device is online again, or the page is shown again.
    Back,
    /// The page is about to go away, perhaps for good.
    Leaving,
}

/// Listens for as long as it lives.
pub struct Watch {
    targets: Vec<(EventTarget, &'static str)>,
    listener: Closure<dyn Fn(Event)>,
}

impl Watch {
    pub fn start(tell: impl Fn(Change) + 'static) -> Self {
        let listener = Closure::new(move |event: Event| match event.type_().as_str() {
            "pagehide" => tell(Change::Leaving),
            "visibilitychange" if !is_visible() => {}
            _ => tell(Change::Back),
        });
        let mut targets = Vec::new();
        if let Some(window) = web_sys::window() {
            if let Some(document) = window.document() {
                targets.push((document.into(), "visibilitychange"));
            }
            for event in ["online", "pagehide"] {
                targets.push((window.clone().into(), event));
            }
        }
        let watch = Watch { targets, listener };
        for (target, event) in &watch.targets {
            let _ = target.add_event_listener_with_callback(event, watch.function());
        }
        watch
    }

    fn function(&self) -> &js_sys::Function {
        self.listener.as_ref().unchecked_ref()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        for (target, event) in &self.targets {
            let _ = target.remove_event_listener_with_callback(event, self.function());
        }
    }
}

fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
