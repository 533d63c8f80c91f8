//! Top-box: the share of ratings in the highest boxes of the scale.

use super::{Input, Item, Metric, Score, answered};
use crate::definition::definition;

definition! {
    /// The share (0–1) of answered ratings that stand in the highest boxes.
    ///
    /// With two boxes on a scale of 1–5, ratings of 4 and 5 count: customer satisfaction as
    /// usually reported (CSAT, top-2-box).
    pub struct TopBox {
        /// How many of the highest whole numbers count.
        pub boxes "boxes": u32 = 2,
    }
}

impl Metric for TopBox {
    fn refuses(&self, item: &Item) -> Option<String> {
        let boxes = f64::from(self.boxes);
        let fits = self.boxes >= 1 && item.max - item.min >= boxes;
        (!fits).then(|| format!("`{}` has too few steps for {} top boxes", item.id, self.boxes))
    }

    fn score(&self, input: &Input) -> Score {
        let lowest = |item: &Item| item.max - f64::from(self.boxes) + 1.0;
        let in_box = |item: &&Item| item.value.is_some_and(|value| value >= lowest(item));
        let n = answered(input.items).len();
        if n == 0 {
            return Score::undefined(input.items.len(), "no-answers");
        }
        let top = input.items.iter().filter(in_box).count();
        Score::plain(top as f64 / n as f64, n, input.items.len())
    }
}
