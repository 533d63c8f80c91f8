//! Answers that a link brings along: refused here where the survey would not take them, since a
//! respondent could do nothing about it.

use std::sync::Arc;

use crate::issue::Level;
use crate::session::{Session, Start};
use crate::survey::Survey;
use crate::value::{Map, Value};

/// Reads an answer that was given as text: JSON where the question takes it so, else the text
/// itself.
pub fn read(survey: &Arc<Survey>, id: &str, text: &str) -> Result<Value, String> {
    let json = serde_json::from_str::<Value>(text).ok();
    let plain = Value::from(text);
    let mut refused = String::new();
    for value in json.into_iter().chain([plain]) {
        match check(survey, id, &value) {
            Ok(()) => return Ok(value),
            Err(reason) => refused = reason,
        }
    }
    Err(refused)
}

fn check(survey: &Arc<Survey>, id: &str, value: &Value) -> Result<(), String> {
    let answers = Map::from([(id.to_owned(), value.clone())]);
    let mut session = Session::new(Arc::clone(survey), Start::default());
    if session.set_by_id(id, value.clone()).is_none() {
        return Err(format!("the survey asks no question `{id}`"));
    }
    // Others may have to be answered first, so that this one is shown: then there is no issue yet.
    let session = Session::with_answers(Arc::clone(survey), Start::default(), &answers);
    let Some(question) = survey.index_of(id.strip_suffix("-comment").unwrap_or(id)) else {
        return Ok(());
    };
    let mut issues = session.find_issues(question);
    if let Some(question) = session.question(question).filter(|_| survey.index_of(id).is_some()) {
        question.kind.as_type().check(value, &mut issues);
    }
    match issues.iter().find(|issue| issue.level == Level::Error) {
        Some(issue) => Err(format!("`{id}` does not take it ({})", issue.code.as_str())),
        None => Ok(()),
    }
}
