//! The survey as a component of a Leptos app.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use askwell::submission::Submission;
use askwell::ui::{Event, Options, Survey};
use askwell::value::Value;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

const LUNCH: &str = r#"{"askwell": 1, "id": "lunch", "locales": ["en"], "pages": [
    {"id": "p", "questions": [{"id": "recommend", "type": "nps", "required": true}]}]}"#;

/// An app around a survey, which can be taken out of it.
struct App {
    root: HtmlElement,
    is_asking: RwSignal<bool>,
    finished: Rc<RefCell<Vec<Submission>>>,
    /// How often it was told that the last page was finished.
    completions: Rc<Cell<u32>>,
    _mounted: Box<dyn std::any::Any>,
}

impl App {
    /// Its name keeps drafts of other tests away.
    fn open(name: &'static str, definition: &'static str) -> App {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let owner = Owner::new();
        let is_asking = owner.with(|| RwSignal::new(true));
        let finished = Rc::new(RefCell::new(Vec::new()));
        let completions = Rc::new(Cell::new(0));
        let (finishes, tells) = (finished.clone(), completions.clone());
        let mounted = mount_to(root.clone(), move || {
            let complete = UnsyncCallback::new(move |submission: Submission| {
                finishes.borrow_mut().push(submission);
            });
            let event = UnsyncCallback::new(move |event: Event| {
                tells.set(tells.get() + u32::from(matches!(event, Event::Completed)));
            });
            view! {
                <h1>"Lunch"</h1>
                <Show when=move || is_asking.get() fallback=|| view! { <p class="later">"Later"</p> }>
                    <Survey
                        definition=definition.to_owned()
                        options=Options { locale: "en".into(), name: name.into(), ..Options::default() }
                        on_complete=complete
                        on_event=event
                    />
                </Show>
                <footer>"The end"</footer>
            }
        });
        App { root, is_asking, finished, completions, _mounted: Box::new((owner, mounted)) }
    }

    fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    async fn click(&self, selector: &str) {
        self.find(selector).unwrap_or_else(|| panic!("no {selector}")).click();
        tick().await;
    }

    /// What stands beside each other in the app.
    fn tags(&self) -> Vec<String> {
        let children = self.root.children();
        (0..children.length())
            .filter_map(|index| children.item(index))
            .map(|it| it.tag_name())
            .collect()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn an_app_asks_and_is_told_what_was_answered() {
    let app = App::open("asks", LUNCH);
    assert_eq!(app.tags(), ["H1", "SECTION", "FOOTER"]);
    app.click("[part=next]").await;
    assert!(app.find(".error").is_some(), "an answer is missing");
    assert!(app.finished.borrow().is_empty());
    app.click("[type=radio]").await;
    app.click("[part=next]").await;
    let finished = app.finished.borrow();
    assert_eq!(finished.len(), 1);
    assert_eq!(finished[0].answers.get("recommend"), Some(&Value::Number(0.0)));
    assert_eq!(app.completions.get(), 1);
}

#[wasm_bindgen_test]
async fn an_app_takes_a_survey_out_and_puts_it_back() {
    let app = App::open("is-put-back", LUNCH);
    app.is_asking.set(false);
    tick().await;
    assert_eq!(app.tags(), ["H1", "P", "FOOTER"]);
    app.is_asking.set(true);
    tick().await;
    assert_eq!(app.tags(), ["H1", "SECTION", "FOOTER"]);
    app.click("[type=radio]").await;
}

#[wasm_bindgen_test]
async fn the_author_of_an_app_reads_what_is_wrong_with_its_survey() {
    let app = App::open(
        "is-broken",
        r#"{"askwell": 1, "id": "lunch", "pages": [{"id": "p", "questions": [{"id": "q", "type": "npz"}]}]}"#,
    );
    assert!(app.root.text_content().unwrap_or_default().contains("nps"), "what was probably meant");
    assert_eq!(app.tags().last().map(String::as_str), Some("FOOTER"));
}
