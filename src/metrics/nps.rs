//! Net promoter, for one respondent: the rating and the group it falls into.

use super::{Detail, Input, Item, Metric, Score, answered};
use crate::definition::definition;
use crate::value::number_text;

definition! {
    /// Promoter (9–10), passive (7–8) or detractor (0–6), from a whole number 0–10.
    ///
    /// Source: Reichheld, "The One Number You Need to Grow", Harvard Business Review 2003.
    /// Net Promoter, NPS and Net Promoter Score are registered marks of Bain & Company,
    /// F. Reichheld and Satmetrix (NICE).
    pub struct Nps {}
}

/// The group of a rating from 0 to 10.
pub fn category(rating: f64) -> &'static str {
    match rating {
        r if r >= 9.0 => "promoter",
        r if r >= 7.0 => "passive",
        _ => "detractor",
    }
}

impl Metric for Nps {
    fn refuses(&self, item: &Item) -> Option<String> {
        let fits = item.min == 0.0 && item.max == 10.0;
        (!fits).then(|| {
            let (id, min, max) = (&item.id, number_text(item.min), number_text(item.max));
            format!("`nps` needs a scale from 0 to 10; `{id}` runs from {min} to {max}")
        })
    }

    fn score(&self, input: &Input) -> Score {
        let ratings = answered(input.items);
        match ratings.as_slice() {
            [rating] => Score {
                detail: Detail::Category(category(*rating)),
                ..Score::plain(*rating, 1, input.items.len())
            },
            _ => Score::undefined(input.items.len(), "no-answers"),
        }
    }
}
