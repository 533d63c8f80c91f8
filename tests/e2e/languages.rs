//! Languages whose words the engine does not bring along, and the engine that a survey asks for.

use crate::harness::{Respondent, Stage};
use crate::short;

/// The short survey in Thai, with Askwell's own words as they are.
fn in_thai(stage: &Stage) {
    let survey = include_str!("pages/short.json")
        .replace("\"locales\": [\"en\"", "\"locales\": [\"th\", \"en\"")
        .replace(
            "Would you recommend us?\"",
            "Would you recommend us?\", \"th\": \"จะแนะนำเราไหม\"",
        );
    stage.puts("short.json", &survey);
    let page = include_str!("pages/short.html");
    stage.puts("short.html", &page.replace("id=\"short\"", "id=\"short\" locale=\"th\""));
}

fn opens(respondent: &Respondent) {
    respondent.opens(short::PAGE);
    respondent.goes_to_the_survey();
}

#[test]
fn words_are_fetched_for_a_reader_of_thai() {
    let Some(stage) = short::stage("languages-thai") else { return };
    in_thai(&stage);
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.sees("จะแนะนำเราไหม");
    respondent.sees("ถัดไป");
    respondent.sees_no("Next");
}

#[test]
fn without_those_words_others_stand_in() {
    let Some(stage) = short::stage("languages-none") else { return };
    in_thai(&stage);
    stage.removes("locales/th.json");
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 404");
    opens(&respondent);
    respondent.sees("จะแนะนำเราไหม");
    respondent.sees("Next");
}

#[test]
fn a_survey_gets_the_engine_that_it_needs() {
    let Some(stage) = short::stage("languages-engine") else { return };
    let fetched = "return performance.getEntriesByType('resource').map((entry) => entry.name)
        .filter((name) => name.endsWith('.wasm')).map((name) => new URL(name).pathname)";
    let respondent = stage.respondent();
    opens(&respondent);
    respondent.sees(short::QUESTION);
    assert_eq!(respondent.runs(fetched, &[]), serde_json::json!(["/wasm/askwell_bg.wasm"]));

    let rare = include_str!("pages/short.json").replace("\"text\"", "\"signature\"");
    stage.puts("short.json", &rare);
    opens(&respondent);
    respondent.sees(short::QUESTION);
    assert_eq!(respondent.runs(fetched, &[]), serde_json::json!(["/wasm/whole/askwell_bg.wasm"]));
}
