//! What a finished session leaves behind.

use sha2::{Digest, Sha256};

use super::{Changes, Session};
use crate::expr::Expression;
use crate::questions::Kind;
use crate::submission::{Client, Status, Submission, SurveyReference, rfc3339};
use crate::survey::Question;
use crate::text::{Text, fill};
use crate::value::{Map, Value};

/// What is said after the last page.
#[derive(Clone, Debug, Default)]
pub struct Closing {
    pub title: Option<Text>,
    pub text: Option<Text>,
    /// The key of the words that stand for a text where there is none.
    pub word: &'static str,
}

impl Session {
    /// The envelope to deliver: complete, or partial where the survey is not finished yet.
    pub fn submission(&self, now_ms: f64) -> Submission {
        let completed_ms = self.completed_ms.unwrap_or(now_ms);
        let (answers, scores) = if self.lacks_consent() {
            (Map::new(), Map::new())
        } else {
            let scores = self.scores().into_iter();
            (self.submitted_answers(), scores.map(|(id, score)| (id, score.to_value())).collect())
        };
        Submission {
            askwell: 1,
            submission_id: self.start.id.clone(),
            survey: SurveyReference {
                id: self.survey.source.id.clone(),
                version: self.survey.source.version.clone(),
                hash: self.survey.hash().to_owned(),
                framework: self.survey.source.framework.as_ref().map(|one| one.reference.clone()),
            },
            status: self.status(),
            locale: self.locale.clone(),
            channel: self.start.channel,
            started_at: rfc3339(self.start.now_ms),
            completed_at: rfc3339(completed_ms),
            duration_ms: (completed_ms - self.start.now_ms).max(0.0) as u64,
            answers,
            scores,
            context: self.start.context.clone(),
            consent: self.consent.clone(),
            // A receiver needs it to see conditions on dates as this device saw them.
            device: Map::from([(
                "utcOffsetMinutes".to_owned(),
                self.start.utc_offset_minutes.into(),
            )]),
            client: Client { askwell: env!("CARGO_PKG_VERSION").to_owned() },
        }
    }

    /// How the survey came to its end, if it has.
    pub fn status(&self) -> Status {
        let limit = self.screened_out.and_then(|end| self.survey.source.screen_outs.get(end));
        match limit.map(|end| end.limit) {
            _ if !self.is_complete() => Status::Partial,
            _ if self.timed_out => Status::TimedOut,
            None => Status::Complete,
            Some(None) => Status::ScreenedOut,
            Some(Some(_)) => Status::QuotaFull,
        }
    }

    pub(super) fn finish(&mut self, changes: &mut Changes) {
        self.timed_out |= self.was_cut_off();
        self.screened_out = if self.timed_out { None } else { self.screen_out() };
        if self.is_tidy() {
            self.drop_hidden(changes);
        }
        self.completed_ms = Some(self.environment.now_ms);
        changes.complete = true;
    }

    /// Whether these answers can have led to such an end.
    pub fn may_end_as(&self, status: Status) -> bool {
        let limit = |end: usize| self.survey.source.screen_outs.get(end).map(|end| end.limit);
        match status {
            Status::Partial => true,
            Status::TimedOut => self.has_time_limit(),
            Status::Complete => self.screen_out().is_none(),
            // Without consent nothing is handed on, so there is nothing to go by.
            _ if self.given_answers().is_empty() => true,
            Status::ScreenedOut => self.screen_out().and_then(limit) == Some(None),
            Status::QuotaFull => matches!(self.screen_out().and_then(limit), Some(Some(_))),
        }
    }

    /// Whether it ended before a consent that is needed was given: then nothing is handed on.
    fn lacks_consent(&self) -> bool {
        let open = |(question, model): (usize, &Question)| {
            matches!(model.kind, Kind::Consent(_))
                && self.is_visible(question)
                && self.is_required(question)
                && self.answer(question).as_bool() != Some(true)
        };
        let early = !matches!(self.status(), Status::Partial | Status::Complete);
        early && self.survey.questions.iter().enumerate().any(open)
    }

