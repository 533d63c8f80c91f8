//! Cronbach's alpha: how far items measure the same.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::figure::{
    Figure, Interval, Refusal, Undefined, by_name, count, figure, finite, interval, reply,
};
use super::moments::{ROUNDING, correlations, covariance};
use super::{Columns, Settings};
use crate::value::Value;

/// The internal consistency of items, with what each of them adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Alpha {
    /// Complete rows; others are left out (listwise).
    pub n: usize,
    /// Items.
    pub k: usize,
    /// Raw alpha; below 0 where items run against each other: is one worded the other way round?
    pub value: Figure,
    /// Alpha of the items brought to the same variance.
    pub standardized: Figure,
    /// By item: its correlation with the sum of the others.
    pub item_total: Vec<Figure>,
    /// By item: alpha of the others.
    pub if_deleted: Vec<Figure>,
}

/// Alpha of columns, one per item, by the rows in which nothing is missing.
///
/// `k/(k−1)·(1 − Σsᵢ²/s²)`. Cronbach 1951, Psychometrika 16:297. Items with reversed wording are to be
/// reversed before. Fewer than two items or rows, or a sum that does not vary, have none.
///
/// ```
/// use askwell::stats::{Columns, alpha};
/// let items = Columns::new([
///     ("friendly", [4.0, 2.0, 5.0, 3.0].map(Some).to_vec()),
///     ("helpful", [5.0, 2.0, 4.0, 3.0].map(Some).to_vec()),
/// ]);
/// let alpha = alpha::alpha(&items.unwrap());
/// assert!((alpha.value.unwrap() - 8.0 / 9.0).abs() < 1e-12);
/// ```
pub fn alpha(items: &Columns) -> Alpha {
    let columns = items.complete();
    let n = columns.first().map_or(0, Vec::len);
    match covariance(&columns) {
        Ok(matrix) => of_covariance(&matrix, n),
        Err(reason) => Alpha {
            n,
            k: items.len(),
            value: Err(reason),
            standardized: Err(reason),
            item_total: vec![Err(reason); items.len()],
            if_deleted: vec![Err(reason); items.len()],
        },
    }
}

/// Alpha from the covariance matrix of items over `n` rows: for published matrices, and for ones
/// computed pairwise.
pub fn of_covariance(matrix: &[Vec<f64>], n: usize) -> Alpha {
    let all: Vec<usize> = (0..matrix.len()).collect();
    let but = |item: usize| all.iter().copied().filter(|other| *other != item).collect::<Vec<_>>();
    Alpha {
        n,
        k: matrix.len(),
        value: raw(matrix, &all),
        standardized: correlations(matrix).and_then(|matrix| raw(&matrix, &all)),
        item_total: all.iter().map(|item| item_rest(matrix, *item, &but(*item))).collect(),
        if_deleted: all.iter().map(|item| raw(matrix, &but(*item))).collect(),
    }
}

impl Alpha {
    /// The interval of Feldt 1965, Psychometrika 30:357, by the F distribution.
    pub fn ci95(&self) -> Interval {
        let value = self.value?;
        let rows = self.n.saturating_sub(1) as f64;
        let items = self.k.saturating_sub(1) as f64;
        let f = FisherSnedecor::new(rows, rows * items).map_err(|_| Undefined::TooFewRows)?;
        let bound = |share: f64| 1.0 - (1.0 - value) * f.inverse_cdf(share);
        interval(bound(0.975), bound(0.025))
    }
}

fn cell(matrix: &[Vec<f64>], row: usize, column: usize) -> f64 {
    matrix.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
}

/// The sum of the covariances of some items with others, and the sum of their sizes.
fn sum(matrix: &[Vec<f64>], rows: &[usize], columns: &[usize]) -> (f64, f64) {
    let (mut sum, mut size) = (0.0, 0.0);
    for row in rows {
        for column in columns {
            let cell = cell(matrix, *row, *column);
            sum += cell;
            size += cell.abs();
        }
    }
    (sum, size)
}

fn raw(matrix: &[Vec<f64>], items: &[usize]) -> Figure {
    if items.len() < 2 {
        return Err(Undefined::TooFewItems);
    }
    let (total, size) = sum(matrix, items, items);
    if total <= ROUNDING * size {
        return Err(Undefined::NoVariance);
    }
    let own: f64 = items.iter().map(|item| cell(matrix, *item, *item)).sum();
    let k = items.len() as f64;
    finite(k / (k - 1.0) * (1.0 - own / total))
}

fn item_rest(matrix: &[Vec<f64>], item: usize, rest: &[usize]) -> Figure {
    if rest.is_empty() {
        return Err(Undefined::TooFewItems);
    }
    let (together, _) = sum(matrix, &[item], rest);
    let (variance_of_rest, size) = sum(matrix, rest, rest);
    let variance = cell(matrix, item, item);
    if variance <= 0.0 || variance_of_rest <= ROUNDING * size {
        return Err(Undefined::NoVariance);
    }
    finite(together / (variance.sqrt() * variance_of_rest.sqrt()))
}

pub(super) fn compute(columns: &Columns, _: &Settings) -> Result<Value, Refusal> {
    let alpha = alpha(columns);
    let mut map = reply(alpha.value);
    for (name, value) in [
        ("n", count(alpha.n)),
        ("k", count(alpha.k)),
        ("standardized", figure(alpha.standardized)),
        ("itemTotal", by_name(columns.names(), &alpha.item_total)),
        ("alphaIfDeleted", by_name(columns.names(), &alpha.if_deleted)),
    ] {
        map.insert(name.to_owned(), value);
    }
    Ok(map.into())
}
