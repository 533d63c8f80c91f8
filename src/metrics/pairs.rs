//! Ratings that are compared with others, one by one.

use super::{Input, number};
use crate::value::{Map, Value};

/// Two ratings of the same thing.
pub struct Pair<'a> {
    pub id: &'a str,
    pub item: Option<f64>,
    pub other: Option<f64>,
}

pub fn pairs<'a>(input: &Input<'a>) -> Vec<Pair<'a>> {
    let pairs = input.items.iter().zip(input.others);
    pairs.map(|(item, other)| Pair { id: &item.id, item: item.value, other: other.value }).collect()
}

impl Pair<'_> {
    /// Both ratings, where both were given.
    pub fn both(&self) -> Option<(f64, f64)> {
        self.item.zip(self.other)
    }
}

/// Figures under names, as they stand in a submission.
pub fn entries<const N: usize>(figures: [(&str, Option<f64>); N]) -> Map {
    figures.into_iter().map(|(name, figure)| (name.to_owned(), number(figure))).collect()
}

/// What is told of each item, under `items`.
pub fn by_item<'a>(items: impl Iterator<Item = (&'a str, Map)>) -> Map {
    let items = items.map(|(id, entries)| (id.to_owned(), Value::Map(entries)));
    Map::from([("items".to_owned(), Value::Map(items.collect()))])
}
