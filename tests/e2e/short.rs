//! A survey of two questions on a page of its own, for stories that are about something else.

use crate::harness::{Respondent, Stage};

pub const PAGE: &str = "/short.html";
pub const QUESTION: &str = "Would you recommend us?";

/// A stage with the short survey, its receiver running.
pub fn stage(name: &str) -> Option<Stage> {
    let mut stage = Stage::set(name)?;
    let survey = stage.puts("short.json", include_str!("pages/short.json"));
    stage.puts("short.html", include_str!("pages/short.html"));
    stage.puts("elsewhere.html", include_str!("pages/elsewhere.html"));
    stage.receiver.knows(&survey);
    stage.receiver.start();
    Some(stage)
}

/// Answers everything but does not finish.
pub fn answers(respondent: &Respondent) {
    respondent.opens(PAGE);
    respondent.goes_to_the_survey();
    respondent.chooses(QUESTION, "9");
    respondent.uses("Next");
    respondent.writes("Why is that?", "The trains were on time.");
}
