//! Answers that were left: kept on this device, offered again, or not kept where nothing can be.

use js_sys::{Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{SURVEY, Widget, forget_drafts, turn};

#[wasm_bindgen_test]
async fn a_draft_is_offered_and_gone_on_with() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.rate(6).await;
    widget.click("[part=next]").await;
    let id = widget.detail("started", "submissionId");
    drop(widget);

    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    assert_eq!(widget.text(".offer-title"), "Welcome back");
    assert!(widget.find(".questions").is_none());
    widget.click("[part=resume]").await;
    assert_eq!(widget.text(".progress-text"), "Page 2 of 2");
    widget.click("[part=back]").await;
    assert_eq!(widget.rated(), Some(6));
    widget.click("[part=next]").await;
    widget.click("[part=next]").await;
    assert_eq!(widget.detail("completed", "submissionId"), id);
    drop(widget);

    // What is finished is not offered again.
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    assert!(widget.find(".offer").is_none());
}

#[wasm_bindgen_test]
async fn starting_over_forgets_the_draft() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.rate(6).await;
    let first = widget.detail("ready", "submissionId");
    drop(widget);
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.click("[part=start-over]").await;
    assert_eq!(widget.rated(), None);
    widget.rate(2).await;
    assert!(widget.detail("started", "submissionId") != first);
}

#[wasm_bindgen_test]
async fn nobody_is_offered_the_draft_of_another_booking() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    set_booking(&widget, "A");
    widget.rate(6).await;
    drop(widget);
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    assert!(widget.find(".offer").is_none());
    // The page may know only later whose booking it is.
    set_booking(&widget, "A");
    turn().await;
    assert!(widget.find(".offer").is_some());
    set_booking(&widget, "B");
    turn().await;
    assert!(widget.find(".offer").is_none());
    assert_eq!(widget.rated(), None);
}

fn set_booking(widget: &Widget, booking: &str) {
    let context = Object::new();
    Reflect::set(&context, &"booking".into(), &booking.into()).unwrap();
    Reflect::set(&widget.host, &"context".into(), &context).unwrap();
}

#[wasm_bindgen_test]
async fn a_kiosk_leaves_nothing_for_the_next_person() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en"), ("channel", "kiosk")]).await;
    widget.rate(6).await;
    widget.write("input.input", "Lin").await;
    assert_eq!(window().local_storage().unwrap().unwrap().length().unwrap(), 0);
    let first = widget.detail("started", "submissionId");
    widget.call("reset").await;
    assert_eq!((widget.rated(), widget.written("input.input")), (None, String::new()));
    widget.rate(1).await;
    assert!(widget.detail("started", "submissionId") != first);
}

#[wasm_bindgen_test]
async fn blocked_storage_is_said_and_stops_nobody() {
    forget_drafts();
    let blocked = BlockedStorage::new();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    assert!(widget.text(".storage").starts_with("This browser does not let us save anything"));
    widget.rate(8).await;
    widget.click("[part=next]").await;
    widget.click("[part=next]").await;
    assert_eq!(widget.text(".completion-title"), "Thank you");
    drop(blocked);
}

/// As in a browser whose owner has forbidden storage: looking at `localStorage` throws.
struct BlockedStorage {
    before: Object,
}

impl BlockedStorage {
    fn new() -> Self {
        let before = Object::get_own_property_descriptor(&window().into(), &"localStorage".into());
        let refuse = Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(|| {
            Err(js_sys::Error::new("The operation is insecure.").into())
        });
        let property = Object::new();
        Reflect::set(&property, &"get".into(), &refuse.into_js_value()).unwrap();
        Reflect::set(&property, &"configurable".into(), &true.into()).unwrap();
        Object::define_property(&window().into(), &"localStorage".into(), &property);
        BlockedStorage { before: before.unchecked_into() }
    }
}

impl Drop for BlockedStorage {
    fn drop(&mut self) {
        Object::define_property(&window().into(), &"localStorage".into(), &self.before);
    }
}
