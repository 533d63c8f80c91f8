//! What a finished session leaves behind.

use sha2::{Digest, Sha256};

use super::Session;
use crate::questions::Kind;
use crate::submission::{Client, Status, Submission, SurveyReference, rfc3339};
use crate::text::Text;
use crate::value::{Map, Value};

impl Session {
    /// The envelope to deliver: complete, or partial where the survey is not finished yet.
    pub fn submission(&self, now_ms: f64) -> Submission {
        let completed_ms = self.completed_ms.unwrap_or(now_ms);
        let status = if self.is_complete() { Status::Complete } else { Status::Partial };
        Submission {
            askwell: 1,
            submission_id: self.start.id.clone(),
            survey: SurveyReference {
                id: self.survey.source.id.clone(),
                version: self.survey.source.version.clone(),
                hash: self.survey.hash().to_owned(),
            },
            status,
            locale: self.locale.clone(),
            channel: self.start.channel,
            started_at: rfc3339(self.start.now_ms),
            completed_at: rfc3339(completed_ms),
            duration_ms: (completed_ms - self.start.now_ms).max(0.0) as u64,
            answers: self.submitted_answers(),
            scores: self.scores().into_iter().map(|(id, score)| (id, score.to_value())).collect(),
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

    /// The text after the last page that suits the scores, if the survey has one.
    pub fn outcome(&self) -> Option<&Text> {
        let conditions = self.survey.outcomes.iter();
        let first = conditions.zip(&self.survey.source.outcomes);
        first
            .filter(|(condition, _)| condition.is_true(&self.scope(None), &self.environment))
            .map(|(_, outcome)| &outcome.text)
            .next()
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
