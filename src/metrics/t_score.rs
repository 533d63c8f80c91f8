//! A scale against the norms of a group that the author brings.

use super::bands::{self, Band};
use super::subscale::Items;
use super::{Detail, Input, Item, Metric, Score};
use crate::definition::{Log, Place, definition};
use crate::value::{Map, Value};

definition! {
    /// Where a group stands. None ships with Askwell: norms are the author's own.
    pub struct Norms {
        /// The group's mean of the scale.
        pub mean "mean": f64,
        /// Its standard deviation.
        pub deviation "standardDeviation": f64,
        /// How many they were.
        pub n "n": u32,
        /// When they were asked.
        pub date "date": String,
        /// Who they were.
        pub population "population": String,
    }
}

definition! {
    /// 50 + 10·(x − M)/SD of a scale, against the norms of a group (McCall 1922).
    pub struct TScore {
        ..pub scale: Items,
        /// The group that is compared with.
        pub norms "norms": Norms,
        /// Names for ranges of the T-score, from low to high.
        pub bands "bands": Vec<Band>,
    }
}

impl Metric for TScore {
    fn refuses(&self, item: &Item) -> Option<String> {
        self.scale.refuses(item)
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        self.scale.check(items, place, log);
        bands::check(&self.bands, place, log);
        let place = place.key("norms");
        if self.norms.deviation <= 0.0 {
            let message = "a group that does not vary is no norm";
            log.error("contradiction", &place.key("standardDeviation"), message);
        }
        if self.norms.n < 2 {
            log.error("contradiction", &place.key("n"), "a norm needs at least two people");
        }
    }

    fn score(&self, input: &Input) -> Score {
        let raw = self.scale.score(input);
        let Some(x) = raw.value else { return raw };
        let t = 50.0 + 10.0 * (x - self.norms.mean) / self.norms.deviation;
        let norms = Map::from([
            ("n".to_owned(), Value::Number(self.norms.n.into())),
            ("date".to_owned(), self.norms.date.as_str().into()),
            ("population".to_owned(), self.norms.population.as_str().into()),
        ]);
        let mut more = Map::from([
            ("raw".to_owned(), Value::Number(x)),
            ("norms".to_owned(), Value::Map(norms)),
        ]);
        bands::tell(&self.bands, t, &mut more);
        Score { value: Some(t), detail: Detail::More(more), ..raw }
    }
}
