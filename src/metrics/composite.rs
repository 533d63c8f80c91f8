//! A weighted composite of ratings.

use super::bands::{self, Band};
use super::{Detail, Input, Item, Metric, Score, check_ids};
use crate::definition::{Log, Place, definition, definition_words};
use crate::value::{Map, Sorted};

definition_words! {
    /// What is weighted.
    pub enum Points {
        /// How far along its scale each rating lies, from 0 to 100.
        Percent "percent",
        /// The ratings as they are.
        Ratings "ratings",
    }
}

definition! {
    /// Σwx/Σw over the ratings that were given; missing ones take their weights with them.
    ///
    /// In per cent, each rating counts as 100·(x − min)/(max − min) of its scale (POMP; Cohen et al. 1999,
    /// Multivariate Behavioral Research 34:315), as in the American Customer Satisfaction Index (Fornell et
    /// al. 1996, Journal of Marketing 60(4):7), whose own weights are not public.
    pub struct Composite {
        /// The weight of each rating; a row of a matrix is `question.row`.
        pub weights "weights": Sorted<String, f64>,
        /// What is weighted.
        pub points "points": Points = Points::Percent,
        /// The fewest ratings that make a composite worth giving.
        pub minimum "minimumAnswered": u32 = 1,
        /// Names for ranges of the composite, from low to high.
        pub bands "bands": Vec<Band>,
    }
}

impl Composite {
    /// Whether it runs from 0 to 100, whatever the scales of its ratings.
    pub fn is_percent(&self) -> bool {
        self.points == Points::Percent
    }
}

impl Metric for Composite {
    fn refuses(&self, item: &Item) -> Option<String> {
        let empty = item.max <= item.min;
        empty.then(|| format!("the scale of `{}` has no two ends", item.id))
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        let weights = place.key("weights");
        check_ids(self.weights.keys(), items, &weights, log);
        for item in items.iter().filter(|item| !self.weights.contains_key(item.id.as_str())) {
            log.error("missing-field", &weights, format!("`{}` has no weight", item.id));
        }
        let sum: f64 = self.weights.values().sum();
        if self.weights.values().any(|weight| *weight < 0.0) || sum <= 0.0 {
            log.error("contradiction", &weights, "weights cannot be negative, nor all be 0");
        }
        let range = |item: &Item| (item.min, item.max);
        let first = items.first().map(range);
        if self.points == Points::Ratings && items.iter().any(|item| Some(range(item)) != first) {
            let message = "ratings on different scales; weigh them in `percent`";
            log.error("metric", &place.key("points"), message);
        }
        bands::check(&self.bands, place, log);
    }

    fn score(&self, input: &Input) -> Score {
        let (mut sum, mut whole, mut n) = (0.0, 0.0, 0);
        for item in input.items {
            let Some(rating) = item.value else { continue };
            let weight = self.weights.get(item.id.as_str()).copied().unwrap_or(0.0);
            let points = match self.points {
                Points::Percent => 100.0 * (rating - item.min) / (item.max - item.min),
                Points::Ratings => rating,
            };
            sum += weight * points;
            whole += weight;
            n += 1;
        }
        let of = input.items.len();
        if n == 0 {
            return Score::undefined(of, "no-answers");
        }
        if n < self.minimum as usize || whole == 0.0 {
            return Score { n, ..Score::undefined(of, "too-few-answers") };
        }
        let value = sum / whole;
        let mut more = Map::new();
        bands::tell(&self.bands, value, &mut more);
        let detail = if more.is_empty() { Detail::None } else { Detail::More(more) };
        Score { detail, ..Score::plain(value, n, of) }
    }
}
