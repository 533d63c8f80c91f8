//! One submission in the outbox.

use std::fmt;

use super::Failure;
use crate::formats::Format;
#[cfg(not(lean))]
use crate::formats::Target;
use crate::value::{Map, Value};

/// A submission on its way: what is stored, one record per id.
///
/// `id`, `survey`, `endpoint`, `format` and `body` never change. `Debug` leaves out the body, which
/// holds answers.
///
/// ```
/// use askwell::outbox::Entry;
/// let entry = Entry::new("0198", "tour", "https://example.com/v1/submissions", "{…}");
/// assert_eq!(Entry::from_json(&entry.to_json()), Some(entry));
/// ```
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// The submission's id.
    pub id: String,
    /// The survey's id.
    pub survey: String,
    /// The address to post to, or where and how to deliver as JSON.
    pub endpoint: String,
    pub format: Format,
    /// The envelope as JSON text.
    pub body: String,
    pub state: State,
    /// How often it was sent.
    pub attempts: u32,
    /// Not before this moment, in milliseconds since 1970; 0 is at once.
    pub next_attempt_at: f64,
    /// What went wrong last.
    pub failure: Option<Failure>,
}

/// Where an entry stands. Acknowledged entries are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not durable yet.
    Draft,
    /// To be sent for the first time.
    Ready,
    /// On its way.
    Sending,
    /// To be sent again.
    Retry,
    /// Refused for good; kept.
    Quarantined,
    /// Sent, but the reply cannot be read; kept.
    Unverified,
}

impl Entry {
    /// A draft in the default format, from the submission's id, the survey's id, the address to
    /// post to and the envelope as JSON text.
    pub fn new(id: &str, survey: &str, endpoint: &str, body: &str) -> Self {
        Entry {
            id: id.to_owned(),
            survey: survey.to_owned(),
            endpoint: endpoint.to_owned(),
            format: Format::default(),
            body: body.to_owned(),
            state: State::Draft,
            attempts: 0,
            next_attempt_at: 0.0,
            failure: None,
        }
    }

    /// The entries that bring one submission to each of several targets. The first has the
    /// submission's id, the others that id and a number.
    #[cfg(not(lean))]
    pub fn for_targets(id: &str, survey: &str, targets: &[Target], body: &str) -> Vec<Entry> {
        let entry = |(number, target): (usize, &Target)| {
            let id = if number == 0 { id.to_owned() } else { format!("{id}~{number}") };
            Entry { format: target.format, ..Entry::new(&id, survey, &target.endpoint, body) }
        };
        targets.iter().enumerate().map(entry).collect()
    }

    /// The submission's own id.
    pub fn submission_id(&self) -> &str {
        self.id.split('~').next().unwrap_or(&self.id)
    }

    /// The record of the entry: JSON with a field for each of its own, in camel case.
    pub fn to_json(&self) -> String {
        let fields = [
            ("id", Value::from(self.id.as_str())),
            ("survey", Value::from(self.survey.as_str())),
            ("endpoint", Value::from(self.endpoint.as_str())),
            ("format", Value::from(self.format.name())),
            ("body", Value::from(self.body.as_str())),
            ("state", Value::from(self.state.name())),
            ("attempts", Value::from(f64::from(self.attempts))),
            ("nextAttemptAt", Value::from(self.next_attempt_at)),
            ("failure", self.failure.map_or(Value::Null, Failure::to_value)),
        ];
        let mut record = Map::new();
        for (name, value) in fields {
            record.insert(name.to_owned(), value);
        }
        Value::Map(record).to_json()
    }

    /// Reads a record; nothing where it is none, or one of a later version that has states or
    /// formats of its own.
    pub fn from_json(text: &str) -> Option<Self> {
        let record = Value::from_json(text)?;
        let text = |name| record.get(name).and_then(Value::as_text);
        let number = |name| record.get(name).and_then(Value::as_number);
        let failure = record.get("failure").filter(|failure| !failure.is_null());
        Some(Entry {
            id: text("id")?.to_owned(),
            survey: text("survey")?.to_owned(),
            endpoint: text("endpoint")?.to_owned(),
            format: Format::from_name(text("format")?)?,
            body: text("body")?.to_owned(),
            state: State::from_name(text("state")?)?,
            attempts: number("attempts")? as u32,
            next_attempt_at: number("nextAttemptAt")?,
            failure: failure.and_then(Failure::from_value),
        })
    }
}

impl State {
    const ALL: [State; 6] = [
        State::Draft,
        State::Ready,
        State::Sending,
        State::Retry,
        State::Quarantined,
        State::Unverified,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Ready => "ready",
            State::Sending => "sending",
            State::Retry => "retry",
            State::Quarantined => "quarantined",
            State::Unverified => "unverified",
        }
    }

    fn from_name(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("id", &self.id)
            .field("survey", &self.survey)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .field("next_attempt_at", &self.next_attempt_at)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_hold_everything() {
        let mut entry = Entry::new("0198", "tour", "https://example.com", "{\"why\":\"晚了\"}");
        entry.attempts = 3;
        entry.next_attempt_at = 1_793_607_330_250.5;
        for failure in [Failure::Unreachable, Failure::Redirected, Failure::Status(503)] {
            entry.failure = Some(failure);
            for state in State::ALL {
                entry.state = state;
                assert_eq!(Entry::from_json(&entry.to_json()), Some(entry.clone()));
            }
        }
    }

    #[test]
    fn what_a_later_version_wrote_is_not_guessed_at() {
        let record = Entry::new("0198", "tour", "https://example.com", "{}").to_json();
        assert!(Entry::from_json(&record).is_some());
        for (now, later) in [("\"draft\"", "\"sealed\""), ("\"json\"", "\"parcel\"")] {
            assert_eq!(Entry::from_json(&record.replace(now, later)), None);
        }
        assert_eq!(Entry::from_json("{}"), None);
        assert_eq!(Entry::from_json("garbage"), None);
    }

    #[test]
    fn debug_shows_no_answer() {
        assert!(!format!("{:?}", Entry::new("0198", "tour", "", "晚了")).contains("晚了"));
    }
}
