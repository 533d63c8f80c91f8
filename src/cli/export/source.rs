//! Where `askwell export` takes submissions from, and what is known of their surveys.

use std::collections::HashMap;
use std::sync::Arc;

use super::Options;
use super::files::Files;
use crate::server::store::{Store, explain};
use crate::survey::Survey;
use crate::value::{Map, Value};

/// Where submissions come from.
pub enum Source {
    Store(Store),
    Files(Files),
}

/// A submission with the scores that count.
pub struct Submission {
    /// Its place among all.
    pub sequence: i64,
    /// Of the definition that was answered.
    pub hash: String,
    pub envelope: Map,
    pub scores: Map,
    pub scores_differ: bool,
}

pub struct Exporter<'a> {
    pub source: &'a Source,
    pub options: &'a Options,
    /// The survey that was named; of a store the definitions are known.
    pub survey: Option<Arc<Survey>>,
}

impl Exporter<'_> {
    /// Hands over every submission, in the order of arrival, until nobody wants more.
    pub async fn each(
        &self,
        mut take: impl FnMut(Submission) -> Result<bool, String>,
    ) -> Result<(), String> {
        let wanted = self.options.survey.as_deref();
        let store = match self.source {
            Source::Store(store) => store,
            Source::Files(files) => {
                return files.each(|sequence, envelope| {
                    let id = envelope.get("survey").and_then(|survey| survey.get("id"));
                    let id = id.and_then(Value::as_text);
                    if wanted.is_some() && id != wanted {
                        return Ok(true);
                    }
                    let scores = envelope.get("scores").and_then(Value::as_map).cloned();
                    let scores = scores.unwrap_or_default();
                    let hash = envelope.get("survey").and_then(|survey| survey.get("hash"));
                    let hash = hash.and_then(Value::as_text).unwrap_or_default().to_owned();
                    take(Submission { sequence, hash, envelope, scores, scores_differ: false })
                });
            }
        };
        let mut after = 0;
        loop {
            let batch = store.batch(wanted, after).await.map_err(refuses)?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for stored in &batch {
                let mut envelope = parse(&stored.envelope);
                let received = stored.received_at.as_str().into();
                envelope.insert(String::from("receivedAt"), received);
                let submission = Submission {
                    sequence: stored.sequence,
                    hash: stored.hash.clone(),
                    envelope,
                    scores: parse(&stored.scores),
                    scores_differ: stored.scores_differ != 0,
                };
                if !take(submission)? {
                    return Ok(());
                }
            }
        }
    }

    /// Whoever counts answers is told that there are more.
    pub async fn tell_of_sealed(&self) -> Result<(), String> {
        let Source::Store(store) = self.source else { return Ok(()) };
        let wanted = self.options.survey.as_deref();
        let count = store.count_sealed(wanted).await.map_err(refuses)?;
        if count > 0 && !self.options.sealed && !self.options.refused {
            eprintln!(
                "askwell: {count} more are sealed: `askwell export --sealed` prints them, and \
                 `askwell import --open-with` opens them"
            );
        }
        Ok(())
    }

    /// Every definition that is known, by its hash.
    pub async fn definitions(&self) -> Result<HashMap<String, Arc<Survey>>, String> {
        let mut all = HashMap::new();
        if let Some(survey) = &self.survey {
            all.insert(survey.hash().to_owned(), Arc::clone(survey));
        }
        if let Source::Store(store) = self.source {
            for known in store.definitions().await.map_err(refuses)? {
                if let Ok(loaded) = Survey::load(&known.definition) {
                    all.insert(known.hash, Arc::new(loaded.survey));
                }
            }
        }
        Ok(all)
    }

    /// The one survey that labels are taken from.
    pub async fn one_survey(&self) -> Result<Arc<Survey>, String> {
        if let Some(survey) = &self.survey {
            return Ok(Arc::clone(survey));
        }
        let wanted = self.options.survey.as_deref();
        let mut found: Vec<Arc<Survey>> = self.definitions().await?.into_values().collect();
        found.retain(|survey| wanted.is_none_or(|id| survey.source.id == id));
        found.sort_by(|one, other| one.source.version.cmp(&other.source.version));
        let several =
            found.iter().any(|one| found.iter().any(|two| one.source.id != two.source.id));
        match found.pop() {
            Some(survey) if !several => Ok(survey),
            Some(_) => Err(String::from("there are several surveys: say which with --survey")),
            None => Err(String::from("the survey is not known here: name it with --definition")),
        }
    }

    pub fn locale(&self, survey: &Survey) -> String {
        self.options.locale.clone().unwrap_or_else(|| survey.default_locale().to_owned())
    }
}

/// Only JSON gets into the database.
pub fn parse(json: &str) -> Map {
    serde_json::from_str(json).unwrap_or_default()
}

pub fn refuses(error: sqlx::Error) -> String {
    format!("the database refuses: {}", explain(&error))
}
