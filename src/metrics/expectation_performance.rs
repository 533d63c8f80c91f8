//! Experience against expectation, attribute by attribute.

use super::pairs::{by_item, entries, pairs};
use super::{Detail, Input, Item, Metric, Score, check_ids, mean_of};
use crate::definition::{Log, Place, definition};

definition! {
    /// The mean of experience − expectation over the attributes of which both were rated.
    ///
    /// What is unwelcome, such as queues, counts the other way round: above 0 all is better than
    /// expected. Tribe and Snaith, "From SERVQUAL to HOLSAT", Tourism Management 1998, 19:25.
    pub struct ExpectationPerformance {
        /// The questions that ask what was expected, in the order of `questions`.
        pub expectations "expectations": Vec<String>,
        /// The ratings in `questions` that are of something unwelcome.
        pub negative "negative": Vec<String>,
    }
}

impl Metric for ExpectationPerformance {
    fn refuses(&self, _: &Item) -> Option<String> {
        None
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        if self.expectations.is_empty() {
            log.error("missing-field", place, "needs `expectations` to compare with");
        }
        check_ids(self.negative.iter(), items, &place.key("negative"), log);
    }

    fn compares_with(&self) -> Option<(&'static str, &[String])> {
        Some(("expectations", &self.expectations))
    }

    fn score(&self, input: &Input) -> Score {
        let pairs = pairs(input);
        let difference = |pair: &super::pairs::Pair| {
            let (experience, expectation) = pair.both()?;
            let negative = self.negative.iter().any(|id| id == pair.id);
            let difference = experience - expectation;
            Some(if negative { 0.0 - difference } else { difference })
        };
        let all: Vec<f64> = pairs.iter().filter_map(difference).collect();
        let more = by_item(pairs.iter().map(|pair| {
            let figures = [
                ("performance", pair.item),
                ("expectation", pair.other),
                ("difference", difference(pair)),
            ];
            (pair.id, entries(figures))
        }));
        let of = pairs.len();
        let Some(mean) = mean_of(&all) else { return Score::undefined(of, "no-answers") };
        Score { detail: Detail::More(more), ..Score::plain(mean, all.len(), of) }
    }
}
