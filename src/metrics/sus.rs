//! The system usability scale of one respondent.

use super::{Input, Item, Metric, Score, answered};
use crate::definition::{Log, Place, definition, definition_words};
use crate::value::number_text;

definition_words! {
    /// What becomes of the scale where an item has no answer.
    pub enum Missing {
        /// There is no score.
        Refuse "refuse",
        /// The middle of the scale stands in for it.
        Middle "middle",
    }
}

definition! {
    /// 2.5 · (Σ(x − 1) over the odd items + Σ(5 − x) over the even ones), from 0 to 100.
    ///
    /// The ten items stand in their published order. © Digital Equipment Corporation 1986; Brooke, "SUS: A
    /// quick and dirty usability scale", 1996.
    pub struct Sus {
        /// What becomes of the scale where an item has no answer.
        pub missing "missing": Missing = Missing::Refuse,
    }
}

const ITEMS: usize = 10;

impl Metric for Sus {
    fn refuses(&self, item: &Item) -> Option<String> {
        let fits = item.min == 1.0 && item.max == 5.0;
        (!fits).then(|| {
            let (id, min, max) = (&item.id, number_text(item.min), number_text(item.max));
            format!("`sus` needs scales from 1 to 5; `{id}` runs from {min} to {max}")
        })
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        if items.len() != ITEMS {
            let message = format!("`sus` needs its ten items in order; these are {}", items.len());
            log.error("metric", &place.key("questions"), message);
        }
    }

    fn score(&self, input: &Input) -> Score {
        let of = input.items.len();
        let n = answered(input.items).len();
        if n == 0 {
            return Score::undefined(of, "no-answers");
        }
        if n < of && self.missing == Missing::Refuse {
            return Score { n, ..Score::undefined(of, "too-few-answers") };
        }
        let mut sum = 0.0;
        for (index, item) in input.items.iter().enumerate() {
            let rating = item.value.unwrap_or(3.0);
            sum += if index % 2 == 0 { rating - 1.0 } else { 5.0 - rating };
        }
        Score::plain(2.5 * sum, n, of)
    }
}
