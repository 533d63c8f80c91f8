//! Surveys that float above the page: how they come, where the focus goes, and how they leave.

use serde_json::{Value, json};

use crate::harness::{Key, Respondent, Stage};
use crate::short;

/// A page whose survey has these attributes.
pub fn stage(name: &str, attributes: &str) -> Option<Stage> {
    let stage = short::stage(name)?;
    puts_page(&stage, attributes);
    Some(stage)
}

pub fn puts_page(stage: &Stage, attributes: &str) {
    stage.puts("modes.html", &include_str!("pages/modes.html").replace("MODE", attributes));
    stage.puts("modes.css", "button { min-width: 44px; min-height: 44px }");
}

fn is_open(respondent: &Respondent) -> bool {
    respondent.runs("return document.getElementById('short').hasAttribute('open')", &[]) == true
}

fn focuses(respondent: &Respondent, id: &str) {
    respondent.runs("document.getElementById(arguments[0]).focus()", &[json!(id)]);
}

fn call(respondent: &Respondent, method: &str) -> Value {
    respondent.runs(&format!("return document.getElementById('short').{method}()"), &[])
}

#[test]
fn a_dialog_keeps_the_focus_and_gives_it_back() {
    let Some(stage) = stage("mode-dialog", "mode='dialog' trigger='manual'") else { return };
    let respondent = stage.respondent();
    respondent.opens("/modes.html");
    focuses(&respondent, "before");
    call(&respondent, "open");
    respondent.hears("ready");
    respondent.hears("shown");
    let names: Vec<String> = (0..30)
        .filter_map(|_| {
            respondent.presses(Key::Tab);
            respondent.focus().map(|focus| focus.name)
        })
        .collect();
    assert!(names.iter().any(|name| name == "Close"), "{names:?}");
    assert!(!names.iter().any(|name| name.contains("Button")), "the page behind is inert");
    respondent.chooses(short::QUESTION, "9");
    respondent.presses(Key::Escape);
    assert_eq!(respondent.hears("closed"), json!({ "reason": "escape" }));
    respondent.finds_the_focus("where it was", |focus| focus.name == "Button before");
    respondent.sees_no(short::QUESTION);
    call(&respondent, "open");
    respondent.sees(short::QUESTION);
    assert_eq!(respondent.chosen().len(), 1, "answers stay while it is closed");
    respondent.uses("Close");
    respondent.sees_no(short::QUESTION);
    assert!(!is_open(&respondent));
    respondent.reloads();
    call(&respondent, "open");
    respondent.sees("Welcome back");
}

#[test]
fn what_covers_nothing_traps_nothing_and_announces_itself() {
    for mode in ["slide-in", "banner"] {
        let Some(stage) = stage(&format!("mode-{mode}"), &format!("mode='{mode}'")) else { return };
        let respondent = stage.respondent();
        respondent.opens("/modes.html");
        respondent.hears("ready");
        let announced = respondent.runs("return e2e.all('[role=status]')[0].textContent", &[]);
        assert!(announced.as_str().unwrap_or_default().starts_with("A survey has opened"));
        assert!(respondent.focus().is_none(), "{mode}: nobody is moved");
        respondent.tabs_until("the page", |focus| focus.name == "Button before");
        respondent.tabs_until("the survey", |focus| focus.is_about(short::QUESTION));
        respondent.tabs_until("out of it again", |focus| focus.name == "Button after");
        focuses(&respondent, "before");
        respondent.presses(Key::Escape);
        assert!(is_open(&respondent), "{mode}: Escape elsewhere is the page's own");
        respondent.tabs_until("the button that closes", |focus| focus.name == "Close");
        respondent.presses(Key::Enter);
        assert_eq!(respondent.hears("closed"), json!({ "reason": "button" }));
        respondent.finds_the_focus("where it was", |focus| focus.name == "Button before");
    }
}

#[test]
fn a_tab_and_a_button_open_and_close_theirs() {
    for mode in ["tab", "button"] {
        let attributes = format!("mode='{mode}' label='Tell us'");
        let Some(stage) = stage(&format!("mode-{mode}"), &attributes) else { return };
        let respondent = stage.respondent();
        respondent.opens("/modes.html");
        respondent.sees("Tell us");
        respondent.uses("Tell us");
        respondent.sees(short::QUESTION);
        respondent.chooses(short::QUESTION, "9");
        respondent.presses(Key::Escape);
        respondent.sees_no(short::QUESTION);
        respondent.finds_the_focus("the button", |focus| focus.name == "Tell us");
        respondent.presses(Key::Enter);
        respondent.sees(short::QUESTION);
        assert_eq!(respondent.chosen().len(), 1);
        respondent.uses("Next");
        respondent.writes("Why is that?", "It floats.");
        respondent.uses("Finish");
        respondent.sees("Your answers have arrived.");
    }
}

#[test]
fn an_open_one_survives_moves_and_a_change_of_mode() {
    let Some(stage) = stage("mode-moves", "mode='slide-in'") else { return };
    let respondent = stage.respondent();
    respondent.opens("/modes.html");
    respondent.hears("ready");
    respondent.chooses(short::QUESTION, "9");
    for step in [
        "document.querySelector('main').append(document.getElementById('short'))",
        "document.getElementById('short').setAttribute('mode', 'dialog')",
        "document.body.append(document.getElementById('short'))",
        "document.getElementById('short').setAttribute('mode', 'inline')",
        "document.getElementById('short').setAttribute('mode', 'banner')",
    ] {
        respondent.runs(step, &[]);
        respondent.sees(short::QUESTION);
        assert_eq!(respondent.chosen().len(), 1, "after {step}");
    }
    let ready = respondent.events().iter().filter(|it| it["type"] == "askwell-ready").count();
    assert_eq!(ready, 1, "it was never loaded again");
    respondent.runs("document.getElementById('short').remove()", &[]);
    respondent.sees_no(short::QUESTION);
}

#[test]
fn an_unknown_mode_is_told_and_shown_in_its_place() {
    let Some(stage) = stage("mode-unknown", "mode='pop-up'") else { return };
    let respondent = stage.respondent();
    respondent.before_each_page("console.warn = (text) => (window.warned = text)");
    respondent.opens("/modes.html");
    respondent.hears("ready");
    respondent.chooses(short::QUESTION, "9");
    let warned = respondent.runs("return window.warned", &[]);
    assert!(warned.as_str().unwrap_or_default().contains("no mode \"pop-up\""), "{warned}");
}
