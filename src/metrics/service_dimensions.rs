//! Service quality by dimension.

use super::pairs::entries;
use super::{Detail, Input, Item, Metric, Score, check_ids, mean_of};
use crate::definition::{Log, Place, definition};
use crate::diagnostic::Diagnostic;
use crate::value::{Map, Sorted, Value};

definition! {
    /// The mean of the dimensions, each the mean of its ratings: of perceived − expected where
    /// `expectations` are asked, else of what is perceived.
    ///
    /// Only those who rated both count. Without a rating in some dimension there is no figure over all.
    /// Parasuraman, Zeithaml and Berry, Journal of Retailing 1988, 64:12; performance only: Cronin and
    /// Taylor, Journal of Marketing 1992, 56(3):55; weights: Zeithaml, Parasuraman and Berry 1990.
    pub struct ServiceDimensions {
        /// The ratings in `questions` that belong to each dimension; a row of a matrix is `question.row`.
        pub dimensions "dimensions": Sorted<String, Vec<String>>,
        /// The questions that ask what was expected, in the order of `questions`.
        pub expectations "expectations": Vec<String>,
        /// How many of 100 points each dimension has; equal where absent.
        pub weights "weights": Option<Sorted<String, f64>>,
    }
}

impl ServiceDimensions {
    fn check_dimensions(&self, items: &[Item], place: &Place, log: &Log) {
        if self.dimensions.is_empty() {
            log.error("missing-field", place, "needs at least one dimension");
        }
        let place = place.key("dimensions");
        for (name, ids) in &self.dimensions {
            let place = place.key(name);
            if ids.is_empty() {
                log.error("missing-field", &place, "a dimension needs a rating");
            }
            check_ids(ids.iter(), items, &place, log);
        }
        for item in items {
            let times = self.dimensions.values().flatten().filter(|id| **id == item.id).count();
            if times != 1 {
                let message = format!("`{}` is in {times} dimensions; it needs one", item.id);
                log.error("contradiction", &place, message);
            }
        }
    }

    fn check_weights(&self, place: &Place, log: &Log) {
        let Some(weights) = &self.weights else { return };
        let place = place.key("weights");
        for name in weights.keys().filter(|name| !self.dimensions.contains_key(name.as_str())) {
            log.error("unknown-name", &place.key(name), format!("there is no dimension `{name}`"));
        }
        for name in self.dimensions.keys().filter(|name| !weights.contains_key(name.as_str())) {
            log.error("missing-field", &place, format!("the dimension `{name}` has no weight"));
        }
        let sum: f64 = weights.values().sum();
        let whole = |whole: f64| (sum - whole).abs() <= 1e-6 * whole;
        if weights.values().any(|weight| *weight < 0.0) || sum <= 0.0 {
            log.error("contradiction", &place, "weights cannot be negative, nor all be 0");
        } else if !whole(100.0) && !whole(1.0) {
            let message = "weights do not sum to 100; they are taken in proportion";
            log.report(|| Diagnostic::warning("weights", place.path(), message));
        }
    }

    /// The mean of a dimension, and on how many ratings it rests.
    fn dimension(&self, ids: &[String], input: &Input) -> (Option<f64>, usize) {
        let mut ratings = Vec::new();
        for (index, item) in input.items.iter().enumerate() {
            if !ids.contains(&item.id) {
                continue;
            }
            let expected = match self.expectations.is_empty() {
                true => Some(0.0),
                false => input.others.get(index).and_then(|other| other.value),
            };
            ratings
                .extend(item.value.zip(expected).map(|(perceived, expected)| perceived - expected));
        }
        (mean_of(&ratings), ratings.len())
    }
}

impl Metric for ServiceDimensions {
    fn refuses(&self, _: &Item) -> Option<String> {
        None
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        self.check_dimensions(items, place, log);
        self.check_weights(place, log);
    }

    fn compares_with(&self) -> Option<(&'static str, &[String])> {
        Some(("expectations", &self.expectations))
    }

    fn score(&self, input: &Input) -> Score {
        let (mut sum, mut whole, mut n, mut lacks) = (0.0, 0.0, 0, false);
        let mut dimensions = Map::new();
        for (name, ids) in &self.dimensions {
            let (mean, rated) = self.dimension(ids, input);
            let weights = self.weights.as_ref();
            let weight = weights.map_or(1.0, |weights| weights.get(name).copied().unwrap_or(0.0));
            n += rated;
            match mean {
                Some(mean) => sum += weight * mean,
                None => lacks |= weight > 0.0,
            }
            whole += weight;
            let mut told = entries([("value", mean)]);
            told.insert("n".to_owned(), Value::Number(rated as f64));
            dimensions.insert(name.clone(), Value::Map(told));
        }
        let detail = Detail::More(Map::from([("dimensions".to_owned(), Value::Map(dimensions))]));
        let of = input.items.len();
        match n {
            0 => Score::undefined(of, "no-answers"),
            n if lacks => Score { n, detail, ..Score::undefined(of, "too-few-answers") },
            n => Score { detail, ..Score::plain(sum / whole, n, of) },
        }
    }
}
