//! The element in its page: several of them, moved, taken out and put back.

use leptos::prelude::document;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{SURVEY, Widget, forget_drafts, turn};

#[wasm_bindgen_test]
async fn two_widgets_know_nothing_of_each_other() {
    forget_drafts();
    let one = Widget::open(SURVEY, &[("locale", "en"), ("id", "one")]).await;
    let other = Widget::open(SURVEY, &[("locale", "zh-Hant"), ("id", "other")]).await;
    one.rate(2).await;
    assert_eq!((one.rated(), other.rated()), (Some(2), None));
    other.rate(10).await;
    one.click("[part=next]").await;
    assert_eq!(
        (other.rated(), other.text(".progress-text")),
        (Some(10), "第 1 頁，共 2 頁".into())
    );
    assert_eq!(one.text(".progress-text"), "Page 2 of 2");
    assert!(other.told().iter().all(|event| event != "page"));
}

#[wasm_bindgen_test]
async fn an_element_that_is_moved_stays_as_it_is() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.rate(5).await;
    widget.click("[part=next]").await;
    widget.write("textarea", "half a sen").await;
    let place = document().create_element("section").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    let field = widget.one("textarea");
    place.append_child(&widget.host).unwrap();
    turn().await;
    assert!(field.is_connected(), "the field was built anew");
    assert_eq!(widget.written("textarea"), "half a sen");
    place.remove();
}

#[wasm_bindgen_test]
async fn an_element_that_is_put_back_goes_on_without_asking() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en"), ("channel", "kiosk")]).await;
    widget.rate(5).await;
    widget.click("[part=next]").await;
    widget.write("textarea", "half a sen").await;
    widget.host.remove();
    turn().await;
    assert!(widget.find(".survey").is_none(), "what is not in the page holds no memory");
    let ready = widget.next_event(&["ready"]);
    document().body().unwrap().append_child(&widget.host).unwrap();
    JsFuture::from(ready).await.unwrap();
    turn().await;
    assert_eq!(widget.written("textarea"), "half a sen");
    widget.click("[part=back]").await;
    assert_eq!(widget.rated(), Some(5));
}

#[wasm_bindgen_test]
async fn methods_drive_the_survey() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    assert_eq!(widget.call("next").await, false);
    assert!(widget.find(".error-summary").is_some());
    widget.rate(5).await;
    assert_eq!(widget.call("next").await, true);
    assert_eq!(widget.call("previous").await, true);
    assert_eq!(widget.call("previous").await, false);
    assert_eq!(widget.call("complete").await, true);
    assert_eq!(widget.call("next").await, false);
    assert_eq!(widget.told(), ["ready", "started", "answered", "page", "page", "completed"]);
    widget.call("reset").await;
    assert_eq!(widget.rated(), None);
}

#[wasm_bindgen_test]
async fn another_definition_takes_the_place_of_the_first() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    let ready = widget.next_event(&["ready"]);
    let other = SURVEY.replace("Your trip", "Your stay").replace("\"trip\"", "\"stay\"");
    js_sys::Reflect::set(&widget.host, &"definition".into(), &other.into()).unwrap();
    JsFuture::from(ready).await.unwrap();
    turn().await;
    assert_eq!(widget.text("h2"), "Your stay");
}
