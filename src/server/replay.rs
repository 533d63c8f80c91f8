//! Answers given again, to a fresh session: what the sender's device did, done here.

use std::sync::Arc;

use crate::questions::Kind;
use crate::session::{Session, Start};
use crate::survey::Survey;
use crate::survey::source::Calculated;
use crate::value::{Map, Value};

/// When and where answers were given, as far as it bears on conditions.
#[derive(Default)]
pub struct Situation {
    /// The clock, in milliseconds since 1970 in UTC.
    pub now_ms: f64,
    pub utc_offset_minutes: i32,
    pub locale: String,
    /// What the host page told.
    pub context: Map,
}

/// How far the clocks where a submission was made were ahead of UTC; 0 where it does not say.
pub fn utc_offset_minutes(device: &Map) -> i32 {
    device.get("utcOffsetMinutes").and_then(Value::as_number).map_or(0, |minutes| minutes as i32)
}

/// A session that holds given answers.
pub struct Replayed {
    pub session: Session,
    /// Names among the answers that the survey does not have.
    pub unknown: Vec<String>,
}

/// Takes the answers as they are: a default that the respondent removed stays removed, and
/// nothing is computed anew.
pub fn replay(survey: &Arc<Survey>, answers: &Map, situation: Situation) -> Replayed {
    let start = Start {
        now_ms: situation.now_ms,
        utc_offset_minutes: situation.utc_offset_minutes,
        locale: situation.locale,
        context: situation.context,
        ..Start::default()
    };
    let session = Session::with_answers(Arc::clone(survey), start, answers);
    let unknown = answers.keys().filter(|name| !is_known(survey, name)).cloned().collect();
    Replayed { session, unknown }
}

fn is_known(survey: &Survey, name: &str) -> bool {
    let takes_answer = |id: &str| {
        let question = survey.index_of(id).and_then(|index| survey.questions.get(index));
        question.is_some_and(|question| question.kind.as_type().takes_answer())
    };
    let belongs = |suffix: &str| name.strip_suffix(suffix).is_some_and(takes_answer);
    takes_answer(name)
        || belongs("-comment")
        || is_calculated(survey, name)
        || survey.variables.iter().any(|variable| variable == name)
}

/// The answers that a survey computes rather than asks for.
pub fn is_calculated(survey: &Survey, name: &str) -> bool {
    let calculated = |entry: &Calculated| entry.include && entry.id == name;
    let kind = |id: &str| Some(&survey.questions.get(survey.index_of(id)?)?.kind);
    let totals = |id: &str| matches!(kind(id), Some(Kind::Table(_)));
    match kind(name) {
        Some(kind) => kind.as_type().computed().is_some(),
        None => {
            survey.source.calculated.iter().any(calculated)
                || name.strip_suffix("-total").is_some_and(totals)
        }
    }
}

/// Whether two values are the same as far as a respondent is concerned: nothing is like empty.
pub fn is_same(one: Option<&Value>, other: Option<&Value>) -> bool {
    let filled = |value: Option<&Value>| value.filter(|value| !value.is_empty()).cloned();
    filled(one) == filled(other)
}

/// The scores that a session gives, by id.
pub fn scores(session: &Session) -> Map {
    session.scores().into_iter().map(|(id, score)| (id, score.to_value())).collect()
}
