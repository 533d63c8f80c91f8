//! Agreement within one group of raters about one target.

use super::figure::{Figure, Refusal, Undefined, by_name, finite, reply};
use super::moments::{ROUNDING, variance};
use super::{Columns, Settings};
use crate::value::Value;

/// Agreement on items, and on the scale that they form.
#[derive(Clone, Debug, PartialEq)]
pub struct Rwg {
    /// rwg(j) of all items; of one item its rwg.
    pub value: Figure,
    /// By item: rwg.
    pub items: Vec<Figure>,
    /// The items whose raters disagree more than chance would, so that 0 stands for a negative figure.
    pub truncated: Vec<bool>,
}

/// `1 − s²/σ²` by item and `J(1 − m)/(J(1 − m) + m)` of J items, where `m` is the mean of `s²/σ²`, for
/// rows of raters and columns of items.
///
/// `σ² = (A² − 1)/12` is the variance of ratings that spread evenly over `A` points. Figures below 0 are
/// given as 0 and marked. James, Demaree and Wolf 1984, J. Appl. Psychol. 69:85. An item with fewer than
/// two raters has none, and makes the scale undefined; ratings that span more than the points allow are
/// refused.
///
/// ```
/// use askwell::stats::{Columns, rwg::rwg};
/// let ratings = Columns::new([("lead", [4.0, 4.0, 5.0, 4.0, 3.0].map(Some).to_vec())]);
/// assert_eq!(rwg(&ratings.unwrap(), 5).unwrap().value, Ok(0.75));
/// ```
pub fn rwg(ratings: &Columns, points: u32) -> Result<Rwg, Refusal> {
    if points < 2 {
        return Err(Refusal::new("a scale has at least two points"));
    }
    let points = f64::from(points);
    let all = || ratings.iter().flat_map(|(_, cells)| cells.iter().flatten().copied());
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    for (name, cells) in ratings.iter() {
        let wide = high - low > points - 1.0;
        let off =
            |cell: &Option<f64>| cell.is_some_and(|x| x < 0.0 || x > points || (wide && x == high));
        if let Some(row) = cells.iter().position(off) {
            return Err(Refusal::at(format!("not on a scale of {points} points"), name, row));
        }
    }
    let even = (points * points - 1.0) / 12.0;
    let share = |cells: &[Option<f64>]| {
        let cells: Vec<f64> = cells.iter().flatten().copied().collect();
        if cells.is_empty() {
            return Err(Undefined::NoAnswers);
        }
        let variance = variance(&cells).map_err(|_| Undefined::TooFewRaters)?;
        finite(variance / even)
    };
    let shares: Vec<Figure> = ratings.iter().map(|(_, cells)| share(cells)).collect();
    let agreement = |share: f64| (1.0 - share).max(0.0);
    Ok(Rwg {
        value: scale(&shares),
        items: shares.iter().map(|share| share.map(agreement)).collect(),
        truncated: shares
            .iter()
            .map(|share| share.is_ok_and(|share| share > 1.0 + ROUNDING))
            .collect(),
    })
}

fn scale(shares: &[Figure]) -> Figure {
    let count = shares.len() as f64;
    let mut sum = 0.0;
    for share in shares {
        sum += (*share)?;
    }
    if shares.is_empty() {
        return Err(Undefined::TooFewItems);
    }
    let mean = (sum / count).min(1.0);
    finite(count * (1.0 - mean) / (count * (1.0 - mean) + mean))
}

pub(super) fn compute(columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
    let points = settings.points.ok_or_else(|| Refusal::new("needs the `points` of the scale"))?;
    let rwg = rwg(columns, points)?;
    let mut map = reply(rwg.value);
    map.insert("items".to_owned(), by_name(columns.names(), &rwg.items));
    let truncated = columns.names().iter().zip(&rwg.truncated).filter(|(_, truncated)| **truncated);
    let truncated: Vec<Value> = truncated.map(|(name, _)| name.as_str().into()).collect();
    if !truncated.is_empty() {
        map.insert("truncated".to_owned(), truncated.into());
    }
    Ok(map.into())
}
