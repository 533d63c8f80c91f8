//! A submission: one finished response as data, with its own id.

mod moment;

use std::fmt;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use crate::value::{Map, Value, object};

pub use moment::{rfc3339, submission_id};

/// The version of the envelope that this crate writes and reads.
pub const ENVELOPE: u8 = 1;

/// One response, immutable once made: what is stored in the outbox, posted and received.
///
/// ```
/// use askwell::submission::{Channel, Submission, Status};
/// let text = r#"{"askwell": 1, "submissionId": "0198c0de-0000-7000-8000-000000000000",
///   "survey": {"id": "tour", "version": "2026-11", "hash": "sha256:00"},
///   "status": "complete", "locale": "zh-Hant", "channel": "kiosk",
///   "startedAt": "2026-11-02T08:15:30.000Z", "completedAt": "2026-11-02T08:16:18.211Z",
///   "durationMs": 48211, "answers": {"why": "late bus"}, "client": {"askwell": "0.1.0"}}"#;
/// let submission: Submission = serde_json::from_str(text).unwrap();
/// assert_eq!(submission.status, Status::Complete);
/// assert_eq!(submission.channel, Channel::Kiosk);
/// assert!(submission.consent.is_empty());
/// assert!(!format!("{submission:?}").contains("late bus"));
/// ```
///
/// When read, `scores`, `context`, `consent` and `device` may be missing and unknown fields are
/// passed over; another envelope version is an error, since it may mean something else.
/// `Debug` shows which submission it is and how much it holds, never an answer.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    /// Always [`ENVELOPE`].
    #[serde(deserialize_with = "envelope")]
    pub askwell: u8,
    /// A UUIDv7 made when the survey starts; receivers keep one submission per id.
    pub submission_id: String,
    pub survey: SurveyReference,
    pub status: Status,
    /// The language that the survey was finished in, as a BCP 47 tag.
    pub locale: String,
    pub channel: Channel,
    /// The device's clock at the start, RFC 3339 in UTC; see [`rfc3339`].
    pub started_at: String,
    /// The device's clock when the respondent finished, or when a partial response was cut off.
    pub completed_at: String,
    /// The time between the two in milliseconds.
    pub duration_ms: u64,
    /// The answers by question id; hidden questions are left out.
    pub answers: Map,
    /// The scores by the id of their scoring entry, as the device computed them. A receiver
    /// computes its own.
    #[serde(default)]
    pub scores: Map,
    /// What the host page told, such as a booking reference.
    #[serde(default)]
    pub context: Map,
    /// The notices shown and what was decided about each purpose.
    #[serde(default)]
    pub consent: Map,
    /// Which device it was, where that matters, such as on a kiosk.
    #[serde(default)]
    pub device: Map,
    pub client: Client,
}

/// Exactly which definition was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyReference {
    pub id: String,
    pub version: String,
    /// `sha256:` and the digest of the definition in canonical form.
    pub hash: String,
    /// The competency framework that it is built from: its code, revision and date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Map>,
}

/// Whether the respondent reached the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Complete,
    Partial,
    /// Not among those who are asked, so it ended early.
    ScreenedOut,
    /// Enough of this kind had answered, so it ended early.
    QuotaFull,
    /// The time was over; what had been answered by then is there.
    TimedOut,
}

/// How the respondent came to the survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    #[default]
    Embed,
    Link,
    Kiosk,
}

/// The program that made the submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// The version of this crate.
    pub askwell: String,
}

impl Submission {
    /// The submission as JSON text in the order of the fields: what is posted.
    pub fn to_json(&self) -> String {
        let text = |text: &str| Value::from(text).to_json();
        let map = |map: &Map| Value::Map(map.clone()).to_json();
        let survey = &self.survey;
        let mut reference = vec![
            ("id", text(&survey.id)),
            ("version", text(&survey.version)),
            ("hash", text(&survey.hash)),
        ];
        if let Some(framework) = &survey.framework {
            reference.push(("framework", map(framework)));
        }
        object(&[
            ("askwell", self.askwell.to_string()),
            ("submissionId", text(&self.submission_id)),
            ("survey", object(&reference)),
            ("status", text(self.status.name())),
            ("locale", text(&self.locale)),
            ("channel", text(self.channel.name())),
            ("startedAt", text(&self.started_at)),
            ("completedAt", text(&self.completed_at)),
            ("durationMs", self.duration_ms.to_string()),
            ("answers", map(&self.answers)),
            ("scores", map(&self.scores)),
            ("context", map(&self.context)),
            ("consent", map(&self.consent)),
            ("device", map(&self.device)),
            ("client", object(&[("askwell", text(&self.client.askwell))])),
        ])
    }
}

