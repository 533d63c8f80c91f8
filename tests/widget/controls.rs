//! The controls in a real browser: what they store, what they tell, and that nothing is rebuilt.
#![cfg(target_arch = "wasm32")]

#[path = "app.rs"]
mod app;
#[path = "choices.rs"]
mod choices;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use askwell::survey::Survey;
use askwell::ui::kit::{element, question_view};
use askwell::ui::{Controller, Options};
use askwell::value::Value;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use leptos::web_sys::{Element, Event, HtmlElement, HtmlInputElement};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Questions on the page, without the frame of a survey around them.
struct Page {
    root: HtmlElement,
    controller: Controller,
    _mounted: Box<dyn std::any::Any>,
}

impl Page {
    fn open(questions: &str) -> Page {
        let json = format!(
            r#"{{"askwell": 1, "id": "s", "locales": ["en", "zh-Hant"],
                "pages": [{{"id": "p", "questions": [{questions}]}}]}}"#
        );
        let survey = Arc::new(Survey::load(&json).expect("a sound survey").survey);
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let made = Rc::new(RefCell::new(None));
        let slot = made.clone();
        let count = survey.questions.len();
        let mounted = mount_to(root.clone(), move || {
            // A name of its own, so that no draft of another test is offered.
            let name = json.len().to_string();
            let options = Options { locale: "en".into(), name, ..Options::default() };
            let controller = Controller::new(survey.clone(), options, Rc::new(|_, _| ()));
            slot.replace(Some(controller));
            let top = (0..count).filter(|index| survey.questions[*index].parent.is_none());
            let fields = top.filter_map(|index| controller.field(index));
            element("div").child(fields.map(question_view).collect::<Vec<_>>())
        });
        let controller = made.take().unwrap();
        Page { root, controller, _mounted: Box::new(mounted) }
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.item(index).unwrap().unchecked_into()).collect()
    }

    fn one(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}"))
    }

    fn text(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap_or_default()
    }

    async fn click(&self, selector: &str, index: usize) {
        self.all(selector)[index].unchecked_ref::<HtmlElement>().click();
        tick().await;
    }

    async fn write(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.one(selector).unchecked_into();
        js_sys::Reflect::set(&input, &"value".into(), &text.into()).unwrap();
        input.dispatch_event(&Event::new("input").unwrap()).unwrap();
        tick().await;
    }

    fn answers(&self) -> String {
        let answers = self.controller.session(|session| session.answers());
        Value::Map(answers.unwrap_or_default()).to_json()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn each_control_stores_the_shape_of_its_type() {
    let page = Page::open(
        r#"{"id": "a", "type": "single-choice", "choices": ["x", "y"]},
           {"id": "b", "type": "multiple-choice", "choices": ["x", "y", "z"]},
           {"id": "c", "type": "rating", "rateType": "stars"},
           {"id": "d", "type": "nps"},
           {"id": "e", "type": "matrix", "rows": ["r", "s"], "columns": [1, 2, 3]},
           {"id": "f", "type": "text", "lines": 3},
           {"id": "g", "type": "number"},
           {"id": "h", "type": "date"},
           {"id": "i", "type": "yes-no"},
           {"id": "j", "type": "consent", "statement": "I agree."}"#,
    );
    page.click("[data-question=a] input", 1).await;
    page.click("[data-question=b] input", 2).await;
    page.click("[data-question=b] input", 0).await;
    page.click("[data-question=c] input", 3).await;
    page.click("[data-question=d] input", 0).await;
    page.click("[data-question=e] input", 4).await;
    page.write("[data-question=f] textarea", "two\nlines").await;
    page.write("[data-question=g] input", "3,5").await;
    page.write("[data-question=h] input", "2026-11-23").await;
    page.click("[data-question=i] input", 1).await;
    page.click("[data-question=j] input", 0).await;
    let expected = r#"{"a":"y","b":["x","z"],"c":4,"d":0,"e":{"s":2},"f":"two\nlines","g":3.5,"h":"2026-11-23","i":false,"j":true}"#;
    assert_eq!(page.answers(), expected);
}

#[wasm_bindgen_test]
async fn the_title_of_a_consent_describes_its_box() {
    let page = Page::open(
        r#"{"id": "a", "type": "consent", "title": "May we call you?", "statement": "I agree."}"#,
    );
    let described = page.one("input").get_attribute("aria-describedby").unwrap();
    let title = page.one(&format!("[id='{described}']"));
    assert!(title.text_content().unwrap().contains("May we call you?"));
}

#[wasm_bindgen_test]
async fn the_language_changes_around_the_field_that_is_being_written_in() {
    let page = Page::open(
        r#"{"id": "a", "type": "text", "title": {"en": "Name", "zh-Hant": "姓名"}, "required": true}"#,
    );
    let before = page.one("input");
    before.unchecked_ref::<HtmlElement>().focus().unwrap();
    page.write("input", "Lin").await;
    page.controller.set_locale("zh-Hant");
    tick().await;
    assert!(page.text("label").contains("姓名"));
    assert!(page.text(".mark").contains("必填"));
    assert_eq!(document().active_element(), Some(before.clone()), "the focus stays");
    assert_eq!(before.unchecked_into::<HtmlInputElement>().value(), "Lin");
}

#[wasm_bindgen_test]
async fn numbers_stay_as_they_were_typed() {
    let page = Page::open(r#"{"id": "a", "type": "number"}"#);
    for (typed, stored) in [("１２", r#"{"a":12}"#), ("1.", r#"{"a":1}"#), ("x", r#"{"a":"x"}"#)]
    {
        page.write("input", typed).await;
        assert_eq!(page.one("input").unchecked_into::<HtmlInputElement>().value(), typed);
        assert_eq!(page.answers(), stored);
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_is_not_needed_can_be_taken_back() {
    let page =
        Page::open(r#"{"id": "a", "type": "nps"}, {"id": "b", "type": "nps", "required": true}"#);
    page.click("[data-question=a] input", 9).await;
    page.click("[data-question=b] input", 9).await;
    assert_eq!(page.all(".clear").len(), 1, "only where no answer is needed");
    page.click(".clear", 0).await;
    assert_eq!(page.answers(), r#"{"b":9}"#);
    assert_eq!(page.all("[data-question=a] :checked").len(), 0);
    assert_eq!(document().active_element(), Some(page.one("[data-question=a] input")));
}

#[wasm_bindgen_test]
async fn what_is_wrong_stands_in_words_next_to_the_control_and_is_tied_to_it() {
    let page = Page::open(
        r#"{"id": "a", "type": "text", "inputType": "email", "required": true},
           {"id": "b", "type": "matrix", "required": true, "eachRowRequired": true,
            "rows": ["r", "s"], "columns": [1, 2]}"#,
    );
    page.click("[data-question=b] input", 0).await;
    assert!(!page.controller.next());
    tick().await;
    let input = page.one("[data-question=a] input");
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described = input.get_attribute("aria-describedby").unwrap_or_default();
    let texts = described.split(' ').map(|id| page.text(&format!("[id='{id}']")));
    assert!(texts.collect::<String>().contains("Please answer this question."));
    assert_eq!(page.all("tr[data-open]").len(), 1, "the row that is still open is marked");
    page.write("[data-question=a] input", "lin@example.com").await;
    assert_eq!(page.all("[data-question=a] .error").len(), 0);
}

#[wasm_bindgen_test]
async fn other_opens_a_field_and_the_rest_stays_in_place() {
    let page = Page::open(
        r#"{"id": "a", "type": "single-choice", "choices": ["x"], "showOtherItem": true},
           {"id": "b", "type": "note", "title": "Only for x", "visibleIf": "{a} = 'x'"}"#,
    );
    let first = page.one("input");
    assert_eq!(page.all(".write-in, .note").len(), 0);
    page.click("input[type=radio]", 1).await;
    page.write(".write-in input", "by *carrier* pigeon").await;
    assert_eq!(page.answers(), r#"{"a":"other","a-comment":"by *carrier* pigeon"}"#);
    page.click("input[type=radio]", 0).await;
    assert_eq!(page.all(".write-in").len(), 0);
    assert_eq!(page.text(".note .title"), "Only for x");
    assert!(first.is_same_node(Some(&page.one("input"))), "no input is built anew");
}

#[wasm_bindgen_test]
async fn what_respondents_write_never_becomes_markup() {
    let page = Page::open(
        r#"{"id": "a", "type": "text"},
           {"id": "b", "type": "note", "title": "**Dear** {a}",
            "description": "See [us](https://example.com)."}"#,
    );
    page.write("input", "*Lin* [x](https://evil.example) <img src=x>").await;
    assert_eq!(page.text(".note .title"), "Dear *Lin* [x](https://evil.example) <img src=x>");
    assert_eq!(page.all(".note .title strong").len(), 1);
    assert_eq!(page.all(".note .title :is(em, a, img)").len(), 0);
    let link = page.one(".note a");
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener noreferrer"));
    assert_eq!(link.get_attribute("target").as_deref(), Some("_blank"));
}

#[wasm_bindgen_test]
async fn every_input_has_a_name() {
    let page = Page::open(
        r#"{"id": "n", "type": "nps", "title": "Recommend?"},
           {"id": "r", "type": "rating", "rateType": "smileys"},
           {"id": "m", "type": "matrix", "rows": ["r"], "columns": ["c", "d"]},
           {"id": "p", "type": "panel", "title": "You", "questions": [
               {"id": "t", "type": "text", "title": "Name"}]}"#,
    );
    let steps = page.all("[data-question=n] input");
    assert_eq!(steps[0].get_attribute("aria-label").as_deref(), Some("0: Not at all likely"));
    assert_eq!(steps[10].get_attribute("aria-label").as_deref(), Some("10: Extremely likely"));
    let faces = page.all("[data-question=r] input");
    assert_eq!(faces[4].get_attribute("aria-label").as_deref(), Some("Very happy"));
    for input in page.all("[data-question=m] input") {
        let names = input.get_attribute("aria-labelledby").unwrap_or_default();
        assert!(names.split(' ').all(|id| !page.text(&format!("[id='{id}']")).is_empty()));
    }
    let name = page.one("[data-question=p] [data-question=t] input");
    let label = page.one(&format!("label[for='{}']", name.id()));
    assert!(label.text_content().unwrap_or_default().starts_with("Name"));
}

#[wasm_bindgen_test]
async fn a_computed_value_follows_answers_and_the_language() {
    let page = Page::open(
        r#"{"id": "nights", "type": "number"},
           {"id": "price", "type": "calculated", "title": {"en": "Price", "zh-Hant": "價格"},
            "expression": "{nights} * 1280", "displayStyle": "currency", "currency": "TWD", "precision": 0,
            "visibleIf": "{nights} notempty"},
           {"id": "plain", "type": "calculated", "expression": "{nights} / 3"}"#,
    );
    page.write("[data-question=nights] input", "2").await;
    let output = page.one("[data-question=price] output");
    assert_eq!(output.text_content().as_deref(), Some("NT$2,560"));
    let label = output.get_attribute("aria-labelledby").unwrap();
    assert_eq!(page.text(&format!("[id='{label}']")), "Price");
    assert_eq!(page.text("[data-question=plain] [part=title]"), "plain");
    page.controller.set_locale("zh-TW");
    page.write("[data-question=nights] input", "3").await;
    assert!(page.one("[data-question=price] output").is_same_node(Some(&output)));
    assert_eq!(output.text_content().as_deref(), Some("$3,840"));
    assert_eq!(page.text(&format!("[id='{label}']")), "價格");
    assert_eq!(page.answers(), r#"{"nights":3,"plain":1,"price":3840}"#);
}
