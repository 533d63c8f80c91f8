//! The share of the highest ratings, as in customer satisfaction (CSAT).

use super::figure::{Estimate, Refusal, Undefined, count, estimate, finite};
use super::intervals::wilson95;
use super::{Columns, Settings};
use crate::value::Value;

/// The share of respondents who chose one of the highest boxes of a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopBox {
    /// How many answered; who did not is not in the base.
    pub n: usize,
    /// The share from 0 to 1 with its Wilson interval.
    pub share: Estimate,
}

/// `k/n`, where `k` ratings are above `max − boxes`.
///
/// Ratings are whole numbers up to `max`; others are refused.
///
/// ```
/// use askwell::stats::{Columns, top_box};
/// let ratings = [5.0, 4.0, 3.0, 5.0].map(Some).to_vec();
/// let ratings = Columns::new([("overall", ratings)]).unwrap();
/// assert_eq!(top_box::top_box(&ratings, 2, 5).unwrap().share.value, Ok(0.75));
/// ```
pub fn top_box(ratings: &Columns, boxes: u32, max: u32) -> Result<TopBox, Refusal> {
    let (_, cells) = ratings.single()?;
    if boxes == 0 || boxes > max {
        return Err(Refusal::new(format!("of {max} boxes, {boxes} cannot be the highest")));
    }
    ratings.expect_whole(0.0, f64::from(max))?;
    let lowest = f64::from(max - boxes);
    let n = cells.iter().flatten().count();
    let k = cells.iter().flatten().filter(|rating| **rating > lowest).count();
    let share = match n {
        0 => Estimate::undefined(Undefined::NoAnswers),
        _ => Estimate { value: finite(k as f64 / n as f64), ci95: wilson95(k, n) },
    };
    Ok(TopBox { n, share })
}

pub(super) fn compute(columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
    let max = settings.max.ok_or_else(|| Refusal::new("needs `max`, the highest rating"))?;
    if max.fract() != 0.0 || !(1.0..=1000.0).contains(&max) {
        return Err(Refusal::new("`max` must be a whole number from 1 to 1000"));
    }
    let top = top_box(columns, settings.boxes.unwrap_or(2), max as u32)?;
    let mut map = estimate(top.share);
    map.insert("n".to_owned(), count(top.n));
    Ok(map.into())
}
