//! Answering a survey: pages, missing answers, languages, the end.

use wasm_bindgen_test::wasm_bindgen_test;

use super::page::{SURVEY, Widget, forget_drafts, turn};

#[wasm_bindgen_test]
async fn pages_turn_and_back_loses_nothing() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    assert_eq!(widget.text("h2"), "Your trip");
    assert_eq!(widget.text(".progress-text"), "Page 1 of 2");
    assert!(widget.find("[part=back]").is_none());
    widget.rate(9).await;
    widget.write("input.input", "Lin").await;
    widget.click("[part=next]").await;
    assert_eq!(widget.text(".page-title"), "In full, Lin");
    assert!(widget.text(".question .title").starts_with("Why 9?"));
    assert_eq!(widget.focused().unwrap().class_name(), "page-title");
    widget.write("textarea", "The guide").await;
    widget.click("[part=back]").await;
    assert_eq!(widget.rated(), Some(9));
    assert_eq!(widget.written("input.input"), "Lin");
    widget.click("[part=next]").await;
    assert_eq!(widget.written("textarea"), "The guide");
}

#[wasm_bindgen_test]
async fn a_missing_answer_is_summed_up_with_a_way_to_it() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.click("[part=next]").await;
    assert_eq!(widget.text(".errors-title"), "One answer needs another look");
    assert_eq!(widget.focused().unwrap().class_name(), "errors-title");
    let link = widget.text(".error-summary a");
    assert!(link.starts_with("Would you recommend us?"), "{link}");
    widget.click(".error-summary a").await;
    assert_eq!(widget.focused().unwrap().get_attribute("type").as_deref(), Some("radio"));
    widget.rate(3).await;
    assert!(widget.find(".error-summary").is_none());
    widget.click("[part=next]").await;
    assert_eq!(widget.text(".progress-text"), "Page 2 of 2");
}

#[wasm_bindgen_test]
async fn another_language_keeps_answers_and_focus() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.rate(7).await;
    widget.write("input.input", "Lin").await;
    widget.one(".language").focus().unwrap();
    widget.choose_language("zh-Hant").await;
    assert_eq!(widget.focused().unwrap().class_name(), "language");
    assert_eq!(widget.text("h2"), "您的行程");
    assert_eq!(widget.text(".page-title"), "簡單說");
    assert_eq!(widget.text("[part=next]"), "下一頁");
    assert_eq!(widget.one(".survey").get_attribute("lang").as_deref(), Some("zh-Hant"));
    assert_eq!((widget.rated(), widget.written("input.input")), (Some(7), "Lin".to_owned()));
    // The page may change it, too.
    widget.host.set_attribute("locale", "en-GB").unwrap();
    turn().await;
    assert_eq!(widget.text("h2"), "Your trip");
    assert_eq!(widget.rated(), Some(7));
}

#[wasm_bindgen_test]
async fn answers_and_texts_are_never_markup() {
    forget_drafts();
    let definition = SURVEY.replace("Your trip", "<img src=x onerror=alert(1)> trip");
    let widget = Widget::open(&definition, &[("locale", "en")]).await;
    widget.rate(1).await;
    widget.write("input.input", "<b>**Lin**</b>").await;
    widget.click("[part=next]").await;
    assert_eq!(widget.text("h2"), "<img src=x onerror=alert(1)> trip");
    assert_eq!(widget.text(".page-title"), "In full, <b>**Lin**</b>");
    assert!(widget.find("img, b, strong").is_none());
}

#[wasm_bindgen_test]
async fn the_end_thanks_and_shows_the_scores() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.rate(9).await;
    widget.click("[part=next]").await;
    widget.click("[part=next]").await;
    assert_eq!(widget.text(".completion-title"), "Thank you");
    assert_eq!(widget.focused().unwrap().class_name(), "completion-title");
    assert_eq!(widget.text(".tile-figure"), "9 out of 10");
    let place = widget.text(".delivery [role=status]");
    assert_eq!(place, "Your answers stay on this device; this page sends them nowhere.");
    widget.choose_language("zh-Hant").await;
    assert_eq!(widget.text(".tile-figure"), "9／10 分");
}

#[wasm_bindgen_test]
async fn events_hold_answers_only_where_the_page_asks() {
    forget_drafts();
    let widget = Widget::open(SURVEY, &[("locale", "en")]).await;
    widget.rate(4).await;
    assert_eq!(widget.told(), ["ready", "started", "answered"]);
    assert_eq!(widget.detail("answered", "question"), "recommend");
    assert!(widget.detail("answered", "value").is_undefined());
    widget.host.set_attribute("share-answers", "").unwrap();
    widget.rate(5).await;
    assert_eq!(widget.detail("answered", "value"), 5);
    assert_eq!(widget.rated(), Some(5));
}

#[wasm_bindgen_test]
async fn a_broken_definition_is_explained_to_its_author() {
    let definition = SURVEY.replace("\"nps\", \"required\"", "\"npz\", \"required\"");
    let widget = Widget::open(&definition, &[("locale", "en")]).await;
    assert_eq!(widget.text("h2"), "This survey cannot be shown");
    let details = widget.text("pre");
    assert!(details.contains("$.pages[0].questions[0].type"), "{details}");
    assert!(details.contains("did you mean `nps`?"), "{details}");
    assert_eq!(widget.told(), ["error"]);
    assert_eq!(widget.detail("error", "kind"), "definition");
}
