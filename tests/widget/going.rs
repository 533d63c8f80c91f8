//! Ways through a survey: one question at a time, the list of pages, the review, the end.

use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{Widget, forget_drafts};

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
async fn time_is_shown_and_there_is_more_of_it_for_who_needs_it() {
    forget_drafts();
    let definition = r#"{"askwell": 1, "id": "timed", "locales": ["en"], "timeLimit": 3600, "pages": [
        {"id": "a", "timeLimit": 1000000, "questions": [{"id": "x", "type": "text"}]}]}"#;
    let widget = Widget::open(definition, &[("locale", "en")]).await;
    assert!(
        widget.text(".timer").starts_with("Time left: 1:00:00Time left for this page: 277:46:40")
    );
    assert!(widget.find(".time-short").is_none());
}
