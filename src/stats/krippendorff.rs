//! Krippendorff's alpha: agreement of any number of raters, some of whose ratings may be missing.

use std::str::FromStr;

use super::figure::{Figure, Refusal, Undefined, finite, reply};
use super::kappa::{categories, places};
use super::{Columns, Settings};
use crate::value::Value;

/// What the numbers mean, and so how far apart two of them are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Names: the same or not.
    Nominal,
    /// An order, such as a scale of agreement: how many ratings lie between.
    Ordinal,
    /// Measures with equal steps.
    Interval,
    /// Measures from zero upwards.
    Ratio,
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "nominal" => Ok(Level::Nominal),
            "ordinal" => Ok(Level::Ordinal),
            "interval" => Ok(Level::Interval),
            "ratio" => Ok(Level::Ratio),
            _ => Err(String::from("nominal, ordinal, interval or ratio")),
        }
    }
}

/// `1 − Do/De` for rows of units and columns of raters.
///
/// Units with fewer than two ratings are left out. Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability". Where all ratings are the same, there is none; negative numbers are refused at the
/// level of ratios.
///
/// ```
/// use askwell::stats::{Columns, krippendorff::{Level, krippendorff}};
/// let ratings = Columns::new([
///     ("first", vec![Some(1.0), Some(2.0), None, Some(3.0)]),
///     ("second", vec![Some(1.0), Some(2.0), Some(3.0), Some(3.0)]),
/// ]);
/// assert_eq!(krippendorff(&ratings.unwrap(), Level::Ordinal).unwrap(), Ok(1.0));
/// ```
pub fn krippendorff(ratings: &Columns, level: Level) -> Result<Figure, Refusal> {
    if level == Level::Ratio {
        for (name, cells) in ratings.iter() {
            let negative = |cell: &Option<f64>| cell.is_some_and(|rating| rating < 0.0);
            if let Some(row) = cells.iter().position(negative) {
                return Err(Refusal::at("ratios need numbers from 0 upwards", name, row));
            }
        }
    }
    if ratings.len() < 2 {
        return Ok(Err(Undefined::TooFewRaters));
    }
    let mut units: Vec<Vec<f64>> =
        ratings.rows().into_iter().map(|row| row.into_iter().flatten().collect()).collect();
    units.retain(|unit| unit.len() > 1);
    if units.is_empty() {
        return Ok(Err(Undefined::NoAnswers));
    }
    let categories = categories(&units);
    let mut units: Vec<Vec<usize>> = units.iter().map(|unit| places(unit, &categories)).collect();
    let mut counts = vec![0.0; categories.len()];
    for place in units.iter().flatten() {
        counts.iter_mut().skip(*place).take(1).for_each(|count| *count += 1.0);
    }
    let ratings: f64 = counts.iter().sum();
    let distance = Distance::new(level, categories, &counts);

    let mut observed = 0.0;
    for unit in &mut units {
        unit.sort_unstable();
        let others = unit.len() as f64 - 1.0;
        let groups: Vec<(usize, f64)> = unit
            .chunk_by(|a, b| a == b)
            .map(|g| (g.first().copied().unwrap_or_default(), g.len() as f64))
            .collect();
        observed += distance.sum(&groups) / others;
    }
    let all: Vec<(usize, f64)> = counts.iter().copied().enumerate().collect();
    let expected = distance.sum(&all);
    if expected == 0.0 {
        return Ok(Err(Undefined::NoVariance));
    }
    Ok(finite(1.0 - (ratings - 1.0) * observed / expected))
}

/// How far apart categories are, squared.
struct Distance {
    level: Level,
    /// By category: the number itself, or, for an order, the rank that its ratings share.
    position: Vec<f64>,
}

impl Distance {
    fn new(level: Level, categories: Vec<f64>, counts: &[f64]) -> Self {
        let mut before = 0.0;
        let rank = |count: &f64| {
            let rank = before + count / 2.0;
            before += count;
            rank
        };
        // Between the middles of two groups lie the groups between and half of each: the ordinal metric.
        let position = match level {
            Level::Ordinal => counts.iter().map(rank).collect(),
            _ => categories,
        };
        Distance { level, position }
    }

    fn between(&self, left: usize, right: usize) -> f64 {
        let at = |place: usize| self.position.get(place).copied().unwrap_or_default();
        let (left, right) = (at(left), at(right));
        match self.level {
            Level::Nominal => f64::from(u8::from(left != right)),
            Level::Ordinal | Level::Interval => (left - right).powi(2),
            Level::Ratio if left == right => 0.0,
            Level::Ratio => ((left - right) / (left + right)).powi(2),
        }
    }

    /// The distances of all pairs of ratings, given how many fall into each category.
    fn sum(&self, groups: &[(usize, f64)]) -> f64 {
        let mut sum = 0.0;
        for (at, (left, of_left)) in groups.iter().enumerate() {
            for (right, of_right) in groups.iter().skip(at + 1) {
                sum += 2.0 * of_left * of_right * self.between(*left, *right);
            }
        }
        sum
    }
}

pub(super) fn compute(columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
    let level = settings.level.ok_or_else(|| Refusal::new("needs the `level` of the numbers"))?;
    Ok(reply(krippendorff(columns, level)?).into())
}
