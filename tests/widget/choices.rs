//! Choices that unfold, and choices that come and go.

use leptos::prelude::*;
use leptos::task::tick;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::Page;

impl Page {
    async fn press(&self, selector: &str, key: &str) {
        let make = js_sys::Function::new_with_args(
            "key",
            "return new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })",
        );
        let event = make.call1(&wasm_bindgen::JsValue::NULL, &key.into()).unwrap();
        self.one(selector).dispatch_event(event.unchecked_ref()).unwrap();
        tick().await;
        tick().await;
    }
}

fn shown(input: &Element) -> String {
    input.unchecked_ref::<HtmlInputElement>().value()
}

#[wasm_bindgen_test]
async fn a_long_list_unfolds_is_searched_and_keeps_only_what_is_seen_in_the_page() {
    let page = Page::open(
        r#"{"id": "a", "type": "single-choice", "renderAs": "dropdown", "title": "Which?",
            "choices": ["Zürich"], "choicesMin": 1, "choicesMax": 9999, "showOtherItem": true}"#,
    );
    let input = page.one("[role=combobox]");
    assert_eq!(input.get_attribute("aria-expanded").as_deref(), Some("false"));
    assert_eq!(page.all("[role=option]").len(), 0);
    page.press("[role=combobox]", "ArrowDown").await;
    assert_eq!(page.all("[role=option]").len(), 40);
    assert_eq!(page.one("[role=option]").get_attribute("aria-setsize").as_deref(), Some("10001"));
    let active =
        || page.text(&format!("[id='{}']", input.get_attribute("aria-activedescendant").unwrap()));
    assert_eq!(active(), "Zürich");
    page.press("[role=combobox]", "ArrowDown").await;
    assert_eq!(active(), "1");
    page.write("[role=combobox]", "zÜr").await;
    assert_eq!(page.all("[role=option]").len(), 1);
    assert_eq!(page.text("[role=status]"), "1 found");
    page.press("[role=combobox]", "Enter").await;
    assert_eq!(page.answers(), r#"{"a":"Zürich"}"#);
    assert_eq!(shown(&input), "Zürich");
    assert_eq!(page.all("[role=listbox]").len(), 0);
    page.write("[role=combobox]", "something").await;
    page.click("[role=option]", 0).await;
    page.write(".write-in input", "Basel").await;
    assert_eq!(page.answers(), r#"{"a":"other","a-comment":"Basel"}"#);
    page.write("[role=combobox]", "nowhere").await;
    assert_eq!(page.text(".popup .hint"), "Nothing found");
    page.press("[role=combobox]", "Escape").await;
    assert_eq!(shown(&input), "Something else");
    assert!(input.is_same_node(Some(&page.one("[role=combobox]"))), "the input is not built anew");
}

#[wasm_bindgen_test]
async fn a_list_folds_when_its_field_is_left() {
    let page = Page::open(
        r#"{"id": "a", "type": "single-choice", "renderAs": "dropdown", "choices": ["ant", "bee"]},
           {"id": "b", "type": "text"}"#,
    );
    let focus = |selector: &str| page.one(selector).unchecked_ref::<HtmlElement>().focus().unwrap();
    focus("[role=combobox]");
    page.click("[role=combobox]", 0).await;
    assert_eq!(page.all("[role=listbox]").len(), 1);
    focus("[data-question=b] input");
    tick().await;
    assert_eq!(page.all("[role=listbox]").len(), 0);
}

#[wasm_bindgen_test]
async fn several_choices_stand_above_the_list_and_can_be_taken_out() {
    let page = Page::open(
        r#"{"id": "a", "type": "multiple-choice", "renderAs": "dropdown", "searchEnabled": false,
            "choices": ["ant", "bee", "cat"], "showNoneItem": true}"#,
    );
    page.press("[role=combobox]", "b").await;
    page.press("[role=combobox]", "Enter").await;
    page.press("[role=combobox]", "Home").await;
    page.press("[role=combobox]", " ").await;
    assert_eq!(page.answers(), r#"{"a":["ant","bee"]}"#);
    assert_eq!(page.all("[role=option][aria-selected=true]").len(), 2);
    assert_eq!(page.all(".chip").len(), 2);
    assert_eq!(page.one(".chip").get_attribute("aria-label").as_deref(), Some("Remove ant"));
    page.click(".chip", 0).await;
    assert_eq!(page.answers(), r#"{"a":["bee"]}"#);
    page.click("[role=combobox]", 0).await;
    page.click("[role=option]", 3).await;
    assert_eq!(page.answers(), r#"{"a":["none"]}"#);
}

#[wasm_bindgen_test]
async fn only_what_is_offered_is_shown_and_the_focus_stays() {
    let page = Page::open(
        r#"{"id": "a", "type": "yes-no"},
           {"id": "b", "type": "multiple-choice", "showSelectAllItem": true,
            "choices": ["x", {"value": "y", "visibleIf": "{a} = true"}, {"value": "z", "enableIf": "{b} contains 'x'"}]},
           {"id": "m", "type": "matrix", "rows": ["r", "s"], "columns": ["c", "d"], "rowsVisibleIf": "{b} contains 'x' or {item} = 'r'"}"#,
    );
    assert_eq!(page.all("[data-question=b] input").len(), 3);
    assert_eq!(page.all("[data-question=b] input:disabled").len(), 1);
    assert_eq!(page.all("[data-question=m] tbody tr").len(), 1);
    page.all("[data-question=b] input")[1].unchecked_ref::<HtmlElement>().focus().unwrap();
    page.click("[data-question=b] input", 1).await;
    tick().await;
    assert_eq!(page.all("[data-question=b] input:disabled").len(), 0);
    assert_eq!(page.all("[data-question=m] tbody tr").len(), 2);
    assert_eq!(document().active_element(), Some(page.all("[data-question=b] input")[1].clone()));
    page.click("[data-question=a] input", 0).await;
    page.click("[data-question=b] input", 0).await;
    assert_eq!(page.answers(), r#"{"a":true,"b":["x","y","z"]}"#);
    assert_eq!(page.all("[data-question=b] :checked").len(), 4);
    page.click("[data-question=a] input", 1).await;
    assert_eq!(page.answers(), r#"{"a":false,"b":["x","z"]}"#);
}

// Once a list was gone, its field still looked for it: what followed answers outlived them by one turn.
#[wasm_bindgen_test]
async fn what_is_taken_out_of_the_page_follows_nothing_any_more() {
    let page = Page::open(
        r#"{"id": "a", "type": "single-choice", "renderAs": "dropdown", "choices": ["ant", "bee"]}"#,
    );
    page.click("[role=combobox]", 0).await;
    page.all("[role=option]")[1].unchecked_ref::<HtmlElement>().click();
    drop(page);
    tick().await;
    tick().await;
}

#[wasm_bindgen_test]
async fn choices_are_fetched_and_can_be_asked_for_again() {
    let page = Page::open(
        r#"{"id": "a", "type": "text"},
           {"id": "b", "type": "single-choice", "choicesByUrl": {"url": "places/{a}.json"}},
           {"id": "c", "type": "single-choice", "choicesByUrl": {"url": "nothing-lies-here.json"}}"#,
    );
    let found = |selector: &str| page.all(selector).len();
    for _ in 0..200 {
        if found("[data-question=c] .action") > 0 {
            break;
        }
        askwell::browser::sleep(20).await;
    }
    assert!(page.text("[data-question=c] [role=status]").starts_with("The choices could not"));
    page.click("[data-question=c] .action", 0).await;
    assert!(page.text("[data-question=c] [role=status]").starts_with("The choices are being"));
    assert_eq!(found("[data-question=b] input"), 0);
}

#[wasm_bindgen_test]
async fn a_column_that_no_row_shows_is_left_out_of_the_table() {
    let page = Page::open(
        r#"{"id": "a", "type": "yes-no"},
           {"id": "t", "type": "table", "rows": ["r", "s"], "rowsVisibleIf": "{item} = 'r' or {a} = true",
            "totals": {"y": "sum"}, "columns": [
               {"id": "x", "type": "yes-no"},
               {"id": "y", "type": "number", "visibleIf": "{row.x} = true"}]},
           {"id": "p", "type": "repeat", "layout": "rows", "rowCount": 2, "confirmDelete": true, "allowRowReorder": true,
            "questions": [{"id": "q", "type": "text"}]}"#,
    );
    let cells = || page.all("[data-question=t] :is(thead th, td):not([hidden])").len();
    assert_eq!(cells(), 4, "corner, heading, cell and total of x");
    page.click("[data-question=a] input", 0).await;
    assert_eq!(page.all("[data-question=t] tbody tr").len(), 2);
    page.click("[data-question=t] input", 0).await;
    assert_eq!(cells(), 9, "y has a heading, a total and a cell in either row");
    page.write("[data-question=p] tr:last-child input", "last").await;
    page.click("[data-question=p] tr:last-child .move", 0).await;
    assert!(page.answers().contains(r#""p":[{"q":"last"},{}]"#), "{}", page.answers());
    page.click("[data-question=p] .remove", 1).await;
    assert_eq!(page.all("[data-question=p] .confirm").len(), 1);
    page.click("[data-question=p] .confirm .remove", 0).await;
    assert!(page.answers().contains(r#""p":[{"q":"last"}]"#), "{}", page.answers());
}
