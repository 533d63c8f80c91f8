//! The other ways to a survey: a link that was sent, and a tablet at a counter.

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
