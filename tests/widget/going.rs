//! Ways through a survey: one question at a time, the list of pages, the review, the end.

use wasm_bindgen_test::wasm_bindgen_test;

use js_sys::{Function, Object, Reflect};
use leptos::web_sys::Event;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::page::{Widget, forget_drafts, turn};

const ONE_BY_ONE: &str = r#"{"askwell": 1, "id": "one", "locales": ["en"],
    "questionsOnPageMode": "questionPerPage", "firstPageIsStartPage": true,
    "showPreviewBeforeComplete": true, "progressBarType": "questions",
    "pages": [
        {"id": "start", "title": "Welcome", "questions": [{"id": "hello", "type": "note", "title": "Hello"}]},
        {"id": "p", "title": "The page", "questions": [
            {"id": "trip", "type": "panel", "title": "The trip", "questions": [
                {"id": "name", "type": "text", "title": "Your name"},
                {"id": "recommend", "type": "nps", "title": "Would you recommend us?"}]}]}],
    "completion": {"textOnCondition": [{"if": "{recommend} = 3", "text": "We are sorry, {name}"}]}}"#;

#[wasm_bindgen_test]
async fn questions_come_one_at_a_time_and_are_looked_over_at_the_end() {
    forget_drafts();
    let widget = Widget::open(ONE_BY_ONE, &[("locale", "en")]).await;
    assert_eq!(widget.text("[part=next]"), "Start");
    assert!(widget.find(".progress").is_none());
    widget.click("[part=next]").await;
    assert_eq!(widget.text(".panel-title"), "The trip");
    assert_eq!(widget.text(".question .title").trim(), "Your name");
    assert!(widget.find("[part=back]").is_none());
    widget.write("input.input", "Lin").await;
    assert_eq!(widget.text(".progress-text"), "1 of 2 answered");
    widget.click("[part=next]").await;
    assert!(widget.text(".question .title").starts_with("Would you recommend us?"));
    assert_eq!(widget.text("[part=next]"), "Check my answers");
    widget.rate(3).await;
    widget.click("[part=next]").await;
    assert_eq!(widget.focused().unwrap().text_content().unwrap(), "Please look over your answers");
    assert_eq!(widget.text(".review dl"), "Your nameLinWould you recommend us?3");
    assert_eq!(widget.one("[part=edit]").get_attribute("aria-label").unwrap(), "Change: The page");
    widget.click("[part=edit]").await;
    assert_eq!(widget.written("input.input"), "Lin");
    widget.click("[part=next]").await;
    widget.click("[part=next]").await;
    assert_eq!(widget.text("[part=next]"), "Finish");
    widget.click("[part=next]").await;
    assert!(widget.text(".completion").contains("We are sorry, Lin"));
}

const CONTENTS: &str = r#"{"askwell": 1, "id": "contents", "locales": ["en"], "showTOC": true, "pages": [
    {"id": "a", "title": "First", "questions": [{"id": "x", "type": "text"}]},
    {"id": "b", "title": "Second", "questions": [{"id": "y", "type": "text", "required": true}]},
    {"id": "c", "showNavigationButtons": false, "questions": [{"id": "z", "type": "text",
        "validators": [{"type": "length", "minLength": 4, "notificationType": "warning", "text": "A bit more?"}]}]}]}"#;

#[wasm_bindgen_test]
async fn the_list_of_pages_leads_as_far_as_all_is_in_order() {
    forget_drafts();
    let widget = Widget::open(CONTENTS, &[("locale", "en")]).await;
    assert_eq!(widget.text(".contents ol"), "FirstSecondPage 3 of 3");
    assert_eq!(widget.text(".contents [aria-current=step]"), "First");
    widget.click(".contents li:nth-child(3) button").await;
    assert_eq!(widget.text(".page-title"), "Second");
    assert_eq!(widget.text(".errors-title"), "One answer needs another look");
    widget.write("input.input", "y").await;
    widget.click(".contents li:nth-child(3) button").await;
    assert_eq!(widget.text(".contents [aria-current=step]"), "Page 3 of 3");
    assert!(widget.find("[part=next]").is_none());
    widget.write("input.input", "no").await;
    assert_eq!(widget.text(".advice"), "A bit more?");
    assert!(widget.one("input.input").get_attribute("aria-invalid").is_none());
    assert_eq!(widget.call("complete").await, true);
}

