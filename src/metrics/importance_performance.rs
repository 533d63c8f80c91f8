//! Importance against performance, attribute by attribute.

use super::pairs::{Pair, by_item, entries, pairs};
use super::{Detail, Input, Item, Metric, Score};
use crate::definition::{Log, Place, definition, definition_words};

definition_words! {
    /// Where the line between high and low is drawn in the map of many respondents.
    pub enum Crosshair {
        Means "means",
        Medians "medians",
        /// At the middle of the scale.
        Middle "middle",
    }
}

definition! {
    /// How well things go, weighted by how much they matter: Σ(importance·performance)/Σ importance
    /// over the attributes of which both were rated.
    ///
    /// Martilla and James, "Importance-Performance Analysis", Journal of Marketing 1977, 41(1):77.
    pub struct ImportancePerformance {
        /// The questions that ask how much each thing matters, in the order of `questions`.
        pub importance "importance": Vec<String>,
        /// Where the line between high and low is drawn; it changes verdicts.
        pub crosshair "crosshair": Crosshair = Crosshair::Means,
    }
}

impl Metric for ImportancePerformance {
    fn refuses(&self, item: &Item) -> Option<String> {
        let negative = item.min < 0.0;
        negative.then(|| format!("`{}` goes below 0: importance cannot weigh so", item.id))
    }

    fn check(&self, _: &[Item], place: &Place, log: &Log) {
        if self.importance.is_empty() {
            log.error("missing-field", place, "needs `importance` to compare with");
        }
    }

    fn compares_with(&self) -> Option<(&'static str, &[String])> {
        Some(("importance", &self.importance))
    }

    fn score(&self, input: &Input) -> Score {
        let pairs = pairs(input);
        let (mut sum, mut weight, mut n) = (0.0, 0.0, 0);
        for (performance, importance) in pairs.iter().filter_map(Pair::both) {
            sum += importance * performance;
            weight += importance;
            n += 1;
        }
        let more = by_item(pairs.iter().map(|pair| {
            (pair.id, entries([("performance", pair.item), ("importance", pair.other)]))
        }));
        let of = pairs.len();
        match n {
            0 => Score::undefined(of, "no-answers"),
            n if weight == 0.0 => Score { n, ..Score::undefined(of, "no-variance") },
            n => Score { detail: Detail::More(more), ..Score::plain(sum / weight, n, of) },
        }
    }
}
