//! What the README promises, tried.

use crate::harness::Stage;

const README: &str = include_str!("../../README.md");

/// The first block of code in a language.
fn block(language: &str) -> &'static str {
    let start = format!("```{language}\n");
    let (_, rest) = README.split_once(&start).expect("the README has such a block");
    rest.split_once("```").expect("the block ends").0
}

#[test]
fn the_snippet_shows_the_survey_and_sends_the_answers() {
    let Some(stage) = Stage::set_with_receiver("readme") else { return };
    let page = format!(
        "<!doctype html><title>Pasted</title><link rel=icon href=icon.svg><main>{}</main>",
        block("html")
    );
    stage.puts("pasted.html", &page);
    let respondent = stage.respondent();
    respondent.opens("/pasted.html");
    respondent.goes_to_the_survey();
    respondent.chooses("How likely are you to recommend us", "9");
    respondent.chooses("how happy are you with the trip", "Very happy");
    for _ in 0..3 {
        respondent.uses("Next");
    }
    respondent.uses("Finish");
    respondent.sees("Your answers have arrived.");
    assert_eq!(stage.the_only_submission()["scores"]["nps"]["value"], 9);
}

/// The policy that it promises to work under is the one that the receiver sends with every page.
#[test]
fn the_policy_is_the_one_that_pages_are_served_under() {
    let Some(stage) = Stage::set_with_receiver("readme-policy") else { return };
    let respondent = stage.respondent();
    respondent.opens("/index.html");
    let ask =
        "return fetch('/').then((response) => response.headers.get('content-security-policy'))";
    let policy = respondent.runs(ask, &[]);
    let policy = policy.as_str().expect("pages are served under a policy");
    assert!(README.contains(&format!("```\n{policy}\n```")), "the README does not show {policy}");
}
