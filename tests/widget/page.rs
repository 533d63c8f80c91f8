//! A page with `<askwell-survey>` elements, as a host site makes it.

use std::cell::RefCell;
use std::rc::Rc;

use askwell::element::mount;
use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::document;
use leptos::web_sys::{CustomEvent, Element, Event, HtmlElement, ShadowRoot};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/www/askwell.js")]
extern "C" {
    /// Gives the loader this test's own WebAssembly.
    #[wasm_bindgen(js_name = useEngine)]
    fn use_engine(module: &Object);
}

/// Two pages, in two languages: a required rating, then a text that asks by it.
pub const SURVEY: &str = r#"{
    "askwell": 1, "id": "trip", "locales": ["en", "zh-Hant"],
    "title": {"en": "Your trip", "zh-Hant": "您的行程"},
    "pages": [
        {"id": "first", "title": {"en": "In short", "zh-Hant": "簡單說"}, "questions": [
            {"id": "recommend", "type": "nps", "required": true,
             "title": {"en": "Would you recommend us?", "zh-Hant": "會推薦嗎？"}},
            {"id": "name", "type": "text", "title": {"en": "Your name", "zh-Hant": "您的名字"}}]},
        {"id": "second", "title": {"en": "In full, {name}", "zh-Hant": "{name}，請細說"}, "questions": [
            {"id": "why", "type": "text", "lines": 3,
             "title": {"en": "Why {recommend}?", "zh-Hant": "為什麼是 {recommend}？"}}]}],
    "scoring": [{"id": "nps", "metric": "nps", "questions": ["recommend"],
                 "title": {"en": "Recommendation", "zh-Hant": "推薦"}}],
    "completion": {"showScores": true}}"#;

type Events = Rc<RefCell<Vec<(String, JsValue)>>>;

/// One element with what it told. It is taken out of the page at the end.
pub struct Widget {
    pub host: HtmlElement,
    events: Events,
    _listener: Closure<dyn FnMut(CustomEvent)>,
}

const EVENTS: &[&str] =
    &["ready", "started", "answered", "page", "completed", "queued", "sent", "failed", "error"];

impl Widget {
    /// Puts an element into the page and waits until it is ready, or says that it cannot be.
    pub async fn open(definition: &str, attributes: &[(&str, &str)]) -> Widget {
        Widget::open_with(definition, attributes, &[]).await
    }

    /// The same for an element with properties of its own.
    pub async fn open_with(
        definition: &str,
        attributes: &[(&str, &str)],
        properties: &[(&str, JsValue)],
    ) -> Widget {
        provide_engine();
        let host = document().create_element("askwell-survey").unwrap();
        for (name, value) in attributes {
            host.set_attribute(name, value).unwrap();
        }
        // In sight wherever the page is scrolled to, since only what is seen is loaded.
        host.set_attribute("style", "position: fixed; top: 0").unwrap();
        for (name, value) in properties {
            Reflect::set(&host, &(*name).into(), value).unwrap();
        }
        Reflect::set(&host, &"definition".into(), &definition.into()).unwrap();
        let events = Events::default();
        let told = events.clone();
        let listener = Closure::new(move |event: CustomEvent| {
            told.borrow_mut().push((event.type_(), event.detail()));
        });
        for name in EVENTS {
            let listener: &Function = listener.as_ref().unchecked_ref();
            host.add_event_listener_with_callback(&format!("askwell-{name}"), listener).unwrap();
        }
        let first = event(&host, &["ready", "error"]);
        document().body().unwrap().append_child(&host).unwrap();
        JsFuture::from(first).await.unwrap();
        turn().await;
        Widget { host: host.unchecked_into(), events, _listener: listener }
    }

    pub fn root(&self) -> ShadowRoot {
        self.host.shadow_root().unwrap()
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root().query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    pub fn one(&self, selector: &str) -> HtmlElement {
        self.find(selector).unwrap_or_else(|| panic!("no {selector}"))
    }

    pub fn text(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap_or_default()
    }

    pub async fn click(&self, selector: &str) {
        self.one(selector).click();
        turn().await;
    }

    /// Chooses a number on the first scale.
    pub async fn rate(&self, number: u32) {
        let steps = self.root().query_selector_all("[type=radio]").unwrap();
        steps.item(number).unwrap().unchecked_into::<HtmlElement>().click();
        turn().await;
    }

    pub fn rated(&self) -> Option<u32> {
        let steps = self.root().query_selector_all("[type=radio]").unwrap();
        (0..steps.length()).find(|index| {
            let step = steps.item(*index).unwrap();
            Reflect::get(&step, &"checked".into()).unwrap().is_truthy()
        })
    }

    pub async fn write(&self, selector: &str, text: &str) {
        let input = self.one(selector);
        Reflect::set(&input, &"value".into(), &text.into()).unwrap();
        input.dispatch_event(&Event::new("input").unwrap()).unwrap();
        turn().await;
    }

    pub fn written(&self, selector: &str) -> String {
        Reflect::get(&self.one(selector), &"value".into()).unwrap().as_string().unwrap()
    }

    pub async fn choose_language(&self, tag: &str) {
        let select = self.one(".language");
        Reflect::set(&select, &"value".into(), &tag.into()).unwrap();
        select.dispatch_event(&Event::new("change").unwrap()).unwrap();
        turn().await;
    }

    /// Calls a method of the element.
    pub async fn call(&self, method: &str) -> JsValue {
        let method: Function = Reflect::get(&self.host, &method.into()).unwrap().unchecked_into();
        let promise: Promise = method.call0(&self.host).unwrap().unchecked_into();
        let result = JsFuture::from(promise).await.unwrap();
        turn().await;
        result
    }

    /// The element inside the shadow root that has the focus.
    pub fn focused(&self) -> Option<Element> {
        Reflect::get(&self.root(), &"activeElement".into()).unwrap().dyn_into().ok()
    }

    /// The names of what was told, without `askwell-`.
    pub fn told(&self) -> Vec<String> {
        let events = self.events.borrow();
        events.iter().map(|(name, _)| name.trim_start_matches("askwell-").to_owned()).collect()
    }

    /// A property of the last event of that name.
    pub fn detail(&self, name: &str, property: &str) -> JsValue {
        let events = self.events.borrow();
        let name = format!("askwell-{name}");
        let (_, detail) = events.iter().rfind(|(told, _)| *told == name).expect("an event");
        Reflect::get(detail, &property.into()).unwrap()
    }

    /// Resolves when the element tells one of these.
    pub fn next_event(&self, names: &[&str]) -> Promise {
        event(&self.host, names)
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.host.remove();
    }
}

fn event(host: &Element, names: &[&str]) -> Promise {
    Promise::new(&mut |resolve, _| {
        for name in names {
            let name = format!("askwell-{name}");
            host.add_event_listener_with_callback(&name, &resolve).unwrap();
        }
    })
}

fn provide_engine() {
    let engine = Object::new();
    let mount = Closure::<dyn Fn(ShadowRoot, JsValue, Function) -> JsValue>::new(
        |root: ShadowRoot, options, emit| mount(&root, options, emit).unwrap().into(),
    );
    Reflect::set(&engine, &"mount".into(), &mount.into_js_value()).unwrap();
    use_engine(&engine);
}

/// Forgets all drafts.
pub fn forget_drafts() {
    leptos::prelude::window().local_storage().unwrap().unwrap().clear().unwrap();
}

/// Waits until the page has done what it does between two turns.
pub async fn turn() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = leptos::prelude::window();
        window.set_timeout_with_callback(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}