#[wasm_bindgen_test]
async fn the_time_that_is_left_is_shown_calmly() {
    forget_drafts();
    let definition = r#"{"askwell": 1, "id": "timed", "locales": ["en"], "timeLimit": 3600, "pages": [
        {"id": "a", "timeLimit": 1000000, "questions": [{"id": "x", "type": "text"}]}]}"#;
    let widget = Widget::open(definition, &[("locale", "en")]).await;
    let shown = widget.text(".timer");
    assert!(
        shown.contains("Time left: ") && shown.contains("Time left for this page: "),
        "{shown}"
    );
    assert!(widget.find(".time-short").is_none());
}

const PANELS: &str = r#"{"askwell": 1, "id": "panels", "locales": ["en"], "pages": [{"id": "p", "questions": [
    {"id": "outer", "type": "panel", "title": "Outer", "state": "collapsed", "columns": 2, "questions": [
        {"id": "a", "type": "text", "required": true},
        {"id": "b", "type": "text", "visibleIf": "twice({n}) = 4"}]},
    {"id": "n", "type": "number"},
    {"id": "m", "type": "number", "startWithNewLine": false}]}]}"#;

#[wasm_bindgen_test]
async fn a_folded_panel_opens_where_something_in_it_has_to_be_looked_at() {
    forget_drafts();
    let functions = Object::new();
    let twice = Function::new_with_args("n", "if (n > 5) throw n; return 2 * n");
    Reflect::set(&functions, &"twice".into(), &twice).unwrap();
    let properties = [("functions", JsValue::from(functions))];
    let widget = Widget::open_with(PANELS, &[("locale", "en")], &properties).await;
    assert!(widget.one(".panel [id$=inside]").hidden());
    widget.click(".fold").await;
    assert!(!widget.one(".panel [id$=inside]").hidden());
    assert_eq!(widget.one(".fold").get_attribute("aria-expanded").unwrap(), "true");
    widget.click(".fold").await;
    widget.click("[part=next]").await;
    assert!(!widget.one(".panel [id$=inside]").hidden());
    widget.click(".error-summary a").await;
    assert_eq!(widget.focused().unwrap().tag_name(), "INPUT");
    assert!(widget.find("[data-question=b]").is_none());
    widget.write("[data-question=n] input", "2").await;
    assert!(widget.find("[data-question=b]").is_some());
    widget.write("[data-question=n] input", "6").await;
    assert!(widget.find("[data-question=b]").is_none());
    assert!(widget.find(".line [data-question=m]").is_some());
}

const CLICKS: &str = r#"{"askwell": 1, "id": "clicks", "locales": ["en"], "autoAdvanceEnabled": true,
    "autoAdvanceAllowComplete": false, "pages": [
    {"id": "a", "questions": [{"id": "x", "type": "nps"}]},
    {"id": "b", "questions": [{"id": "y", "type": "nps"}]}]}"#;

#[wasm_bindgen_test]
async fn only_a_pointer_moves_on_by_itself() {
    forget_drafts();
    let widget = Widget::open(CLICKS, &[("locale", "en")]).await;
    widget.rate(3).await;
    let page = widget.next_event(&["page"]);
    widget.one(".survey").dispatch_event(&Event::new("pointerdown").unwrap()).unwrap();
    widget.rate(9).await;
    JsFuture::from(page).await.unwrap();
    turn().await;
    assert_eq!(widget.told().iter().filter(|name| *name == "page").count(), 1);
    assert_eq!(widget.text(".progress-text"), "Page 2 of 2");
}

#[wasm_bindgen_test]
async fn a_redirect_waits_where_there_is_something_to_read_and_a_kiosk_stays() {
    forget_drafts();
    let definition = r#"{"askwell": 1, "id": "on", "locales": ["en"], "pages": [{"id": "a", "questions": [
        {"id": "x", "type": "text"}]}], "completion": {"text": "Thanks", "redirect": "https://example.org/{context.b}"}}"#;
    for (channel, leads) in [("embed", true), ("kiosk", false)] {
        let widget = Widget::open(definition, &[("locale", "en"), ("channel", channel)]).await;
        widget.click("[part=next]").await;
        assert!(widget.text(".completion").contains("Thanks"));
        assert_eq!(widget.find("[part=continue]").is_some(), leads);
    }
}
