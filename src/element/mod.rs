//! What JavaScript sees: the loader `askwell.js` holds the class `<askwell-survey>` and calls
//! [`mount`] once a survey is about to be seen. Nothing else is exported.

mod events;
mod functions;
mod options;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Array, Function, Reflect};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::web_sys::{CssStyleSheet, HtmlElement, ShadowRoot};
use wasm_bindgen::prelude::*;

use self::events::Emitter;
use self::options::Given;
use crate::survey::Survey;
use crate::ui::{Controller, STYLE, broken_view, survey_view, unreachable_view};

/// A survey in a shadow root, from [`mount`] to [`unmount`](Handle::unmount).
#[wasm_bindgen]
pub struct Handle {
    controller: Option<Controller>,
    shares_answers: Rc<Cell<bool>>,
    mounted: RefCell<Option<UnmountHandle<<AnyView as Render>::State>>>,
}

/// Shows a survey in a shadow root.
///
/// `options` is what the element's attributes and properties say; `emit` is called with the
/// name and the detail of each event.
///
/// # Errors
/// Where the browser refuses to make elements or style sheets.
#[wasm_bindgen]
pub fn mount(root: &ShadowRoot, options: JsValue, emit: Function) -> Result<Handle, JsValue> {
    let place: HtmlElement = document().create_element("div")?.unchecked_into();
    root.append_child(&place)?;
    dress(root)?;
    let given = options::read(options);
    let shares_answers = Rc::new(Cell::new(given.shares_answers));
    let emitter = Emitter::new(emit, shares_answers.clone());
    let controller = Rc::new(Cell::new(None));
    let started = controller.clone();
    let mounted = mount_to(place, move || {
        let (view, controller) = show(given, emitter);
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

fn show(given: Given, emitter: Emitter) -> (AnyView, Option<Controller>) {
    let locale = given.options.locale.clone();
    let Some(definition) = given.definition else {
        let failure = given.failure.unwrap_or_default();
        emitter.error("not-loaded", &failure);
        return (unreachable_view(&locale, &failure), None);
    };
    let functions: Vec<&str> = given.options.functions.names().collect();
    match Survey::load_with(&definition, &functions) {
        Ok(loaded) => {
            let handler = emitter.into_handler();
            let controller = Controller::new(Arc::new(loaded.survey), given.options, handler);
            (survey_view(controller), Some(controller))
        }
        Err(diagnostics) => {
            let texts = diagnostics.iter().map(|it| it.render("survey.json", &definition));
            emitter.error("definition", &texts.collect::<Vec<String>>().join("\n"));
            (broken_view(&locale, &definition, &diagnostics), None)
        }
    }
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
