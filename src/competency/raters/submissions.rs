//! Submissions about one person, from whichever instrument they are.

use crate::competency::form::{self, Role};
use crate::value::{Map, Value};

/// From where somebody sees the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perspective {
    SelfRating,
    Supervisor,
    Peer,
    Report,
    Customer,
}

impl Perspective {
    pub const ALL: [Perspective; 5] = [
        Perspective::SelfRating,
        Perspective::Supervisor,
        Perspective::Peer,
        Perspective::Report,
        Perspective::Customer,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Perspective::SelfRating => "self",
            Perspective::Supervisor => "supervisor",
            Perspective::Peer => "peer",
            Perspective::Report => "report",
            Perspective::Customer => "customer",
        }
    }

    pub fn find(name: &str) -> Option<Perspective> {
        Perspective::ALL.into_iter().find(|perspective| perspective.name() == name)
    }

    fn of(role: Role) -> Option<Perspective> {
        Some(match role {
            Role::SelfAssessment => Perspective::SelfRating,
            Role::Supervisor => Perspective::Supervisor,
            Role::Peer => Perspective::Peer,
            Role::Report => Perspective::Report,
            Role::Customer => Perspective::Customer,
            _ => return None,
        })
    }
}

/// A submission with what it is about.
#[derive(Clone)]
pub struct Submission {
    /// The instrument that it is from.
    pub role: Role,
    pub perspective: Option<Perspective>,
    /// The code of the person that it is about; self-assessments have none.
    pub ratee: Option<String>,
    pub completed_at: String,
    pub answers: Map,
    pub scores: Map,
}

/// Reads submissions: one JSON object a line, or one object or list as a whole.
///
/// # Errors
/// The number of the line that holds none, counted from 1, with the reason. Answers are not repeated.
pub fn read(text: &str) -> Result<Vec<Submission>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let whole: Option<Value> = serde_json::from_str(text).ok();
    let mut found = Vec::new();
    match whole {
        Some(Value::List(all)) => {
            for (index, one) in all.iter().enumerate() {
                found.push(
                    submission(one).map_err(|why| format!("submission {}: {why}", index + 1))?,
                );
            }
        }
        Some(one) => found.push(submission(&one)?),
        None => {
            for (index, line) in
                text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty())
            {
                let at = |why: String| format!("line {}: {why}", index + 1);
                let one: Value = serde_json::from_str(line)
                    .map_err(|error| at(format!("no JSON, column {}", error.column())))?;
                found.push(submission(&one).map_err(at)?);
            }
        }
    }
    Ok(found)
}

fn submission(value: &Value) -> Result<Submission, String> {
    let answers = value.get("answers").and_then(Value::as_map);
    let answers = answers.ok_or("no submission: it has no `answers`")?.clone();
    let id = value.get("survey").and_then(|survey| survey.get("id")).and_then(Value::as_text);
    let id = id.ok_or("no submission: it has no `survey` with an `id`")?;
    let role = role_of(id).ok_or_else(|| {
        format!("`{id}` is no instrument of a unit; build them with `askwell form`")
    })?;
    let text = |name: &str| answers.get(name).and_then(Value::as_text);
    let own = text("rater-role").and_then(Perspective::find);
    let ratee = text("ratee").map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned);
    Ok(Submission {
        role,
        perspective: Perspective::of(role).and_then(|by_survey| own.or(Some(by_survey))),
        ratee,
        completed_at: value
            .get("completedAt")
            .and_then(Value::as_text)
            .unwrap_or_default()
            .to_owned(),
        scores: value.get("scores").and_then(Value::as_map).cloned().unwrap_or_default(),
        answers,
    })
}

/// The instrument that a survey is, by the end of its id.
fn role_of(id: &str) -> Option<Role> {
    let suffix = |row: &form::Row| {
        let words: Value = serde_json::from_str(row.words).ok()?;
        Some(format!("-{}", words.get("id")?.as_text()?))
    };
    let named = |row: &&form::Row| suffix(row).is_some_and(|suffix| id.ends_with(&suffix));
    form::TABLE.iter().find(named).map(|row| row.role)
}
