//! From the bytes of a request to submissions with a verdict each.

use std::sync::Arc;

use axum::body::Bytes;
use serde_json::value::RawValue;
use tokio::task::spawn_blocking;

use super::judge::{Accepted, Reason, judge};
use super::links::Links;
use super::log;
use super::store::{Arrival, Verdict, digest, reference};
use super::surveys::Surveys;
use crate::seal::{self, OpeningKey};
use crate::submission::Submission;
use crate::survey::Survey;
use crate::value::Value;

/// How many submissions one request may hold.
const MOST: usize = 1000;

/// One submission of a request.
pub enum Read {
    Arrived {
        arrival: Arrival,
        /// Which device says that it sends, where one does.
        device: Option<String>,
    },
    /// There is nothing to keep; a sentence says why.
    Unreadable(String),
}

/// The submissions in a body: one, those of a JSON array, or one a line.
pub fn split(body: &Bytes, lines: bool, many: bool) -> Result<Vec<Bytes>, String> {
    let items: Vec<Bytes> = if lines {
        let lines = body.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        lines.map(|line| body.slice_ref(line)).collect()
    } else if many {
        let items: Vec<&RawValue> = serde_json::from_slice(body)
            .map_err(|error| format!("the body is no JSON: {error}"))?;
        items.into_iter().map(|item| body.slice_ref(item.get().as_bytes())).collect()
    } else {
        vec![body.clone()]
    };
    match items.len() {
        0 => Err(String::from("the body holds no submission")),
        count if count > MOST => Err(format!("one request holds at most {MOST} submissions")),
        _ => Ok(items),
    }
}

/// How many submissions each device sends, of those that say which they are.
pub fn devices(read: &[Read]) -> Vec<(String, usize)> {
    let mut devices: Vec<(String, usize)> = Vec::new();
    for read in read {
        let Read::Arrived { device: Some(device), .. } = read else { continue };
        match devices.iter_mut().find(|(known, _)| known == device) {
            Some((_, count)) => *count += 1,
            None => devices.push((device.clone(), 1)),
        }
    }
    devices
}

/// What it takes to read and judge submissions.
pub struct Reader {
    pub surveys: Surveys,
    pub links: Links,
    /// What opens those that are sealed.
    pub opening: Option<OpeningKey>,
}

impl Reader {
    /// Reads and judges a submission. Without JSON and an id there is nothing to keep.
    pub async fn read(&self, body: Bytes, key: Option<&str>) -> Read {
        let value: Value = match serde_json::from_slice(&body) {
            Ok(value) => value,
            Err(error) => return Read::Unreadable(format!("the body is no JSON: {error}")),
        };
        let id = value.get("submissionId").and_then(Value::as_text).filter(|id| is_id(id));
        let Some(id) = id.map(str::to_owned) else {
            let message = "`submissionId` must be text of 1 to 64 letters, digits, `-`, `_` or `.`";
            return Read::Unreadable(message.to_owned());
        };
        if key.is_some_and(|key| key != id) {
            let message = "the header Idempotency-Key must be the submissionId";
            return Read::Unreadable(message.to_owned());
        }
        let (value, body, sealed) = self.open(value, body);
        let survey = value.get("survey");
        let name = survey.and_then(|survey| survey.get("id")).and_then(Value::as_text);
        let verdict = match seal::is_sealed(&value) {
            true => self.sealed_verdict(&value).await,
            false => self.verdict(body).await,
        };
        let mut arrival = Arrival {
            id,
            survey: name.unwrap_or_default().to_owned(),
            envelope: value.to_json(),
            reference: reference(&value),
            link: None,
            sealed,
            verdict,
        };
        self.links.judge(&value, &mut arrival);
        Read::Arrived { device: device(&value), arrival }
    }

    /// What is in a sealed submission with the digest of how it came, where the key is here and fits;
    /// else it as it is.
    fn open(&self, value: Value, body: Bytes) -> (Value, Bytes, Option<String>) {
        let Some(key) = self.opening.as_ref().filter(|_| seal::is_sealed(&value)) else {
            return (value, body, None);
        };
        match seal::open(&value, key) {
            Ok(text) => {
                let opened = serde_json::from_slice(&text).unwrap_or_default();
                (opened, text.into(), Some(digest(&value.to_json())))
            }
            Err(reason) => {
                log::event(&[("event", "not-opened"), ("reason", reason.code())]);
                (value, body, None)
            }
        }
    }

    /// All that can be said of what nobody here can read.
    async fn sealed_verdict(&self, value: &Value) -> Verdict {
        let wrong = |code| Verdict::Invalid { reasons: vec![Reason::whole(code)] };
        let survey = value.get("survey").cloned().unwrap_or_default().to_json();
        let Ok(survey) = serde_json::from_str(&survey) else { return wrong("wrong-envelope") };
        match seal::check(value) {
            Err(reason) => wrong(reason.code()),
            Ok(()) if self.surveys.find(&survey).await.is_none() => wrong("unknown-survey"),
            Ok(()) => Verdict::Sealed,
        }
    }

    async fn verdict(&self, body: Bytes) -> Verdict {
        let Ok(submission) = serde_json::from_slice::<Submission>(&body) else {
            return Verdict::Invalid { reasons: vec![Reason::whole("wrong-envelope")] };
        };
        let Some(survey) = self.surveys.find(&submission.survey).await else {
            return Verdict::Invalid { reasons: vec![Reason::whole("unknown-survey")] };
        };
        // Judging takes as long as the survey is large: other requests go on meanwhile.
        let judged = spawn_blocking(move || judged(&submission, &survey)).await;
        judged
            .unwrap_or_else(|_| Verdict::Invalid { reasons: vec![Reason::whole("wrong-envelope")] })
    }
}

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn device(envelope: &Value) -> Option<String> {
    let id = envelope.get("device").and_then(|device| device.get("id"))?;
    id.as_text().map(str::to_owned)
}

fn judged(submission: &Submission, survey: &Arc<Survey>) -> Verdict {
    match judge(submission, survey) {
        Ok(Accepted { scores, scores_differ }) => {
            Verdict::Valid { hash: survey.hash().to_owned(), scores, scores_differ }
        }
        Err(reasons) => Verdict::Invalid { reasons },
    }
}
