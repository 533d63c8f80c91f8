//! A scale of several items that measure one thing.

use super::bands::{self, Band};
use super::{Detail, Input, Item, Metric, Score, check_ids};
use crate::definition::{Log, Place, definition, definition_words};
use crate::value::Map;

definition_words! {
    /// What is made of the items.
    pub enum Method {
        Mean "mean",
        /// The sum; of those who left items out, their mean times the number of items.
        Sum "sum",
        /// The mean of how far along its scale each rating lies, from 0 to 100.
        Percent "percent",
    }
}

definition! {
    /// How the items of a scale are put together.
    pub struct Items {
        /// The ratings that are worded the other way round: each counts as min + max − x.
        pub reverse "reverse": Vec<String>,
        /// What is made of the items.
        pub method "method": Method = Method::Mean,
        /// The fewest ratings that make a figure worth giving; at least half of them where absent.
        pub minimum "minimumAnswered": Option<u32>,
    }
}

definition! {
    /// A scale of several items, from those that were answered if they are enough.
    pub struct Subscale {
        ..pub scale: Items,
        /// Names for ranges of the figure, from low to high.
        pub bands "bands": Vec<Band>,
    }
}

impl Items {
    pub fn check(&self, items: &[Item], place: &Place, log: &Log) {
        check_ids(self.reverse.iter(), items, &place.key("reverse"), log);
        let range = |item: &Item| (item.min, item.max);
        let first = items.first().map(range);
        if self.method != Method::Percent && items.iter().any(|item| Some(range(item)) != first) {
            let message = "items on different scales have no mean; take `percent`";
            log.error("metric", &place.key("questions"), message);
        }
        if self.minimum.is_some_and(|minimum| minimum as usize > items.len()) {
            let message = format!("there are only {} items", items.len());
            log.error("contradiction", &place.key("minimumAnswered"), message);
        }
    }

    /// Whether items count by how far along their scales they lie.
    pub fn is_percent(&self) -> bool {
        self.method == Method::Percent
    }

    pub fn refuses(&self, item: &Item) -> Option<String> {
        let empty = item.max <= item.min;
        empty.then(|| format!("the scale of `{}` has no two ends", item.id))
    }

    /// The figure of one respondent.
    pub fn score(&self, input: &Input) -> Score {
        let (mut sum, mut n) = (0.0, 0);
        for item in input.items {
            let Some(rating) = item.value else { continue };
            let reversed = self.reverse.contains(&item.id);
            let rating = if reversed { item.min + item.max - rating } else { rating };
            sum += match self.method {
                Method::Percent => 100.0 * (rating - item.min) / (item.max - item.min),
                Method::Mean | Method::Sum => rating,
            };
            n += 1;
        }
        let of = input.items.len();
        let minimum = self.minimum.map_or(of.div_ceil(2), |minimum| minimum as usize);
        if n == 0 {
            return Score::undefined(of, "no-answers");
        }
        if n < minimum {
            return Score { n, ..Score::undefined(of, "too-few-answers") };
        }
        let mean = sum / n as f64;
        let value = if self.method == Method::Sum { mean * of as f64 } else { mean };
        Score::plain(value, n, of)
    }
}

impl Subscale {
    /// The lowest and the highest figure, of so many items from `min` to `max`.
    pub fn ends(&self, min: f64, max: f64, items: usize) -> (f64, f64) {
        let items = items as f64;
        match self.scale.method {
            Method::Mean => (min, max),
            Method::Sum => (min * items, max * items),
            Method::Percent => (0.0, 100.0),
        }
    }
}

impl Metric for Subscale {
    fn refuses(&self, item: &Item) -> Option<String> {
        self.scale.refuses(item)
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        self.scale.check(items, place, log);
        bands::check(&self.bands, place, log);
    }

    fn score(&self, input: &Input) -> Score {
        let mut score = self.scale.score(input);
        let mut more = Map::new();
        if let Some(value) = score.value {
            bands::tell(&self.bands, value, &mut more);
        }
        if !more.is_empty() {
            score.detail = Detail::More(more);
        }
        score
    }
}
