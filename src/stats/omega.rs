//! McDonald's omega: the reliability of a sum whose items measure one thing, each as well as it does.

use nalgebra::linalg::SymmetricEigen;
use nalgebra::{DMatrix, DVector};

use super::figure::{Figure, Refusal, Undefined, finite, reply};
use super::moments::{correlations, covariance, independent};
use super::{Columns, Settings};
use crate::value::Value;

/// Omega total by a maximum-likelihood analysis with one factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Omega {
    /// Complete rows; others are left out (listwise).
    pub n: usize,
    /// Omega of the sum of the items as they are.
    pub value: Figure,
    /// Omega of the sum of the items brought to the same variance.
    pub standardized: Figure,
    /// By item: its correlation with the factor.
    pub loadings: Result<Vec<f64>, Undefined>,
}

/// `(Σλ)²/((Σλ)² + Σψ)` with the loadings λ and uniquenesses ψ of one factor.
///
/// McDonald 1999, Test Theory; estimated by maximum likelihood (Jöreskog 1967, Psychometrika 32:443), and
/// other estimators give other omegas. Two items leave the model unidentified, a uniqueness below 0.005 is
/// a Heywood case, items that follow from each other have no likelihood: none of these has an omega.
///
/// ```
/// use askwell::stats::omega;
/// // Loadings .8, .7 and .6 reproduce these correlations.
/// let matrix = [vec![1.0, 0.56, 0.48], vec![0.56, 1.0, 0.42], vec![0.48, 0.42, 1.0]];
/// let omega = omega::of_covariance(&matrix, 100);
/// assert!((omega.value.unwrap() - 4.41 / (4.41 + 1.51)).abs() < 1e-8);
/// ```
pub fn omega(items: &Columns) -> Omega {
    let columns = items.complete();
    let n = columns.first().map_or(0, Vec::len);
    match covariance(&columns) {
        Ok(matrix) => of_covariance(&matrix, n),
        Err(reason) => Omega::undefined(n, reason),
    }
}

/// Omega from the covariance matrix of items over `n` rows.
pub fn of_covariance(matrix: &[Vec<f64>], n: usize) -> Omega {
    if matrix.len() < 3 {
        return Omega::undefined(n, Undefined::TooFewItems);
    }
    let loadings = correlations(matrix).and_then(|matrix| loadings(&matrix));
    let loadings = match loadings {
        Ok(loadings) => loadings,
        Err(reason) => return Omega::undefined(n, reason),
    };
    let variances = matrix.iter().enumerate().filter_map(|(at, row)| row.get(at).copied());
    Omega {
        n,
        value: reliability(&loadings, variances),
        standardized: reliability(&loadings, loadings.iter().map(|_| 1.0)),
        loadings: Ok(loadings),
    }
}

impl Omega {
    fn undefined(n: usize, reason: Undefined) -> Self {
        Omega { n, value: Err(reason), standardized: Err(reason), loadings: Err(reason) }
    }
}

fn reliability(loadings: &[f64], variances: impl Iterator<Item = f64>) -> Figure {
    let (mut common, mut unique) = (0.0, 0.0);
    for (loading, variance) in loadings.iter().zip(variances) {
        common += loading * variance.sqrt();
        unique += (1.0 - loading * loading) * variance;
    }
    finite(common * common / (common * common + unique))
}

/// The smallest uniqueness that is believed.
const LEAST: f64 = 0.005;

/// The loadings that make a correlation matrix most likely.
///
/// Newton's method on the logarithms of the uniquenesses with exact second derivatives, after Clarke
/// 1970, Br. J. Math. Stat. Psychol. 23:43.
fn loadings(matrix: &[Vec<f64>]) -> Result<Vec<f64>, Undefined> {
    let size = matrix.len();
    let matrix = DMatrix::from_iterator(size, size, matrix.iter().flatten().copied());
    let inverse = independent(&matrix)?.inverse();
    // What each item does not share with all others is an upper bound.
    let start = |variance: f64| ((1.0 - 0.5 / size as f64) / variance).clamp(LEAST, 1.0).ln();
    let mut fit = Fit::new(&matrix, inverse.diagonal().map(start))?;
    for _ in 0..200 {
        let slope = fit.slope();
        let stuck = fit.at.zip_map(&slope, |at, slope| at <= LEAST.ln() && slope >= 0.0);
        let left = slope.zip_map(&stuck, |slope, stuck| if stuck { 0.0 } else { slope });
        if left.amax() < 1e-10 {
            if stuck.iter().any(|stuck| *stuck) {
                return Err(Undefined::HeywoodCase);
            }
            return Ok(fit.loadings());
        }
        fit = fit.improved(&matrix, &fit.step(&left, &stuck))?;
    }
    Err(Undefined::NoConvergence)
}

