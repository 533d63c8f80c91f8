//! What JavaScript sees: the loader `askwell.js` holds the class `<askwell-survey>` and calls
//! [`mount`] once a survey is about to be seen. Nothing else is exported.

mod events;
#[cfg(not(lean))]
mod functions;
#[cfg(not(lean))]
mod kiosk;
mod options;
#[cfg(not(lean))]
mod show;
#[cfg(lean)]
#[path = "show_lean.rs"]
mod show;
#[cfg(all(not(lean), target_arch = "wasm32"))]
mod wiping;

use crate::ui::kit::Element;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::web_sys::{CssStyleSheet, HtmlElement, ShadowRoot};
use wasm_bindgen::prelude::*;

use self::events::Emitter;
use crate::ui::{Controller, STYLE};

/// A survey in a shadow root, from [`mount`] to [`unmount`](Handle::unmount).
#[wasm_bindgen]
pub struct Handle {
    controller: Option<Controller>,
    shares_answers: Rc<Cell<bool>>,
    mounted: RefCell<Option<UnmountHandle<<Element as Render>::State>>>,
}

/// Shows a survey in a shadow root.
///
/// `options` is what the element's attributes and properties say; `emit` is called with the
/// name and the detail of each event.
///
/// # Errors
/// Where the browser refuses to make elements or style sheets. The smaller engine refuses what it
/// cannot show, with `"unsound"`, and leaves it to the whole one to say why.
#[wasm_bindgen]
pub fn mount(root: &ShadowRoot, options: JsValue, emit: Function) -> Result<Handle, JsValue> {
    let given = options::read(options);
    let survey = show::load(&given)?;
    let place: HtmlElement = document().create_element("div")?.unchecked_into();
    root.append_child(&place)?;
    dress(root)?;
    let shares_answers = Rc::new(Cell::new(given.shares_answers));
    let emitter = Emitter::new(emit, shares_answers.clone());
    let controller = Rc::new(Cell::new(None));
    let started = controller.clone();
    let mounted = mount_to(place, move || {
        let (view, controller) = show::show(given, survey, emitter);
        started.set(controller);
        view
    });
    let mounted = RefCell::new(Some(mounted));
    Ok(Handle { controller: controller.get(), shares_answers, mounted })
}

/// Gives the shadow root its looks, in a way that style policies of the page do not concern.
fn dress(root: &ShadowRoot) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLE)?;
    Reflect::set(root, &"adoptedStyleSheets".into(), &Array::of1(&sheet))?;
    Ok(())
}

#[wasm_bindgen]
impl Handle {
    /// To the next page, or finishes on the last. False where answers are missing.
    pub fn next(&self) -> bool {
        self.controller.is_some_and(Controller::next)
    }

    /// To the page before. False on the first.
    pub fn previous(&self) -> bool {
        self.controller.is_some_and(Controller::previous)
    }

    /// Finishes. False where answers are missing.
    pub fn complete(&self) -> bool {
        self.controller.is_some_and(Controller::complete)
    }

    /// Forgets the answers and begins a new response.
    pub fn reset(&self) {
        if let Some(controller) = self.controller {
            controller.reset();
        }
    }

    /// Tries now to send whatever is kept on this device.
    pub fn flush(&self) {
        if let Some(controller) = self.controller {
            controller.flush();
        }
    }

    /// Hands in what was answered so far, as finished where asked for and nothing required is
    /// missing, else as partial. Resolves once it is as safe as it gets.
    #[cfg(not(lean))]
    #[wasm_bindgen(js_name = handIn)]
    pub async fn hand_in(&self, whole: bool) {
        if let Some(controller) = self.controller {
            controller.hand_in(whole).await;
        }
    }

    /// Changes the language; answers stay.
    #[wasm_bindgen(js_name = setLocale)]
    pub fn set_locale(&self, locale: &str) {
        if let Some(controller) = self.controller {
            controller.set_locale(locale);
        }
    }

    /// Takes changed attributes and properties.
    pub fn configure(&self, options: JsValue) {
        let given = options::read(options);
        self.shares_answers.set(given.shares_answers);
        if let Some(controller) = self.controller {
            controller.configure(given.options);
        }
    }

    /// The whole state, for the option `snapshot` of a later [`mount`].
    pub fn snapshot(&self) -> JsValue {
        let snapshot = self.controller.map(Controller::snapshot).unwrap_or_default();
        events::to_js(&snapshot)
    }

    /// Takes the survey out of the page.
    pub fn unmount(&self) {
        self.mounted.borrow_mut().take();
    }
}
