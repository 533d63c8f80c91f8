//! Customer effort: how easy it was to get something done.

use super::{Detail, Input, Item, Metric, Score, answered, mean_of};
use crate::definition::definition;
use crate::value::{Map, Value, number_text};

definition! {
    /// How easy it was, from 1 to 7: the mean, and in `easy` the share (0–1) of ratings from 5 to 7.
    ///
    /// This is the second form of the score, in which 7 is easy (Dixon, Toman and DeLisi, "The
    /// Effortless Experience", 2013). The first, from 1 to 5 with 5 for much effort, runs the
    /// other way and is refused, lest the two be mixed.
    pub struct CustomerEffort {}
}

impl Metric for CustomerEffort {
    fn refuses(&self, item: &Item) -> Option<String> {
        let fits = item.min == 1.0 && item.max == 7.0;
        (!fits).then(|| {
            let (id, min, max) = (&item.id, number_text(item.min), number_text(item.max));
            format!("`customer-effort` needs a scale from 1 to 7; `{id}` runs from {min} to {max}")
        })
    }

    fn score(&self, input: &Input) -> Score {
        let ratings = answered(input.items);
        let of = input.items.len();
        let Some(mean) = mean_of(&ratings) else { return Score::undefined(of, "no-answers") };
        let easy = ratings.iter().filter(|rating| **rating >= 5.0).count();
        let share = Value::Number(easy as f64 / ratings.len() as f64);
        let detail = Detail::More(Map::from([("easy".to_owned(), share)]));
        Score { detail, ..Score::plain(mean, ratings.len(), of) }
    }
}
