//! The definitions that a receiver knows.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::log;
use super::store::{Definition, Store, explain};
use crate::submission::SurveyReference;
use crate::survey::Survey;

/// Every definition by its hash: those given at the start, those of earlier starts, and those that
/// other receivers with the same database brought since.
pub struct Surveys {
    by_hash: RwLock<HashMap<String, Arc<Survey>>>,
    store: Store,
}

impl Surveys {
    /// Keeps the given definitions in the database and adds what it knew before.
    pub async fn open(given: Vec<Definition>, store: &Store) -> Result<Surveys, String> {
        let refused = |error| format!("the database refuses: {}", explain(&error));
        for definition in &given {
            store.remember(definition).await.map_err(refused)?;
        }
        let surveys = Surveys { by_hash: RwLock::default(), store: store.clone() };
        for known in store.definitions().await.map_err(refused)? {
            surveys.add(known);
        }
        Ok(surveys)
    }

    fn add(&self, known: Definition) {
        match Survey::load(&known.definition) {
            Ok(loaded) => {
                let mut by_hash = self.by_hash.write().unwrap_or_else(PoisonError::into_inner);
                by_hash.insert(known.hash, Arc::new(loaded.survey));
            }
            // It was sound when it was stored: a newer Askwell reads it no more.
            Err(_) => log::event(&[("event", "survey-not-readable"), ("survey", &known.id)]),
        }
    }

    /// The definition that a submission answers. The hash decides: answers are judged by
    /// exactly the wording and logic that the respondent met. A sender that gives no hash, such
    /// as a script, is judged by the definition of that id and version.
    pub async fn find(&self, reference: &SurveyReference) -> Option<Arc<Survey>> {
        let known = self.known(reference);
        if known.is_some() || reference.hash.is_empty() {
            return known;
        }
        let brought = self.store.definition(&reference.hash).await.ok()??;
        self.add(brought);
        self.known(reference)
    }

    /// Whether a definition has this id, in any version.
    pub fn has(&self, id: &str) -> bool {
        let by_hash = self.by_hash.read().unwrap_or_else(PoisonError::into_inner);
        by_hash.values().any(|survey| survey.source.id == id)
    }

    fn known(&self, reference: &SurveyReference) -> Option<Arc<Survey>> {
        let by_hash = self.by_hash.read().unwrap_or_else(PoisonError::into_inner);
        if !reference.hash.is_empty() {
            let survey = by_hash.get(&reference.hash)?;
            return (survey.source.id == reference.id).then(|| Arc::clone(survey));
        }
        let fits = |survey: &&Arc<Survey>| {
            survey.source.id == reference.id && survey.source.version == reference.version
        };
        by_hash.values().find(fits).cloned()
    }
}
