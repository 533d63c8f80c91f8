//! One submission in the outbox.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Failure;
use crate::formats::Format;

/// A submission on its way: what is stored, one record per id.
///
/// `id`, `survey`, `endpoint`, `format` and `body` never change. Written as JSON with names in
/// camel case; `Debug` leaves out the body, which holds answers.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The submission's id.
    pub id: String,
    /// The survey's id.
    pub survey: String,
    /// The address to post to.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
