//! What differs between the states here and there.

use std::collections::BTreeMap;
use std::sync::Arc;

use askwell::locales;
use askwell::questions::Kind;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use serde_json::{Map, Value, json};

use super::Story;
use super::peer::{NOW, Peer};

/// The first thing that differs after a step.
#[derive(Clone)]
pub struct Difference {
    /// How many steps were taken.
    pub step: usize,
    pub aspect: &'static str,
    /// Which parts of it differ, with which of both sides has them.
    pub parts: Vec<String>,
    pub text: String,
}

/// Every step after which something differs.
pub fn differences(story: &Story, peer: &mut Peer) -> Vec<Difference> {
    let theirs = peer.states(story);
    let whole = |aspect, text| vec![Difference { step: 0, aspect, parts: Vec::new(), text }];
    if let Some(error) = theirs.first().and_then(|state| state.get("error")) {
        return whole("peer", error.to_string());
    }
    let ours = match states(story) {
        Ok(states) => states,
        Err(error) => return whole("load", error),
    };
    let mut found = Vec::new();
    for (step, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        let aspects =
            ["complete", "pages", "page", "visible", "required", "readOnly", "answers", "issues"];
        for aspect in aspects {
            let (ours, theirs) = (&ours[aspect], &theirs[aspect]);
            if !same(aspect, ours, theirs) {
                let text = format!("step {step}, {aspect}: here {ours}, there {theirs}");
                let parts = parts(aspect, ours, theirs);
                found.push(Difference { step, aspect, parts, text });
                break;
            }
        }
    }
    found
}

fn parts(aspect: &str, ours: &Value, theirs: &Value) -> Vec<String> {
    let of = |value: &Value| -> BTreeMap<String, Value> {
        match plain(value) {
            // Which question has an error; kinds differ in number and name.
            Value::Object(map) if aspect == "issues" => {
                map.into_iter().map(|(key, _)| (key, Value::Null)).collect()
            }
            Value::Object(map) => map.into_iter().collect(),
            Value::Array(list) => list.into_iter().map(|item| (item.to_string(), item)).collect(),
            other => BTreeMap::from([(other.to_string(), other)]),
        }
    };
    let (ours, theirs) = (of(ours), of(theirs));
    let mut parts = Vec::new();
    for key in ours.keys().chain(theirs.keys()) {
        let part = match (ours.get(key), theirs.get(key)) {
            (Some(_), None) => format!("{key} here"),
            (None, Some(_)) => format!("{key} there"),
            (one, other) if one != other => format!("{key} other"),
            _ => continue,
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn same(aspect: &str, ours: &Value, theirs: &Value) -> bool {
    match aspect {
        "answers" => plain(ours) == plain(theirs),
        // Which question has an error; kinds differ in number and name.
        "issues" => keys(ours) == keys(theirs),
        _ => ours == theirs,
    }
}

fn keys(issues: &Value) -> Vec<&String> {
    issues.as_object().into_iter().flat_map(Map::keys).collect()
}

/// Whole numbers as such, and comments under one name.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let name = |name: &str| match name.strip_suffix("-Comment") {
                Some(name) => format!("{name}-comment"),
                None => name.to_owned(),
            };
            map.iter().map(|(key, value)| (name(key), plain(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(list) => list.iter().map(plain).collect(),
        Value::Number(number) => json!(number.as_f64()),
        other => other.clone(),
    }
}

fn states(story: &Story) -> Result<Vec<Value>, String> {
    let tool = askwell::convert::find("surveyjs").unwrap();
    let converted = tool.convert(&story.survey.to_string());
    let converted = converted.map_err(|diagnostics| format!("{diagnostics:?}"))?;
    let json = converted.survey.to_json();
    let loaded = Survey::load(&json).map_err(|diagnostics| {
        diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    })?;
    let start = Start { now_ms: NOW, words: locales::word, ..Start::default() };
    let mut session = Session::new(Arc::new(loaded.survey), start);
    let mut states = vec![state(&session)];
    for step in &story.steps {
        take(step, &mut session)?;
        states.push(state(&session));
    }
    Ok(states)
}

fn take(step: &Value, session: &mut Session) -> Result<(), String> {
    if let Some(answers) = step["set"].as_object() {
        let value = |value: &Value| serde_json::from_value(value.clone()).unwrap();
        let mut answers: Vec<_> = answers.iter().collect();
        answers.sort_by_key(|(name, _)| name.ends_with("-comment"));
        for (name, answer) in answers {
            if session.set_by_id(name, value(answer)).is_none() {
                return Err(format!("nothing is named {name}"));
            }
        }
    } else if step["next"] == true {
        session.next();
    } else if step["previous"] == true {
        session.previous();
    } else {
        session.complete();
    }
    Ok(())
}

fn state(session: &Session) -> Value {
    let survey = session.survey();
    let page = |index: usize| survey.pages[index].source.id.clone();
    let shown: Vec<usize> = (0..survey.questions.len())
        .filter(|index| session.is_visible(*index))
        .filter(|index| !matches!(survey.questions[*index].kind, Kind::Panel(_)))
        .collect();
    let having = |has: &dyn Fn(usize) -> bool| -> Vec<String> {
        let found = shown.iter().filter(|index| has(**index));
        found.map(|index| survey.questions[*index].source.id.clone()).collect()
    };
    let mut issues: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (question, issue) in session.all_issues() {
        let name = session.name_of(question);
        let is_top = |id: &String| {
            let rest = name.strip_prefix(id.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        let ids = survey.questions.iter().map(|question| question.source.id.clone());
        let Some(id) = ids.filter(is_top).max_by_key(String::len) else { continue };
        issues.entry(id).or_default().push(issue.code.as_str());
    }
    json!({
        // Where nothing is visible, no page is shown.
        "page": session.visible_pages().first().map(|_| page(session.page())),
        "pages": session.visible_pages().into_iter().map(page).collect::<Vec<_>>(),
        "visible": having(&|_| true),
        "required": having(&|index| session.is_required(index)),
        "readOnly": having(&|index| session.is_read_only(index)),
        "answers": session.answers(),
        "issues": issues,
        "complete": session.is_complete(),
    })
}
