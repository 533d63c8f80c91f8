//! What scores, targets and drivers are computed from.

use super::Plan;
use crate::diagnostic::nearest;
use crate::metrics::Metric;
use crate::report::reliability::Scale;
use crate::survey::ItemSource;

/// The ratings that a scoring entry is computed from, and those that they are compared with.
#[derive(Debug)]
pub struct Score {
    pub items: Vec<usize>,
    pub others: Vec<usize>,
}

/// So many ratings are looked at as drivers, unless they are named.
const MOST_DRIVERS: usize = 30;

impl Plan {
    pub(super) fn add_scores(&mut self) {
        let at = |id: &str| self.ratings.iter().position(|rating| rating.id == id);
        for (index, scoring) in self.survey.scoring.iter().enumerate() {
            let places = |items: &[ItemSource]| -> Vec<usize> {
                items.iter().filter_map(|item| at(&item.id)).collect()
            };
            let score = Score { items: places(&scoring.items), others: places(&scoring.others) };
            let whole = score.items.len() == scoring.items.len()
                && score.others.len() == scoring.others.len();
            let metric: &dyn Metric = scoring.kind.as_metric();
            // What looks at more than ratings may depend on anything.
            self.replays |=
                !whole || !metric.also_reads().is_empty() || !knows(scoring.kind.name());
            if whole {
                self.scales.extend(Scale::of(index, scoring, &score.items));
            }
            self.scores.push(score);
        }
    }

    pub(super) fn add_drivers(&mut self) -> Result<(), String> {
        let at = |name: &str| {
            let found = self.ratings.iter().position(|rating| rating.id == name);
            found.ok_or_else(|| {
                let ids = self.ratings.iter().map(|rating| rating.id.as_str());
                let hint = nearest(name, ids).map(|hint| format!("; did you mean `{hint}`?"));
                format!("`{name}` is no rating of the survey{}", hint.unwrap_or_default())
            })
        };
        self.outcome = match &self.settings.outcome {
            Some(name) => Some(at(name)?),
            // What is scored first is what the survey is about, if it is one rating.
            None => self.scores.iter().find_map(|score| match score.items.as_slice() {
                [item] => Some(*item),
                _ => None,
            }),
        };
        let Some(outcome) = self.outcome else { return Ok(()) };
        self.drivers = if self.settings.drivers.is_empty() {
            let alone: Vec<usize> = self
                .scores
                .iter()
                .filter(|score| score.items.len() == 1)
                .flat_map(|score| score.items.iter().copied())
                .collect();
            let others = 0..self.ratings.len();
            let mut drivers: Vec<usize> =
                others.filter(|at| *at != outcome && !alone.contains(at)).collect();
            self.more_drivers = drivers.len().saturating_sub(MOST_DRIVERS);
            drivers.truncate(MOST_DRIVERS);
            drivers
        } else {
            let named: Result<Vec<usize>, String> =
                self.settings.drivers.iter().map(|name| at(name)).collect();
            named?.into_iter().filter(|at| *at != outcome).collect()
        };
        Ok(())
    }

    pub(super) fn check_targets(&self) -> Result<(), String> {
        for target in &self.settings.targets {
            let ids = || self.survey.scoring.iter().map(|scoring| scoring.source.id.as_str());
            if !ids().any(|id| id == target.score) {
                let hint = nearest(&target.score, ids());
                let hint = hint.map(|hint| format!("; did you mean `{hint}`?"));
                let hint = hint.unwrap_or_default();
                return Err(format!("the survey has no score `{}`{hint}", target.score));
            }
        }
        Ok(())
    }
}

/// The metrics that rest on ratings alone.
fn knows(metric: &str) -> bool {
    matches!(
        metric,
        "nps"
            | "top-box"
            | "mean"
            | "customer-effort"
            | "star-rating"
            | "service-dimensions"
            | "sus"
            | "importance-performance"
            | "expectation-performance"
            | "composite"
            | "subscale"
            | "t-score"
    )
}
