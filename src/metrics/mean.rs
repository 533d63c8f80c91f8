//! The mean of the ratings that were given.

use super::{Input, Item, Metric, Score};
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
        let of = input.items.len();
        let (mut sum, mut n) = (0.0, 0);
        for item in input.items {
            if let Some(rating) = item.value {
                sum += rating;
                n += 1;
            }
        }
        if n == 0 {
            return Score::undefined(of, "no-answers");
        }
        if n < self.minimum as usize {
            return Score { n, ..Score::undefined(of, "too-few-answers") };
        }
        Score::plain(sum / n as f64, n, of)
    }
}
