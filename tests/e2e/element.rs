//! What a host page may rely on: properties, methods and events of the element.

use serde_json::{Value, json};

use crate::harness::{Key, Respondent, Stage};
use crate::short;

const PAGE: &str = "/two.html";

/// A page with two surveys, both given by a script.
fn stage(name: &str) -> Option<Stage> {
    let mut stage = Stage::set(name)?;
    stage.puts("two.html", include_str!("pages/two.html"));
    stage.puts("two.js", include_str!("pages/two.js"));
    let survey = stage.puts("left.json", include_str!("pages/left.json"));
    stage.receiver.knows(&survey);
    stage.receiver.start();
    Some(stage)
}

fn kinds(events: &[Value], target: &str) -> Vec<String> {
    let mine = events.iter().filter(|event| event["target"] == target);
    let kind = |event: &Value| event["type"].as_str().unwrap_or_default().replace("askwell-", "");
    mine.map(kind).collect()
}

fn opens(respondent: &Respondent) {
    respondent.opens(PAGE);
    respondent.waits_until("both are ready", || {
        let events = respondent.events();
        let is_ready = |it: &&Value| it["type"] == "askwell-ready";
        events.iter().filter(is_ready).count() == 2
    });
}

#[test]
fn events_tell_what_happens_and_no_answer() {
    let Some(stage) = short::stage("element-events") else { return };
    let respondent = stage.respondent();
    short::answers(&respondent);
    respondent.uses("Finish");
    respondent.hears("sent");
    let events = respondent.events();
    let mut kinds = kinds(&events, "short");
    let typed = kinds.iter().filter(|kind| *kind == "answered").count();
    assert!(typed >= 2, "{kinds:?}");
    kinds.dedup();
    // Being seen is told by the browser when it comes to it.
    kinds.retain(|kind| kind != "shown");
    let order = ["ready", "started", "answered", "page", "answered", "completed", "queued", "sent"];
    assert_eq!(kinds, order);
    respondent.hears("shown");

    let id = respondent.hears("ready")["submissionId"].clone();
    assert_eq!(stage.the_only_submission()["submissionId"], id);
    let page = json!({ "page": 2, "pages": 2, "id": "second" });
    assert_eq!(respondent.hears("page"), page);
    assert_eq!(respondent.hears("answered"), json!({ "question": "recommend" }));
    let completed = json!({ "submissionId": id, "status": "complete" });
    assert_eq!(respondent.hears("completed"), completed);
    assert_eq!(respondent.hears("sent"), json!({ "submissionId": id }));
    assert!(!json!(events).to_string().contains("The trains"), "no answer is in any event");
    assert!(events.iter().all(|event| event["bubbles"] == true && event["composed"] == true));
}

#[test]
fn answers_are_in_events_where_the_page_asks_for_them() {
    let Some(stage) = short::stage("element-share") else { return };
    let page =
        include_str!("pages/short.html").replace("id=\"short\"", "id=\"short\" share-answers");
    stage.puts("short.html", &page);
    let respondent = stage.respondent();
    short::answers(&respondent);
    respondent.uses("Finish");
    let completed = respondent.hears("completed");
    let answers = json!({ "recommend": 9, "why": "The trains were on time." });
    assert_eq!(completed["answers"], answers);
    assert_eq!(completed["scores"]["nps"]["value"], 9);
    let last = json!({ "question": "recommend", "value": 9 });
    assert!(respondent.events().iter().any(|event| event["detail"] == last));
    respondent.hears("sent");
}