impl Status {
    /// The name in submissions.
    pub fn name(self) -> &'static str {
        match self {
            Status::Complete => "complete",
            Status::Partial => "partial",
            Status::ScreenedOut => "screened-out",
            Status::QuotaFull => "quota-full",
            Status::TimedOut => "timed-out",
        }
    }
}

impl Channel {
    /// Every channel, in the order of the documentation.
    pub const ALL: [Channel; 3] = [Channel::Embed, Channel::Link, Channel::Kiosk];

    /// The name in attributes and submissions.
    pub fn name(self) -> &'static str {
        match self {
            Channel::Embed => "embed",
            Channel::Link => "link",
            Channel::Kiosk => "kiosk",
        }
    }

    /// The channel of that name.
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

impl Default for Client {
    fn default() -> Self {
        Client { askwell: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission")
            .field("submission_id", &self.submission_id)
            .field("survey", &self.survey)
            .field("status", &self.status)
            .field("channel", &self.channel)
            .field("answers", &format_args!("({})", self.answers.len()))
            .finish_non_exhaustive()
    }
}

fn envelope<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    match u8::deserialize(deserializer)? {
        ENVELOPE => Ok(ENVELOPE),
        other => Err(Error::custom(format_args!(
            "envelope version {other} is not known; this is a reader of version {ENVELOPE}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Submission {
        Submission {
            askwell: ENVELOPE,
            submission_id: submission_id(0.0, [0; 10]),
            survey: SurveyReference {
                id: "tour".into(),
                version: "2026-11".into(),
                hash: "sha256:00".into(),
                framework: Some(Map::from([("code".to_owned(), "TTM3R0299v2".into())])),
            },
            status: Status::Complete,
            locale: "zh-Hant".into(),
            channel: Channel::Kiosk,
            started_at: rfc3339(0.0),
            completed_at: rfc3339(48_211.0),
            duration_ms: 48_211,
            answers: Map::from([("why".into(), Value::from("a \"secret\""))]),
            scores: Map::new(),
            context: Map::new(),
            consent: Map::new(),
            device: Map::new(),
            client: Client { askwell: "0.1.0".into() },
        }
    }

    #[test]
    fn is_written_in_the_documented_order() {
        let expected = concat!(
            r#"{"askwell":1,"submissionId":"00000000-0000-7000-8000-000000000000","#,
            r#""survey":{"id":"tour","version":"2026-11","hash":"sha256:00","#,
            r#""framework":{"code":"TTM3R0299v2"}},"#,
            r#""status":"complete","locale":"zh-Hant","channel":"kiosk","#,
            r#""startedAt":"1970-01-01T00:00:00.000Z","completedAt":"1970-01-01T00:00:48.211Z","#,
            r#""durationMs":48211,"answers":{"why":"a \"secret\""},"scores":{},"context":{},"#,
            r#""consent":{},"device":{},"client":{"askwell":"0.1.0"}}"#,
        );
        assert_eq!(example().to_json(), expected);
    }

    #[test]
    fn reads_what_it_wrote() {
        let read: Submission = serde_json::from_str(&example().to_json()).unwrap();
        assert!(read == example());
    }

    #[test]
    fn another_envelope_version_is_an_error() {
        let text = example().to_json().replacen(":1,", ":2,", 1);
        let error = serde_json::from_str::<Submission>(&text).unwrap_err().to_string();
        assert!(error.contains("envelope version 2"), "{error}");
    }

    #[test]
    fn debug_shows_no_answer() {
        assert!(!format!("{:?}", example()).contains("secret"));
    }

    #[test]
    fn statuses_are_named_alike_everywhere() {
        use Status::{Complete, Partial, QuotaFull, ScreenedOut, TimedOut};
        for status in [Complete, Partial, ScreenedOut, QuotaFull, TimedOut] {
            let written = serde_json::to_string(&status).unwrap();
            assert_eq!(written, format!("\"{}\"", status.name()));
        }
    }

    #[test]
    fn channels_are_named_alike_everywhere() {
        for channel in Channel::ALL {
            assert_eq!(Channel::from_name(channel.name()), Some(channel));
            let written = serde_json::to_string(&channel).unwrap();
            assert_eq!(written, format!("\"{}\"", channel.name()));
        }
        assert_eq!(Channel::from_name("Embed"), None);
    }
}
