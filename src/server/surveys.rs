//! The definitions that a receiver knows.

use std::collections::HashMap;
use std::sync::Arc;

use super::log;
use super::store::{Definition, Store, explain};
use crate::submission::SurveyReference;
use crate::survey::Survey;

/// Every definition by its hash: those given at the start, and those of earlier starts.
pub struct Surveys {
    by_hash: HashMap<String, Arc<Survey>>,
}

impl Surveys {
    /// Keeps the given definitions in the database and adds what it knew before.
    pub async fn open(given: Vec<Definition>, store: &Store) -> Result<Surveys, String> {
        let refused = |error| format!("the database refuses: {}", explain(&error));
        for definition in &given {
            store.remember(definition).await.map_err(refused)?;
        }
        let mut by_hash = HashMap::new();
        for known in store.definitions().await.map_err(refused)? {
            match Survey::load(&known.definition) {
                Ok(loaded) => {
                    by_hash.insert(known.hash, Arc::new(loaded.survey));
                }
                // It was sound when it was stored: a newer Askwell reads it no more.
                Err(_) => {
                    log::event(&[("event", "survey-not-readable"), ("survey", known.id.as_str())])
                }
            }
        }
        Ok(Surveys { by_hash })
    }

    /// The definition that a submission answers. The hash decides: answers are judged by
    /// exactly the wording and logic that the respondent met. A sender that gives no hash, such
    /// as a script, is judged by the definition of that id and version.
    pub fn find(&self, reference: &SurveyReference) -> Option<&Arc<Survey>> {
        if !reference.hash.is_empty() {
            let survey = self.by_hash.get(&reference.hash);
            return survey.filter(|survey| survey.source.id == reference.id);
        }
        self.by_hash.values().find(|survey| {
            survey.source.id == reference.id && survey.source.version == reference.version
        })
    }
}