#[test]
fn two_surveys_on_a_page_know_nothing_of_each_other() {
    let Some(stage) = stage("element-two") else { return };
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.chooses("Left: recommend?", "2");
    assert_eq!(respondent.chosen().len(), 1);
    respondent.chooses("Right: recommend?", "8");
    assert_eq!(respondent.chosen().len(), 2);
    let next = "return document.getElementById('left').next()";
    assert_eq!(respondent.runs(next, &[]), true);
    respondent.sees("Left: why?");
    respondent.sees_no("Right: why?");
    let complete = "return document.getElementById('left').complete()";
    assert_eq!(respondent.runs(complete, &[]), true);
    respondent.sees("Your answers have arrived.");
    respondent.sees("Right: recommend?");
    let mut right = kinds(&respondent.events(), "right");
    right.dedup();
    assert_eq!(right, ["ready", "shown", "started", "answered"]);
    let submission = stage.the_only_submission();
    assert_eq!(submission["answers"], json!({ "recommend": 2 }));
    assert_eq!(submission["context"], json!({ "seat": "left" }), "the property context");
    respondent.reloads();
    respondent
        .waits_until("the right one has its draft", || respondent.text().contains("Welcome back"));
    respondent.sees("Left: recommend?");
    respondent.sees_no("Right: recommend?");
}

#[test]
fn methods_do_what_buttons_do() {
    let Some(stage) = stage("element-methods") else { return };
    let respondent = stage.respondent();
    opens(&respondent);
    let call = |method: &str| {
        respondent.runs(&format!("return document.getElementById('left').{method}()"), &[])
    };
    assert_eq!(call("next"), false, "an answer is missing");
    respondent.sees("One answer needs another look");
    assert_eq!(call("complete"), false);
    assert_eq!(call("previous"), false, "it is the first page");
    respondent.chooses("Left: recommend?", "7");
    assert_eq!(call("next"), true);
    respondent.sees("Left: why?");
    assert_eq!(call("previous"), true);
    respondent.sees("Left: recommend?");
    assert_eq!(respondent.chosen().len(), 1);
    call("reset");
    respondent.waits_until("nothing is chosen", || respondent.chosen().is_empty());
    call("flush");
    assert!(stage.receiver.submissions().is_empty());
}

#[test]
fn moving_the_element_keeps_answers_and_page() {
    let Some(stage) = stage("element-moved") else { return };
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.chooses("Left: recommend?", "7");
    respondent.runs("document.getElementById('left').next()", &[]);
    respondent.writes("Left: why?", "half a sen");
    let moves = [
        // Within one step, after a while outside the page, and into another shadow root.
        "document.getElementById('elsewhere').append(document.getElementById('left'))",
        "const left = document.getElementById('left'); left.remove();
         return new Promise((resolve) => setTimeout(() => { document.body.append(left); resolve(); }))",
        "const host = document.createElement('div'); document.body.append(host);
         host.attachShadow({ mode: 'open' }).append(document.getElementById('left'))",
    ];
    for step in moves {
        respondent.runs(step, &[]);
        let text = respondent.tabs_until(step, |focus| focus.is_about("Left: why?"));
        assert_eq!(text.value, "half a sen", "after {step}");
    }
    respondent.presses(Key::End);
    respondent.types("tence");
    respondent.uses("Finish");
    respondent.sees("Your answers have arrived.");
    let answers = stage.the_only_submission()["answers"].clone();
    assert_eq!(answers, json!({ "recommend": 7, "why": "half a sentence" }));
}

#[test]
fn attributes_can_change_while_it_is_answered() {
    let Some(stage) = stage("element-attributes") else { return };
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.chooses("Left: recommend?", "7");
    respondent.runs("document.getElementById('left').setAttribute('locale', 'zh-Hant')", &[]);
    respondent.sees("左：推薦？");
    assert_eq!(respondent.chosen().len(), 1);
    respondent.sees("Right: recommend?");
    respondent.runs("document.getElementById('left').context = { seat: 'moved' }", &[]);
    assert_eq!(respondent.chosen().len(), 1);
    respondent.runs("return document.getElementById('left').complete()", &[]);
    respondent.sees("您的答案已順利送達。");
    let submission = stage.the_only_submission();
    assert_eq!(submission["context"], json!({ "seat": "moved" }));
    assert_eq!(submission["locale"], "zh-Hant");
}