    /// The first screen-out whose condition holds, and whose quota is full where it has one.
    pub(super) fn screen_out(&self) -> Option<usize> {
        if cfg!(lean) {
            return None;
        }
        let ends = self.survey.source.screen_outs.iter().zip(&self.survey.screen_outs);
        let mut ends = ends.enumerate();
        let found = ends.find(|(_, (end, condition))| {
            let counts = self.start.context.get("quotas");
            let count = counts.and_then(|counts| counts.get(&end.id)).and_then(Value::as_number);
            let full = end.limit.is_none_or(|limit| count.unwrap_or(0.0) >= f64::from(limit));
            full && condition.is_true(&self.scope(None), &self.environment)
        });
        found.map(|(index, _)| index)
    }

    /// What is said after the last page.
    pub fn closing(&self) -> Closing {
        if let Some(end) = self.screened_out.and_then(|end| self.survey.source.screen_outs.get(end))
        {
            let word = match end.limit {
                None => "survey.completion.screened-out",
                Some(_) => "survey.completion.quota-full",
            };
            return Closing { title: end.title.clone(), text: end.text.clone(), word };
        }
        if self.timed_out {
            return Closing { title: None, text: None, word: "survey.completion.timed-out" };
        }
        let word = "survey.completion.text";
        let Some(completion) = &self.survey.source.completion else {
            return Closing { title: None, text: None, word };
        };
        let [texts, _] = &self.survey.closings;
        let (title, text) = match self.first_true(texts).and_then(|at| completion.texts.get(at)) {
            Some(other) => (&other.title, &other.text),
            None => (&completion.title, &completion.text),
        };
        Closing { title: title.clone(), text: text.clone(), word }
    }

    /// Where the respondent goes on after the last page: an `https:` or `http:` address.
    pub fn redirect(&self) -> Option<String> {
        let address = match self.screened_out {
            Some(end) => self.survey.source.screen_outs.get(end)?.redirect.as_ref()?,
            None => {
                let completion = self.survey.source.completion.as_ref()?;
                let [_, redirects] = &self.survey.closings;
                match self.first_true(redirects).and_then(|at| completion.redirects.get(at)) {
                    Some(other) => &other.redirect,
                    None => completion.redirect.as_ref()?,
                }
            }
        };
        Some(fill(address, |name| self.display(name, None).map(|value| percent_encoded(&value))))
    }

    /// The same, where there is nothing else to read: then the respondent goes on at once.
    pub fn redirect_at_once(&self) -> Option<String> {
        let closing = self.closing();
        let completion = self.survey.source.completion.as_ref();
        let scores = completion.is_some_and(|completion| completion.show_scores);
        let worded = closing.title.is_some() || closing.text.is_some();
        // Whose time was over has to be told so.
        let reads = scores || worded || self.timed_out || self.outcome().is_some();
        if reads || !self.is_complete() { None } else { self.redirect() }
    }

    fn first_true(&self, conditions: &[Expression]) -> Option<usize> {
        conditions.iter().position(|c| c.is_true(&self.scope(None), &self.environment))
    }

    /// The text after the last page that suits the scores, if the survey has one.
    pub fn outcome(&self) -> Option<&Text> {
        let first = self.first_true(&self.survey.outcomes)?;
        self.survey.source.outcomes.get(first).map(|outcome| &outcome.text)
    }

    /// Keeps the record of a consent that was just given or taken back: which words, in
    /// which language, when. The collector has to be able to prove it.
    pub(super) fn note_consent(&mut self, question: usize) {
        let Some(model) = self.question(question) else { return };
        let Kind::Consent(consent) = &model.kind else { return };
        let wording = self.text(&consent.statement);
        let digest = Sha256::digest(wording.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let given = self.answer(question).as_bool() == Some(true);
        let entries: [(&str, Value); 4] = [
            ("given", given.into()),
            ("statement", format!("sha256:{hex}").into()),
            ("locale", self.locale.as_str().into()),
            ("at", rfc3339(self.environment.now_ms).into()),
        ];
        let record = entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let id = model.source.id.clone();
        self.consent.insert(id, Value::Map(record));
    }
}

/// A text as part of an address, where nothing in it can change what the address means.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half & 15)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    encoded
}
