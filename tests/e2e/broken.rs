//! Where a survey cannot be shown, readable words stand in its place.

use crate::harness::{Key, Respondent};
use crate::short;

const TITLE: &str = "This survey cannot be shown";

fn opens(respondent: &Respondent) {
    respondent.opens(short::PAGE);
    respondent.runs("document.querySelector('askwell-survey').scrollIntoView()", &[]);
}

#[test]
fn a_mistake_in_the_definition_is_explained_to_its_author() {
    let Some(stage) = short::stage("broken-definition") else { return };
    let mistaken = include_str!("pages/short.json")
        .replace("\"nps\",\n          \"title\"", "\"npss\",\n          \"title\"");
    assert!(mistaken.contains("npss"));
    stage.puts("short.json", &mistaken);
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.sees(TITLE);
    respondent.sees("It is not your fault");
    assert_eq!(respondent.hears("error")["kind"], "definition");
    respondent.tabs_until("the details", |focus| focus.tag == "summary");
    respondent.presses(Key::Enter);
    respondent.sees("npss");
    respondent.sees("nps");
}

#[test]
fn a_definition_that_is_no_json_is_explained_too() {
    let Some(stage) = short::stage("broken-json") else { return };
    stage.puts("short.json", "{ \"askwell\": 1, ");
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.sees(TITLE);
    assert_eq!(respondent.hears("error")["kind"], "definition");
}

#[test]
fn a_definition_out_of_reach_is_said() {
    let Some(stage) = short::stage("broken-src") else { return };
    stage.puts("short.html", &include_str!("pages/short.html").replace("short.json", "none.json"));
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 404");
    opens(&respondent);
    respondent.sees("The survey could not be fetched.");
    respondent.hears("error");
}

#[test]
fn the_webassembly_can_be_fetched_again() {
    let Some(stage) = short::stage("broken-wasm") else { return };
    stage.removes("wasm/askwell_bg.wasm");
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 404");
    opens(&respondent);
    respondent.sees("The survey could not be loaded.");
    assert_eq!(respondent.hears("error")["kind"], "not-loaded");
    stage.restores("wasm/askwell_bg.wasm");
    respondent.uses("Try again");
    respondent.sees(short::QUESTION);
}
