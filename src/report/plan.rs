//! What to look for in submissions: compiled once from a survey and what the report is to tell.

mod answers;
mod figures;
mod groups;

use std::sync::Arc;

use super::reliability::Scale;
use super::settings::{Condition, Settings};
use crate::survey::Survey;
use crate::value::Value;
pub(super) use answers::{Answer, Grid, List, Rating};
use answers::{Field, is_comment};
pub(super) use figures::Score;
use groups::Group;
pub(super) use groups::{Place, Subject};

/// What to look for in submissions.
#[derive(Debug)]
pub struct Plan {
    pub survey: Arc<Survey>,
    pub settings: Settings,
    /// By the name under which the answer is stored, sorted.
    pub(super) fields: Vec<Field>,
    pub(super) ratings: Vec<Rating>,
    pub(super) lists: Vec<List>,
    pub(super) grids: Vec<Grid>,
    /// The questions whose answers are texts to read, by their place in the survey.
    pub(super) texts: Vec<usize>,
    pub(super) groups: Vec<Group>,
    pub(super) filters: Vec<(Subject, Condition)>,
    /// By scoring entry: the ratings of its items, and those that they are compared with.
    pub(super) scores: Vec<Score>,
    pub(super) scales: Vec<Scale>,
    /// The rating that others may drive, and those.
    pub(super) outcome: Option<usize>,
    pub(super) drivers: Vec<usize>,
    /// How many more could drive it, were there not so many.
    pub(super) more_drivers: usize,
    /// The groups that statements may be laid out against: the first in which anybody is.
    pub(super) teams: Vec<usize>,
    /// The group of waves.
    pub(super) waves: usize,
    /// Names of the entries of `context` and `device` that are read.
    pub(super) entries: Vec<(Place, String)>,
    /// Whether scores are computed by answering the survey once more, always.
    pub(super) replays: bool,
    /// Whether lines of text count as comments: where nothing asks for more than a line.
    short_texts: bool,
}

/// So many categories of one thing are told apart.
pub(super) const MOST_CATEGORIES: usize = 200;

impl Plan {
    /// Looks up all names.
    ///
    /// # Errors
    /// A name that neither the survey nor its submissions have.
    pub fn new(survey: Arc<Survey>, settings: Settings) -> Result<Plan, String> {
        let mut plan = Plan {
            survey: Arc::clone(&survey),
            settings,
            fields: Vec::new(),
            ratings: Vec::new(),
            lists: Vec::new(),
            grids: Vec::new(),
            texts: Vec::new(),
            groups: Vec::new(),
            filters: Vec::new(),
            scores: Vec::new(),
            scales: Vec::new(),
            outcome: None,
            drivers: Vec::new(),
            more_drivers: 0,
            teams: Vec::new(),
            waves: 0,
            entries: Vec::new(),
            replays: false,
            short_texts: !survey.questions.iter().any(is_comment),
        };
        for (index, question) in survey.questions.iter().enumerate() {
            plan.add_question(index, question);
        }
        plan.fields.sort_by(|one, other| one.name.cmp(&other.name));
        // Questions that share an answer: the first that is asked stands for all.
        plan.fields.dedup_by(|later, first| later.name == first.name);
        plan.add_scores();
        plan.add_filters()?;
        plan.add_groups()?;
        plan.add_drivers()?;
        plan.check_targets()?;
        Ok(plan)
    }

    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.fields.binary_search_by(|field| field.name.as_str().cmp(name)).ok()
    }

    /// How many categories of a subject are known before anything is read.
    pub(super) fn fixed(&self, subject: &Subject) -> usize {
        match subject {
            Subject::List(list) => self.lists.get(*list).map_or(0, |list| list.choices.len()),
            _ => 0,
        }
    }

    /// The value of a choice as it is stored.
    pub(super) fn choice(&self, list: usize, category: usize) -> Value {
        let choice = self.lists.get(list).and_then(|list| list.choices.get(category));
        choice.map(|choice| choice.value.clone()).unwrap_or_default()
    }
}
