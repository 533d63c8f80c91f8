//! Everything goes wrong in turn, in a real browser with two tabs that dies in between: every response
//! whose "thank you" was seen is stored once. `tests/faults` does the same a thousand times over.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{Fate, Line, Respondent, Stage};
use crate::short;

const FATES: [Fate; 10] = [
    Fate::CutOnTheWay,
    Fate::Answered(429),
    Fate::CutOnTheWayBack,
    Fate::Garbage,
    Fate::Answered(503),
    Fate::Redirected,
    Fate::Hangs,
    Fate::CutOnTheWayBack,
    Fate::Answered(500),
    Fate::Passes,
];

fn ready(stage: &Stage, line: &Line) -> Respondent {
    let respondent = stage.respondent_who_returns(line.port());
    for words in ["net::ERR_", "status of 429", "status of 50"] {
        respondent.expects_trouble(words);
    }
    respondent
}

/// Browsers write storage late: one that died may still know the draft of what was finished, and must
/// not offer it.
fn is_not_welcomed_back(respondent: &Respondent) {
    respondent.opens(short::PAGE);
    respondent.goes_to_the_survey();
    respondent.sees(short::QUESTION);
    respondent.sees_no("Welcome back");
}

#[test]
fn whoever_was_thanked_is_stored_once() {
    let Some(stage) = short::stage("faults") else { return };
    let line = Line::to(stage.receiver.port());
    let mut respondent = ready(&stage, &line);
    let mut thanked = BTreeSet::new();
    for (number, fate) in FATES.into_iter().enumerate() {
        short::answers(&respondent);
        if number == 2 {
            respondent
                .runs("window.open('/elsewhere.html', '', 'popup,width=400,height=300')", &[]);
        }
        line.submissions_are(fate);
        respondent.is_offline(number == 3);
        respondent.uses("Finish");
        respondent.sees("All done");
        let id = respondent.hears("queued")["submissionId"].clone();
        thanked.insert(id.as_str().expect("it has an id").to_owned());
        respondent.is_offline(false);
        if number == 5 {
            respondent.loses_the_browser();
            respondent = ready(&stage, &line);
            is_not_welcomed_back(&respondent);
        }
    }
    line.submissions_are(Fate::Passes);
    respondent.opens(short::PAGE);
    respondent.goes_to_the_survey();
    // "Send now": what was asked to wait for an hour goes too.
    respondent.runs("document.querySelector('askwell-survey').flush()", &[]);
    let stored = || stage.receiver.submissions().len();
    respondent.waits_until("everything has arrived", || stored() >= FATES.len());
    let submissions = stage.receiver.submissions();
    let ids: Vec<String> =
        submissions.iter().map(|it| it["submissionId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), FATES.len(), "something is stored twice");
    assert_eq!(ids.into_iter().collect::<BTreeSet<String>>(), thanked);
    assert!(line.attempts() > FATES.len(), "nothing went wrong");
}

/// Each in its own format, a function of the page among them.
#[test]
fn several_endpoints_get_every_submission() {
    let Some(stage) = short::stage("endpoints") else { return };
    let respondent = stage.respondent();
    let endpoints = json!([
        {"format": "callback"},
        {"url": "/v1/submissions"},
        {"format": "text", "url": "/v1/submissions/batch"},
    ]);
    let page = include_str!("pages/short.html")
        .replace("endpoint=\"/v1/submissions\"", &format!("endpoint='{endpoints}'"));
    assert!(page.contains("callback"), "the page has an endpoint to replace");
    stage.puts("several.html", &page);
    respondent.before_each_page(
        "addEventListener('DOMContentLoaded', () => {
            const survey = document.querySelector('askwell-survey');
            if (survey) survey.deliver = async (it) => { (window.taken ??= []).push(it.submissionId); };
        });",
    );
    respondent.opens("/several.html");
    respondent.goes_to_the_survey();
    respondent.chooses(short::QUESTION, "9");
    respondent.uses("Next");
    respondent.writes("Why is that?", "The trains were on time.");
    respondent.uses("Finish");
    respondent.sees("Your answers have arrived.");
    respondent.waits_until("the receiver has it", || stage.receiver.submissions().len() == 1);
    let taken: Value = respondent.runs("return window.taken", &[]);
    assert_eq!(taken, json!([stage.the_only_submission()["submissionId"]]));
}

#[test]
fn a_secret_in_the_page_is_refused_with_an_explanation() {
    let Some(stage) = short::stage("endpoint-secret") else { return };
    let endpoint = json!({"format": "text", "url": "https://hooks.slack.com/services/T/B/x"});
    let page = include_str!("pages/short.html")
        .replace("endpoint=\"/v1/submissions\"", &format!("endpoint='{endpoint}'"));
    stage.puts("secret.html", &page);
    let respondent = stage.respondent();
    respondent.opens("/secret.html");
    respondent.runs("document.querySelector('askwell-survey').scrollIntoView()", &[]);
    let error = respondent.hears("error");
    assert_eq!(error["kind"], "endpoint");
    assert!(error["message"].as_str().unwrap().contains("everything in a page is public"));
    respondent.sees_no(short::QUESTION);
}
