//! The other ways to a survey: a link that was sent, and a tablet at a counter.

use serde_json::json;

use crate::harness::{Respondent, Stage};

fn rates(respondent: &Respondent) {
    respondent.chooses("How likely are you to recommend us", "9");
    respondent.chooses("how happy are you with the trip", "Very happy");
    for _ in 0..3 {
        respondent.uses("Next");
    }
    respondent.uses("Finish");
}

#[test]
fn a_link_opens_its_survey_in_its_language() {
    let Some(stage) = Stage::set_with_receiver("link") else { return };
    let respondent = stage.respondent();
    respondent.opens("/survey.html#src=instruments/tour-satisfaction.json&lang=en");
    respondent.goes_to_the_survey();
    rates(&respondent);
    respondent.sees("Your answers have arrived.");
    let submission = stage.the_only_submission();
    assert_eq!(submission["channel"], "link");
    assert_eq!(submission["locale"], "en");
}

#[test]
fn a_link_shows_no_survey_of_another_site() {
    let Some(stage) = Stage::set_with_receiver("link-foreign") else { return };
    let respondent = stage.respondent();
    respondent.opens("/survey.html?lang=en#src=https://example.com/survey.json");
    respondent.sees("This link does not say which survey to open.");
}

/// Time runs ten times as fast, so that nobody waits for the counter.
const HASTE: &str = "
    const [now, every] = [Date.now.bind(Date), setInterval.bind(window)];
    const start = now();
    Date.now = () => start + (now() - start) * 10;
    window.setInterval = (then, wait, ...rest) => every(then, wait / 10, ...rest);
";

#[test]
fn a_kiosk_starts_over_for_the_next_person() {
    let Some(stage) = Stage::set_with_receiver("kiosk") else { return };
    let respondent = stage.respondent();
    respondent.before_each_page(HASTE);
    respondent.opens("/kiosk.html?lang=en");
    respondent.goes_to_the_survey();
    rates(&respondent);
    respondent.sees("Starting over for the next person");
    respondent.sees("How likely are you to recommend us");
    assert_eq!(respondent.chosen(), Vec::<String>::new());
    rates(&respondent);
    respondent.waits_until("both have arrived", || stage.receiver.submissions().len() == 2);
    let submissions = stage.receiver.submissions();
    assert!(submissions.iter().all(|submission| submission["channel"] == "kiosk"));
    assert_ne!(submissions[0]["submissionId"], submissions[1]["submissionId"]);
}

#[test]
fn a_kiosk_forgets_who_walks_away() {
    let Some(stage) = Stage::set_with_receiver("kiosk-idle") else { return };
    let respondent = stage.respondent();
    respondent.before_each_page(HASTE);
    respondent.opens("/kiosk.html?lang=en");
    respondent.goes_to_the_survey();
    respondent.chooses("How likely are you to recommend us", "3");
    respondent.sees("Are you still there?");
    respondent.uses("I am here, go on");
    assert_eq!(respondent.chosen().len(), 1);
    respondent.sees("Are you still there?");
    respondent.sees_no("Are you still there?");
    respondent.waits_until("nothing is chosen", || respondent.chosen().is_empty());
    respondent.reloads();
    respondent.goes_to_the_survey();
    respondent.sees("How likely are you to recommend us");
    respondent.sees_no("Welcome back");
    let kept = respondent.runs("return e2e.kept()", &[]);
    assert!(!json!(kept).to_string().contains("recommend"), "an answer stayed behind");
    assert!(stage.receiver.submissions().is_empty());
}
