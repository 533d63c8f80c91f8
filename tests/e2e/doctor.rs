//! The doctor's page in a real browser, under the policies that browsers really keep.

use serde_json::json;

use crate::harness::{Respondent, Stage};

fn examines(respondent: &Respondent, endpoint: &str) -> Vec<String> {
    respondent.opens("/doctor.html?lang=en");
    let set = "document.getElementById('endpoint').value = arguments[0]";
    respondent.runs(set, &[json!(endpoint)]);
    respondent.uses("Examine");
    let ready = "return document.getElementById('report').ariaBusy === 'false'";
    respondent.waits_until("the report is there", || respondent.runs(ready, &[]) == true);
    let verdicts = "return [...document.querySelectorAll('#report li')]
        .map((item) => `${item.dataset.what} ${item.dataset.verdict}`)";
    let found = respondent.runs(verdicts, &[]);
    found.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_page_finds_what_is_well_and_what_is_not() {
    let Some(stage) = Stage::set_with_receiver("doctor") else { return };
    let respondent = stage.respondent();
    respondent.expects_trouble("status of 422");
    let well = examines(&respondent, "/v1/submissions");
    assert_eq!(well, ["policy fine", "preflight fine", "status fine", "copies fine"]);
    respondent.sees("An Askwell receiver, which keeps the test aside.");
    respondent.expects_trouble("status of 405");
    assert_eq!(examines(&respondent, "/healthz").last().unwrap(), "status mend");
    // The policy that the receiver sends with every page lets nothing go elsewhere.
    for words in ["policy: connect-src", "Content Security Policy"] {
        respondent.expects_trouble(words);
    }
    assert_eq!(examines(&respondent, "https://collect.example.com/in"), ["policy mend"]);
    respondent.sees("Add https://collect.example.com to connect-src");
}
