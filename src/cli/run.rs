//! `askwell run`: a headless respondent.

use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::lines::{self, Output};
use super::{Outcome, surveys};
use crate::diagnostic::nearest;
use crate::locales;
use crate::questions::Kind;
use crate::server::{replay::scores, time};
use crate::session::{Session, Start};
use crate::submission::submission_id;
use crate::survey::Survey;
use crate::value::{Map, Value};

/// Answer a survey without a screen: one step in, the new state out
#[derive(Args)]
#[command(after_help = "\
The state is printed first and again after each step. Steps, one JSON object a line:
  {\"set\": {\"recommend\": 9}}         several at once are set in the order of the survey
  {\"set\": {\"recommend\": null}}      clears an answer
  {\"set\": {\"guide-comment\": \"…\"}}   what belongs to \"other\"
  {\"next\": true}  {\"previous\": true}  {\"complete\": true}  {\"locale\": \"en\"}
  {\"feed\": {\"towns.json\": [\"Tainan\"]}}   what lies at an address that choices come from

A step that cannot be taken is answered with {\"error\": …}, and the next one is read.

Examples:
  $ printf '{\"set\": {\"recommend\": 3}}\\n{\"next\": true}\\n' | askwell run tour-satisfaction
  $ askwell run my-survey.json --locale en --now 2026-11-02T16:15+08:00 --seed 7 < steps.ndjson")]
pub struct Options {
    /// A definition file, or the id of an instrument
    survey: String,
    /// The language to begin with; the survey's first where absent
    #[arg(long, value_name = "L")]
    locale: Option<String>,
    /// The moment that counts as now; the clock's where absent
    #[arg(long, value_name = "T", value_parser = time::parse)]
    now: Option<time::Moment>,
    /// What random orders follow from
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    /// The id of the current page.
    page: Option<&'a str>,
    /// The ids of the visible pages.
    pages: Vec<&'a str>,
    /// The ids of the visible questions of all pages, notes included, panels not.
    visible: Vec<&'a str>,
    required: Vec<&'a str>,
    read_only: Vec<&'a str>,
    answers: Map,
    issues: Vec<Found>,
    complete: bool,
    scores: Map,
}

#[derive(Serialize)]
struct Found {
    question: String,
    code: &'static str,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let survey = surveys::find(&options.survey)?.load()?;
    let mut session = begin(survey, options);
    let mut output = Output::new();
    if !lines::is_open(output.line(&state(&session)?))? {
        return Ok(Outcome::Fine);
    }
    lines::answer(&mut output, |line| {
        take(line, &mut session)?;
        state(&session)
    })
}

fn begin(survey: Arc<Survey>, options: &Options) -> Session {
    let locale = options.locale.clone().unwrap_or_else(|| survey.default_locale().to_owned());
    let now = options.now.unwrap_or_else(time::now);
    let start = Start {
        id: submission_id(now.ms, [0; 10]),
        locale,
        now_ms: now.ms,
        utc_offset_minutes: now.utc_offset_minutes,
        seed: options.seed,
        words: locales::word,
        ..Start::default()
    };
    Session::new(survey, start)
}

/// Takes one step.
fn take(line: &Value, session: &mut Session) -> Result<(), String> {
    let step = line.as_map().filter(|map| map.len() == 1).and_then(Map::first_key_value);
    let (name, value) =
        step.ok_or("a step is an object with one field, such as {\"next\": true}")?;
    match (name.as_str(), value) {
        ("set", Value::Map(answers)) => return set(answers, session),
        ("next", Value::Bool(true)) => drop(session.next()),
        ("previous", Value::Bool(true)) => drop(session.previous()),
        ("complete", Value::Bool(true)) => drop(session.complete()),
        ("locale", Value::Text(locale)) => drop(session.set_locale(locale)),
        ("feed", Value::Map(documents)) => {
            for (url, document) in documents {
                session.feed(url, Some(document.clone()).filter(|document| !document.is_null()));
            }
        }
        ("feed", _) => {
            return Err(String::from("`feed` must be an object of documents by address"));
        }
        ("set", _) => return Err(String::from("`set` must be an object of answers by id")),
        ("locale", _) => return Err(String::from("`locale` must be a language tag")),
        ("next" | "previous" | "complete", _) => return Err(format!("`{name}` must be true")),
        _ => {
            let steps = "set, next, previous, complete, locale and feed";
            return Err(format!("there is no step `{name}`; there are {steps}"));
        }
    }
    Ok(())
}

/// Sets several answers in the order of the survey, comments after the answers that they
/// belong to. None is set where one of them is unknown.
fn set(answers: &Map, session: &mut Session) -> Result<(), String> {
    let survey = Arc::clone(session.survey());
    let mut ordered = Vec::new();
    for (id, value) in answers {
        let place = place(&survey, id).ok_or_else(|| unknown(&survey, id))?;
        ordered.push((place, id, value));
    }
    ordered.sort_by_key(|(place, ..)| *place);
    for (_, id, value) in ordered {
        session.set_by_id(id, value.clone());
    }
    Ok(())
}

/// Where an answer or a comment stands in the survey.
fn place(survey: &Survey, id: &str) -> Option<(usize, bool)> {
    match survey.index_of(id) {
        Some(index) => {
            let takes_answer = survey.questions.get(index)?.kind.as_type().takes_answer();
            takes_answer.then_some((index, false))
        }
        None => Some((survey.index_of(id.strip_suffix("-comment")?)?, true)),
    }
}

fn unknown(survey: &Survey, id: &str) -> String {
    let ids = survey.questions.iter().map(|question| question.source.id.as_str());
    let hint = match nearest(id, ids) {
        Some(near) if near != id => format!("; did you mean `{near}`?"),
        _ => String::new(),
    };
    format!("the survey has no question `{id}` that takes an answer{hint}")
}

/// The state line, with its fields in the order of the contract.
fn state(session: &Session) -> Result<String, String> {
    let survey = session.survey();
    let page_id = |index: usize| survey.pages.get(index).map(|page| page.source.id.as_str());
    let shown = survey.questions.iter().enumerate().filter(|(index, question)| {
        session.is_visible(*index) && !matches!(question.kind, Kind::Panel(_))
    });
    let having = |has: &dyn Fn(usize) -> bool| {
        let found = shown.clone().filter(|(index, _)| has(*index));
        found.map(|(_, question)| question.source.id.as_str()).collect()
    };
    let issues = session.all_issues().map(|(question, issue)| Found {
        question: session.name_of(question),
        code: issue.code.as_str(),
    });
    lines::json(&State {
        page: page_id(session.page()),
        pages: session.visible_pages().into_iter().filter_map(page_id).collect(),
        visible: having(&|_| true),
        required: having(&|index| session.is_required(index)),
        read_only: having(&|index| session.is_read_only(index)),
        answers: session.answers(),
        issues: issues.collect(),
        complete: session.is_complete(),
        scores: scores(session),
    })
}
