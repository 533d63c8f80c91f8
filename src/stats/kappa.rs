//! Agreement in categories beyond chance.

use std::str::FromStr;

use super::figure::{Figure, Refusal, Undefined, finite, reply};
use super::{Columns, Settings};
use crate::value::Value;

/// How much a disagreement counts, by how far apart the categories stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weights {
    /// Every disagreement counts the same.
    #[default]
    None,
    Linear,
    Quadratic,
}

impl FromStr for Weights {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "linear" => Ok(Weights::Linear),
            "quadratic" => Ok(Weights::Quadratic),
            _ => Err(String::from("linear or quadratic")),
        }
    }
}

/// Cohen's kappa of two raters; rows that one of them left out do not count.
///
/// `1 − Σwo/Σwe` over the cells of the table of both, with the weights `w` of disagreement 1, `|i − j|`
/// or `(i − j)²`, where i and j are the places of the categories among those that occur, in order. Cohen
/// 1960, Educ. Psychol. Meas. 20:37, and 1968, Psychological Bulletin 70:213. Where both use one
/// category alone, there is none.
///
/// ```
/// use askwell::stats::{Columns, kappa};
/// let ratings = Columns::new([
///     ("first", [1.0, 1.0, 2.0, 2.0].map(Some).to_vec()),
///     ("second", [1.0, 2.0, 2.0, 2.0].map(Some).to_vec()),
/// ]);
/// assert_eq!(kappa::cohen(&ratings.unwrap(), kappa::Weights::None).unwrap(), Ok(0.5));
/// ```
pub fn cohen(ratings: &Columns, weights: Weights) -> Result<Figure, Refusal> {
    if ratings.len() != 2 {
        let message = format!("needs the columns of two raters, got {}", ratings.len());
        return Err(Refusal::new(message));
    }
    let rows = ratings.complete_rows();
    if rows.is_empty() {
        return Ok(Err(Undefined::NoAnswers));
    }
    let categories = categories(&rows);
    let places: Vec<Vec<usize>> = rows.iter().map(|row| places(row, &categories)).collect();
    let mut first = vec![0.0; categories.len()];
    let mut second = vec![0.0; categories.len()];
    let weight = |left: usize, right: usize| {
        let apart = left.abs_diff(right) as f64;
        match weights {
            Weights::None => f64::from(u8::from(left != right)),
            Weights::Linear => apart,
            Weights::Quadratic => apart * apart,
        }
    };
    let mut observed = 0.0;
    for row in &places {
        if let [left, right] = row[..] {
            observed += weight(left, right);
            first.iter_mut().skip(left).take(1).for_each(|count| *count += 1.0);
            second.iter_mut().skip(right).take(1).for_each(|count| *count += 1.0);
        }
    }
    let mut expected = 0.0;
    for (left, of_first) in first.iter().enumerate() {
        for (right, of_second) in second.iter().enumerate() {
            expected += weight(left, right) * of_first * of_second;
        }
    }
    if expected == 0.0 {
        return Ok(Err(Undefined::ChanceAgreement));
    }
    Ok(finite(1.0 - observed * rows.len() as f64 / expected))
}

/// Fleiss' kappa of rows of subjects, each rated by the same number of raters; subjects with a missing
/// rating are left out.
///
/// `(P̄ − P̄e)/(1 − P̄e)`. Fleiss 1971, Psychological Bulletin 76:378. Where one category alone is used,
/// there is none.
///
/// ```
/// use askwell::stats::{Columns, kappa};
/// let ratings = Columns::new([
///     ("first", [1.0, 2.0].map(Some).to_vec()),
///     ("second", [1.0, 2.0].map(Some).to_vec()),
/// ]);
/// assert_eq!(kappa::fleiss(&ratings.unwrap()), Ok(1.0));
/// ```
pub fn fleiss(ratings: &Columns) -> Figure {
    if ratings.len() < 2 {
        return Err(Undefined::TooFewRaters);
    }
    let rows = ratings.complete_rows();
    if rows.is_empty() {
        return Err(Undefined::NoAnswers);
    }
    let (subjects, raters) = (rows.len() as f64, ratings.len() as f64);
    let categories = categories(&rows);
    let mut agreeing = 0.0;
    let mut chance = 0.0;
    for category in &categories {
        let mut all = 0.0;
        for row in &rows {
            let count = row.iter().filter(|rating| *rating == category).count() as f64;
            agreeing += count * (count - 1.0);
            all += count;
        }
        chance += (all / (subjects * raters)).powi(2);
    }
    if categories.len() == 1 {
        return Err(Undefined::ChanceAgreement);
    }
    let observed = agreeing / (subjects * raters * (raters - 1.0));
    finite((observed - chance) / (1.0 - chance))
}

/// The categories that occur, in order.
pub(super) fn categories(rows: &[Vec<f64>]) -> Vec<f64> {
    let mut categories: Vec<f64> = rows.iter().flatten().map(|rating| rating + 0.0).collect();
    categories.sort_unstable_by(f64::total_cmp);
    categories.dedup();
    categories
}

/// Where each rating stands among the categories.
pub(super) fn places(row: &[f64], categories: &[f64]) -> Vec<usize> {
    row.iter().map(|rating| categories.partition_point(|category| category < rating)).collect()
}

pub(super) fn compute_cohen(columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
    Ok(reply(cohen(columns, settings.weights.unwrap_or_default())?).into())
}

pub(super) fn compute_fleiss(columns: &Columns, _: &Settings) -> Result<Value, Refusal> {
    Ok(reply(fleiss(columns)).into())
}
