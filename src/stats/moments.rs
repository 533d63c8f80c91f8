//! Means, variances and correlations that other statistics rest on.

use nalgebra::{Cholesky, DMatrix, Dyn};

use super::figure::{Figure, Undefined, finite};

/// How much of the size of the terms a sum may lack before it counts as zero: what rounding leaves.
pub(super) const ROUNDING: f64 = 1e-12;

pub(super) fn mean(values: &[f64]) -> f64 {
    let first = values.iter().sum::<f64>() / values.len() as f64;
    // Once more around the first mean: what rounding took from the sum comes back.
    first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64
}

/// The deviations from the mean; all exactly 0 where values differ by no more than rounding.
pub(super) fn deviations(values: &[f64]) -> Vec<f64> {
    let centre = mean(values);
    let size = values.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
    let deviations: Vec<f64> = values.iter().map(|value| value - centre).collect();
    if deviations.iter().all(|deviation| deviation.abs() <= ROUNDING * size) {
        return vec![0.0; values.len()];
    }
    deviations
}

fn product(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

/// The variance of a sample: the sum of squares by `n − 1`.
pub fn variance(values: &[f64]) -> Figure {
    if values.len() < 2 {
        return Err(Undefined::TooFewRows);
    }
    let deviations = deviations(values);
    finite(product(&deviations, &deviations) / (values.len() - 1) as f64)
}

/// The covariance matrix of columns of the same length, with `n − 1`.
pub fn covariance(columns: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Undefined> {
    let n = columns.first().map_or(0, Vec::len);
    if n < 2 {
        return Err(if n == 0 { Undefined::NoAnswers } else { Undefined::TooFewRows });
    }
    let columns: Vec<Vec<f64>> = columns.iter().map(|column| deviations(column)).collect();
    let row = |left: &Vec<f64>| {
        columns.iter().map(|right| finite(product(left, right) / (n - 1) as f64)).collect()
    };
    columns.iter().map(row).collect()
}

/// Pearson's correlation of two columns of the same length.
pub fn pearson(left: &[f64], right: &[f64]) -> Figure {
    if left.len() < 2 {
        return Err(Undefined::TooFewRows);
    }
    let (left, right) = (deviations(left), deviations(right));
    let size = (product(&left, &left) * product(&right, &right)).sqrt();
    if size == 0.0 { Err(Undefined::NoVariance) } else { bounded(product(&left, &right) / size) }
}

/// A covariance matrix as correlations; nothing where a column does not vary.
pub fn correlations(covariance: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Undefined> {
    let deviation = |(at, row): (usize, &Vec<f64>)| row.get(at).map(|variance| variance.sqrt());
    let deviations: Vec<f64> = covariance.iter().enumerate().filter_map(deviation).collect();
    if deviations.len() < covariance.len() || deviations.contains(&0.0) {
        return Err(Undefined::NoVariance);
    }
    let row = |(row, own): (&Vec<f64>, &f64)| {
        row.iter().zip(&deviations).map(|(cell, other)| bounded(cell / (own * other))).collect()
    };
    covariance.iter().zip(&deviations).map(row).collect()
}

/// The Cholesky factor of correlations; nothing where a column follows from those before it, but for
/// rounding.
pub(super) fn independent(correlations: &DMatrix<f64>) -> Result<Cholesky<f64, Dyn>, Undefined> {
    let cholesky = correlations.clone().cholesky().ok_or(Undefined::Collinear)?;
    // Squared, each is what a column does not share with those before it.
    if cholesky.l_dirty().diagonal().iter().any(|own| own * own < 1e-10) {
        return Err(Undefined::Collinear);
    }
    Ok(cholesky)
}

fn bounded(correlation: f64) -> Figure {
    finite(correlation).map(|correlation| correlation.clamp(-1.0, 1.0))
}
