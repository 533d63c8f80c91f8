//! `askwell score`: scores from answers, recomputed.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::lines::{self, Output};
use super::{Outcome, surveys};
use crate::server::replay::{Situation, replay, scores, utc_offset_minutes};
use crate::server::time;
use crate::survey::Survey;
use crate::value::{Map, Value};

/// Compute the scores of answers or whole submissions: one JSON line in, one out
#[derive(Args)]
#[command(after_help = "\
Each line is either an object of answers by question id, or a submission as it was posted. Only
answers to visible questions count, as in the survey itself.

Examples:
  $ echo '{\"recommend\": 9, \"overall\": 5}' | askwell score tour-satisfaction
  $ askwell export --format ndjson | askwell score tour-satisfaction")]
pub struct Options {
    /// A definition file, or the id of an instrument
    survey: String,
}

#[derive(Serialize)]
struct Reply {
    scores: Map,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let survey = surveys::find(&options.survey)?.load()?;
    lines::answer(&mut Output::new(), |line| score(line, &survey))
}

fn score(line: &Value, survey: &Arc<Survey>) -> Result<String, String> {
    let no_answers = || String::from("the line is neither answers nor a submission");
    let submission = line.as_map().filter(|map| map.contains_key("submissionId"));
    let (answers, situation) = match submission {
        Some(submission) => (submission.get("answers"), situation(submission)?),
        None => (Some(line), Situation { now_ms: time::now().ms, ..Situation::default() }),
    };
    let answers = answers.and_then(Value::as_map).ok_or_else(no_answers)?;
    let replayed = replay(survey, answers, situation);
    if let Some(unknown) = replayed.unknown.first() {
        return Err(format!("the survey has no question `{unknown}`"));
    }
    lines::json(&Reply { scores: scores(&replayed.session) })
}

/// What a submission tells about where and when it was answered.
fn situation(submission: &Map) -> Result<Situation, String> {
    let now_ms = match submission.get("completedAt").and_then(Value::as_text) {
        Some(text) => time::parse(text)?.ms,
        None => time::now().ms,
    };
    let map = |name: &str| submission.get(name).and_then(Value::as_map).cloned();
    Ok(Situation {
        now_ms,
        utc_offset_minutes: utc_offset_minutes(&map("device").unwrap_or_default()),
        context: map("context").unwrap_or_default(),
        ..Situation::default()
    })
}
