//! The mean of the ratings that were given.

use super::{Input, Item, Metric, Score, answered};
use crate::definition::definition;

definition! {
    /// The arithmetic mean of the answered ratings.
    pub struct Mean {
        /// The fewest ratings that make a mean worth giving.
        pub minimum "minimumAnswered": u32 = 1,
    }
}

impl Metric for Mean {
    fn refuses(&self, _: &Item) -> Option<String> {
        None
    }

    fn score(&self, input: &Input) -> Score {
        let ratings = answered(input.items);
        let of = input.items.len();
        if ratings.is_empty() {
            return Score::undefined(of, "no-answers");
        }
        if ratings.len() < self.minimum as usize {
            return Score { n: ratings.len(), ..Score::undefined(of, "too-few-answers") };
        }
        let mean = ratings.iter().sum::<f64>() / ratings.len() as f64;
        Score::plain(mean, ratings.len(), of)
    }
}
