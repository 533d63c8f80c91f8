//! What has been answered survives a reload; where nothing can be kept, that is said.

use serde_json::{Value, json};

use crate::harness::{Fate, Line, Respondent};
use crate::short;

const ARRIVED: &str = "Your answers have arrived.";
const BLOCKED: &str = "This browser does not let us save anything on this device.";

/// What a browser's user sets to let sites keep nothing.
fn no_storage() -> Value {
    json!({ "profile.default_content_setting_values.cookies": 2 })
}

fn begins(respondent: &Respondent) {
    respondent.opens(short::PAGE);
    respondent.goes_to_the_survey();
    respondent.chooses(short::QUESTION, "9");
    respondent.uses("Next");
    respondent.finds_the_focus("the second page", |focus| focus.name == "Second page");
    respondent.writes("Why is that?", "The tr");
    respondent.reloads();
    respondent.goes_to_the_survey();
    respondent.sees("Welcome back");
}

#[test]
fn a_reload_in_the_middle_goes_on_where_it_stopped() {
    let Some(stage) = short::stage("draft-resume") else { return };
    let respondent = stage.respondent();
    begins(&respondent);
    respondent.uses("Go on where I stopped");
    respondent.finds_the_focus("the second page", |focus| focus.name == "Second page");
    let text = respondent.tabs_until("the text", |focus| focus.role == "textbox");
    assert_eq!(text.value, "The tr");
    respondent.uses("Back");
    respondent.finds_the_focus("the first page", |focus| focus.name == "First page");
    let nine = respondent.tabs_until("the choice", |focus| focus.role == "radio");
    assert!(nine.name == "9" && nine.checked, "{nine:?}");
    respondent.uses("Next");
    respondent.uses("Finish");
    respondent.sees(ARRIVED);
    let answers = stage.the_only_submission()["answers"].clone();
    assert_eq!(answers, json!({ "recommend": 9, "why": "The tr" }));
    respondent.reloads();
    respondent.goes_to_the_survey();
    respondent.sees(short::QUESTION);
    respondent.sees_no("Welcome back");
    assert!(!respondent.keeps("The tr"), "a finished draft is forgotten");
}

/// Browsers write drafts late: one that died right after the end may still have an old one.
#[test]
fn what_was_finished_is_not_offered_again() {
    let Some(stage) = short::stage("draft-late") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &json!({}));
    respondent.expects_trouble("status of 503");
    let kept = "return JSON.stringify(Object.entries(localStorage))";
    let restores = "for (const [key, text] of JSON.parse(arguments[0])) localStorage[key] = text";
    for (fate, end) in [(Fate::Passes, ARRIVED), (Fate::Answered(503), "we keep trying")] {
        short::answers(&respondent);
        respondent
            .waits_until("the draft is kept", || respondent.keeps("The trains were on time."));
        let draft = respondent.runs(kept, &[]);
        line.submissions_are(fate);
        respondent.uses("Finish");
        respondent.sees(end);
        respondent.runs(restores, &[draft]);
        respondent.reloads();
        respondent.goes_to_the_survey();
        respondent.sees(short::QUESTION);
        respondent.sees_no("Welcome back");
        let left = respondent.runs(kept, &[]);
        assert!(!left.as_str().unwrap_or_default().contains("The trains"), "the draft is gone");
    }
}

#[test]
fn starting_over_forgets_what_was_answered() {
    let Some(stage) = short::stage("draft-over") else { return };
    let respondent = stage.respondent();
    begins(&respondent);
    respondent.uses("Start over");
    respondent.finds_the_focus("the first page", |focus| focus.name == "First page");
    assert_eq!(respondent.chosen(), Vec::<String>::new());
    assert!(!respondent.keeps("The tr"));
    respondent.reloads();
    respondent.goes_to_the_survey();
    respondent.sees(short::QUESTION);
    respondent.sees_no("Welcome back");
}

#[test]
fn blocked_storage_is_said_and_no_obstacle() {
    let Some(stage) = short::stage("storage-blocked") else { return };
    let respondent = stage.respondent_at(stage.receiver.port(), &no_storage());
    respondent.opens(short::PAGE);
    respondent.goes_to_the_survey();
    respondent.sees(BLOCKED);
    short::answers(&respondent);
    respondent.uses("Finish");
    respondent.sees("All done");
    respondent.sees(ARRIVED);
    let answers = stage.the_only_submission()["answers"].clone();
    assert_eq!(answers, json!({ "recommend": 9, "why": "The trains were on time." }));
}

#[test]
fn neither_saved_nor_sent_is_said_until_it_is_sent() {
    let Some(stage) = short::stage("storage-blocked-outage") else { return };
    let line = Line::to(stage.receiver.port());
    let respondent = stage.respondent_at(line.port(), &no_storage());
    respondent.expects_trouble("status of 503");
    short::answers(&respondent);
    line.submissions_are(Fate::Answered(503));
    respondent.uses("Finish");
    respondent.sees("could be neither saved nor sent. Please keep this page open");
    respondent.sees_no("All done");
    line.submissions_are(Fate::Passes);
    respondent.uses("Try again");
    respondent.sees("All done");
    respondent.sees(ARRIVED);
    stage.the_only_submission();
}
