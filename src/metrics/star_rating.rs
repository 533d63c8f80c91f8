//! Stars: the mean, and a mean that few ratings do not drive to the ends.

use super::{Detail, Input, Item, Metric, Score, answered, mean_of};
use crate::definition::{Log, Place, definition};
use crate::value::{Map, Value, number_text};

definition! {
    /// The mean of star ratings; half stars count as they are.
    ///
    /// With `expected` and `strength`, `bayesian` is the mean drawn towards what is expected, as if
    /// that had been given so many times: (C·m + Σx)/(C + n).
    pub struct StarRating {
        /// The fewest ratings that make a mean worth giving.
        pub minimum "minimumAnswered": u32 = 1,
        /// The mean that is expected before anybody has rated.
        pub expected "expected": Option<f64>,
        /// How many ratings that expectation weighs as much as.
        pub strength "strength": Option<f64>,
    }
}

impl Metric for StarRating {
    fn refuses(&self, item: &Item) -> Option<String> {
        let fits = (0.0..=1.0).contains(&item.min) && (3.0..=10.0).contains(&item.max);
        (!fits).then(|| {
            let (id, min, max) = (&item.id, number_text(item.min), number_text(item.max));
            format!("stars run from 0 or 1 to 3–10; `{id}` runs from {min} to {max}")
        })
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        let on_scale = |mean: f64| items.iter().all(|item| (item.min..=item.max).contains(&mean));
        match (self.expected, self.strength) {
            (None, Some(_)) => {
                log.error("contradiction", &place.key("strength"), "needs `expected` too");
            }
            (Some(_), None) => {
                log.error("contradiction", &place.key("expected"), "needs `strength` too");
            }
            (Some(_), Some(strength)) if strength <= 0.0 => {
                log.error("contradiction", &place.key("strength"), "must be above 0");
            }
            (Some(mean), _) if !on_scale(mean) => {
                log.error("contradiction", &place.key("expected"), "is not on the scale");
            }
            _ => {}
        }
    }

    fn score(&self, input: &Input) -> Score {
        let ratings = answered(input.items);
        let of = input.items.len();
        let Some(mean) = mean_of(&ratings) else { return Score::undefined(of, "no-answers") };
        let n = ratings.len();
        if n < self.minimum as usize {
            return Score { n, ..Score::undefined(of, "too-few-answers") };
        }
        let detail = match (self.expected, self.strength) {
            (Some(expected), Some(strength)) => {
                let count = n as f64;
                let mean = (strength * expected + mean * count) / (strength + count);
                Detail::More(Map::from([("bayesian".to_owned(), Value::Number(mean))]))
            }
            _ => Detail::None,
        };
        Score { detail, ..Score::plain(mean, n, of) }
    }
}