/// A state of the search: logarithms of uniquenesses, and the eigenvalues of what they leave.
struct Fit {
    at: DVector<f64>,
    /// In descending order; the first belongs to the factor.
    values: Vec<f64>,
    vectors: DMatrix<f64>,
    /// The discrepancy that is to become smallest.
    badness: f64,
}

impl Fit {
    fn new(matrix: &DMatrix<f64>, at: DVector<f64>) -> Result<Self, Undefined> {
        let scale = DMatrix::from_diagonal(&at.map(|at| (-at / 2.0).exp()));
        let scaled = &scale * matrix * &scale;
        let eigen =
            SymmetricEigen::try_new(scaled, 1e-15, 10_000).ok_or(Undefined::NoConvergence)?;
        let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*b].total_cmp(&eigen.eigenvalues[*a]));
        let values: Vec<f64> = order.iter().map(|at| eigen.eigenvalues[*at]).collect();
        let columns: Vec<_> = order.iter().map(|at| eigen.eigenvectors.column(*at)).collect();
        let badness = values.iter().skip(1).map(|value| value - value.ln() - 1.0).sum();
        Ok(Fit { at, values, vectors: DMatrix::from_columns(&columns), badness })
    }

    fn slope(&self) -> DVector<f64> {
        DVector::from_fn(self.at.len(), |item, _| {
            let part = |(m, value): (usize, &f64)| (1.0 - value) * self.vectors[(item, m)].powi(2);
            self.values.iter().enumerate().skip(1).map(part).sum()
        })
    }

    fn curvature(&self) -> DMatrix<f64> {
        let (size, w, values) = (self.at.len(), &self.vectors, &self.values);
        DMatrix::from_fn(size, size, |i, j| {
            let mut sum = 0.0;
            for m in 1..size {
                let pair = w[(i, m)] * w[(j, m)];
                sum += values[m] * pair * pair;
                for n in m + 1..size {
                    sum += (values[m] + values[n]) * pair * w[(i, n)] * w[(j, n)];
                }
                let apart = values[0] - values[m];
                if apart > 1e-9 {
                    let factor = (1.0 - values[m]) * (values[0] + values[m]) / apart;
                    sum += factor * pair * w[(i, 0)] * w[(j, 0)];
                }
            }
            sum
        })
    }

    /// Newton's step for what is not stuck at the bound; downhill where the curvature does not help.
    fn step(&self, slope: &DVector<f64>, stuck: &DVector<bool>) -> DVector<f64> {
        let mut curvature = self.curvature();
        for (item, stuck) in stuck.iter().enumerate() {
            if *stuck {
                curvature.row_mut(item).fill(0.0);
                curvature.column_mut(item).fill(0.0);
                curvature[(item, item)] = 1.0;
            }
        }
        match curvature.cholesky() {
            Some(cholesky) => -cholesky.solve(slope),
            None => -slope.clone(),
        }
    }

    /// Goes along the step as far as it helps.
    fn improved(&self, matrix: &DMatrix<f64>, step: &DVector<f64>) -> Result<Self, Undefined> {
        let mut length = (2.0 / step.amax()).min(1.0);
        for _ in 0..60 {
            let at = (&self.at + step * length).map(|at| at.max(LEAST.ln()));
            let fit = Fit::new(matrix, at)?;
            // Near the end, the discrepancy no longer tells better from worse.
            if fit.badness <= self.badness + 1e-13 * (1.0 + self.badness) {
                return Ok(fit);
            }
            length /= 2.0;
        }
        Err(Undefined::NoConvergence)
    }

    fn loadings(&self) -> Vec<f64> {
        let strength = self.values.first().map_or(0.0, |value| (value - 1.0).max(0.0).sqrt());
        let loadings =
            self.vectors.column(0).zip_map(&self.at, |w, at| strength * w * (at / 2.0).exp());
        let sign = if loadings.sum() < 0.0 { -1.0 } else { 1.0 };
        loadings.iter().map(|loading| sign * loading).collect()
    }
}

pub(super) fn compute(columns: &Columns, _: &Settings) -> Result<Value, Refusal> {
    let mut map = reply(omega(columns).value);
    map.insert("estimator".to_owned(), "ml".into());
    Ok(map.into())
}
