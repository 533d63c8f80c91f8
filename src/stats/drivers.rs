//! Key drivers: what an outcome goes with, and how much of it each driver accounts for.

use nalgebra::linalg::SymmetricEigen;
use nalgebra::{DMatrix, DVector};

use super::figure::{Figure, Refusal, Undefined, by_name, count, figure, finite, nothing, object};
use super::moments::{correlations, covariance, independent, mean, pearson};
use super::{Columns, Settings};
use crate::value::Value;

/// A linear regression of an outcome on drivers, and shares of what it explains. Each list is by driver.
///
/// All of it tells what goes together, not what would change the outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// Complete rows; others are left out (listwise).
    pub n: usize,
    pub names: Vec<String>,
    /// The share of the outcome's variance that all drivers explain.
    pub r2: Figure,
    /// The drivers' own correlations with the outcome.
    pub pearson: Vec<Figure>,
    /// Standardized coefficients.
    pub beta: Vec<Figure>,
    /// Coefficients in the units of the columns.
    pub coefficients: Vec<Figure>,
    pub intercept: Figure,
    /// Shapley values of r² (LMG): what a driver adds, averaged over all orders of entry.
    pub shapley: Vec<Figure>,
    /// How far they can be relied on, where not all orders of entry were taken.
    pub sampled: Option<Sampled>,
    /// Johnson's relative weights.
    pub relative_weights: Vec<Figure>,
}

/// Shapley values by a sample of the orders of entry (Castro, Gómez and Tejada 2009, Computers & Operations
/// Research 36:1726): the same for the same data, and still of the sum r².
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    pub orders: usize,
    /// By driver: the standard error of its Shapley value.
    pub errors: Vec<f64>,
}

/// So many drivers have a million subsets.
const MOST_EXACT: usize = 20;
/// Of more drivers, so many orders are taken, each together with its reverse.
const PAIRS: usize = 250;

/// The drivers of the column `outcome`: all other columns.
///
/// Shapley values after Lindeman, Merenda and Gold 1980 (see Grömping 2006, J. Stat. Softw. 17(1)), relative
/// weights after Johnson 2000, Multivariate Behavioral Research 35:1; either sum to r². There is none of
/// them where rows are not at least two more than drivers, something does not vary, or drivers follow from
/// each other. Of more than 20 drivers, Shapley values are averaged over a sample of orders.
///
/// ```
/// use askwell::stats::{Columns, drivers};
/// let columns = Columns::new([
///     ("overall", [2.0, 3.0, 5.0, 5.0, 4.0].map(Some).to_vec()),
///     ("guide", [1.0, 3.0, 5.0, 4.0, 4.0].map(Some).to_vec()),
///     ("meals", [3.0, 2.0, 4.0, 5.0, 3.0].map(Some).to_vec()),
/// ]);
/// let drivers = drivers::drivers(&columns.unwrap(), "overall").unwrap();
/// let sum: f64 = drivers.shapley.iter().map(|share| share.unwrap()).sum();
/// assert!((sum - drivers.r2.unwrap()).abs() < 1e-12);
/// ```
pub fn drivers(columns: &Columns, outcome: &str) -> Result<Drivers, Refusal> {
    let Some(at) = columns.names().iter().position(|name| name == outcome) else {
        return Err(Refusal::new(format!("no column is named `{outcome}`")));
    };
    if columns.len() < 2 {
        return Err(Refusal::new("needs columns beside the outcome"));
    }
    let mut names = columns.names().to_vec();
    names.remove(at);
    let mut cells = columns.complete();
    let outcome = cells.remove(at);
    cells.push(outcome);
    let n = cells.first().map_or(0, Vec::len);
    let outcome = cells.last().map_or(&[][..], Vec::as_slice);
    let own =
        |cells: &Vec<f64>| if n == 0 { Err(Undefined::NoAnswers) } else { pearson(cells, outcome) };
    let correlations: Vec<Figure> = cells.iter().take(names.len()).map(own).collect();
    let means: Vec<f64> = cells.iter().map(|cells| mean(cells)).collect();
    let model = covariance(&cells).and_then(|matrix| Model::of(&matrix, n));
    Ok(Drivers::of(n, names, correlations, model, &means, MOST_EXACT))
}

/// The drivers from the means of columns and their covariance matrix over `n` rows, for data of which only
/// sums are kept: `names` are the drivers, and the outcome stands last in the others. Of more drivers than
/// `most_exact` (at most 20), Shapley values are averaged over a sample of orders.
pub fn of_moments(
    names: Vec<String>,
    n: usize,
    means: &[f64],
    matrix: &[Vec<f64>],
    most_exact: usize,
) -> Drivers {
    let last = matrix.len().saturating_sub(1);
    let pearson = correlations(matrix).map(|rows| {
        rows.iter()
            .take(last)
            .map(|row| row.last().copied().unwrap_or_default())
            .collect::<Vec<_>>()
    });
    let pearson: Vec<Figure> = match pearson {
        Ok(pearson) => pearson.into_iter().map(finite).collect(),
        Err(reason) => vec![Err(reason); names.len()],
    };
    Drivers::of(n, names, pearson, Model::of(matrix, n), means, most_exact.min(MOST_EXACT))
}

impl Drivers {
    fn of(
        n: usize,
        names: Vec<String>,
        pearson: Vec<Figure>,
        model: Result<Model, Undefined>,
        means: &[f64],
        most_exact: usize,
    ) -> Self {
        let model = match model {
            Ok(model) => model,
            Err(reason) => return Drivers::undefined(n, names, pearson, reason),
        };
        let (shapley, sampled) = match model.with.len() {
            count if count <= most_exact => (model.shapley(), None),
            _ => model.sampled(),
        };
        Drivers {
            n,
            r2: finite(model.r2()),
            pearson,
            beta: model.beta.iter().map(|beta| finite(*beta)).collect(),
            coefficients: model.coefficients(),
            intercept: model.intercept(means),
            shapley,
            sampled,
            relative_weights: model.relative_weights(),
            names,
        }
    }

    fn undefined(n: usize, names: Vec<String>, pearson: Vec<Figure>, reason: Undefined) -> Self {
        let none = vec![Err(reason); names.len()];
        Drivers {
            n,
            names,
            r2: Err(reason),
            pearson,
            beta: none.clone(),
            coefficients: none.clone(),
            intercept: Err(reason),
            shapley: none.clone(),
            sampled: None,
            relative_weights: none,
        }
    }
}

/// A regression of the last column on the others, in standard units.
struct Model {
    /// Correlations of the drivers with each other.
    among: DMatrix<f64>,
    /// Their correlations with the outcome.
    with: DVector<f64>,
    beta: DVector<f64>,
    /// Standard deviations of all columns, the outcome's last.
    deviations: Vec<f64>,
}

impl Model {
    fn of(covariance: &[Vec<f64>], n: usize) -> Result<Self, Undefined> {
        let count = covariance.len().saturating_sub(1);
        let correlations = correlations(covariance)?;
        if n <= count + 1 {
            return Err(Undefined::TooFewRows);
        }
        let all = DMatrix::from_fn(count + 1, count + 1, |row, column| correlations[row][column]);
        let among = all.view((0, 0), (count, count)).into_owned();
        let with = all.view((0, count), (count, 1)).column(0).into_owned();
        let cholesky = independent(&among)?;
        let beta = cholesky.solve(&with);
        let deviations = covariance.iter().enumerate().map(|(at, row)| row[at].sqrt()).collect();
        Ok(Model { among, with, beta, deviations })
    }

    fn r2(&self) -> f64 {
        self.beta.dot(&self.with).clamp(0.0, 1.0)
    }

    fn coefficients(&self) -> Vec<Figure> {
        let outcome = self.deviations.last().copied().unwrap_or_default();
        let drivers = self.deviations.iter().zip(self.beta.iter());
        drivers.map(|(deviation, beta)| finite(beta * outcome / deviation)).collect()
    }

    fn intercept(&self, means: &[f64]) -> Figure {
        let mut intercept = means.last().copied().unwrap_or_default();
        for (coefficient, mean) in self.coefficients().into_iter().zip(means) {
            intercept -= coefficient? * mean;
        }
        finite(intercept)
    }

    fn shapley(&self) -> Vec<Figure> {
        let count = self.with.len();
        let mut r2 = vec![0.0; 1 << count];
        let mut all: Vec<Vec<f64>> =
            self.among.row_iter().map(|row| row.iter().copied().collect()).collect();
        for (row, with) in all.iter_mut().zip(self.with.iter()) {
            row.push(*with);
        }
        all.push(self.with.iter().copied().chain([1.0]).collect());
        subsets(&all, 0, 0, &mut r2);

        // How much weight a subset of a size has among all orders of entry: s!(k − s − 1)!/k!.
        let mut weights = vec![1.0 / count as f64];
        for size in 1..count {
            let last = weights.last().copied().unwrap_or_default();
            weights.push(last * size as f64 / (count - size) as f64);
        }
        let mut shares = vec![0.0; count];
        for (subset, without) in r2.iter().enumerate() {
            let weight = weights.get(subset.count_ones() as usize).copied().unwrap_or_default();
            for (driver, share) in shares.iter_mut().enumerate() {
                let with = subset | 1 << driver;
                if with != subset {
                    *share += weight * (r2.get(with).copied().unwrap_or_default() - without);
                }
            }
        }
        shares.into_iter().map(finite).collect()
    }

    /// What each driver adds to r² in a sample of orders of entry, each with its reverse, so that much of what
    /// one order gives too much the other takes back.
    fn sampled(&self) -> (Vec<Figure>, Option<Sampled>) {
        let count = self.with.len();
        let (mut sums, mut squares) = (vec![0.0; count], vec![0.0; count]);
        let mut order: Vec<usize> = (0..count).collect();
        let mut dice = Dice(0);
        for _ in 0..PAIRS {
            dice.shuffle(&mut order);
            let mut both = vec![0.0; count];
            for _ in 0..2 {
                let Some(gains) = self.gains(&order) else {
                    return (vec![Err(Undefined::Collinear); count], None);
                };
                for (driver, gain) in order.iter().zip(gains) {
                    both[*driver] += gain / 2.0;
                }
                order.reverse();
            }
            for ((sum, squares), both) in sums.iter_mut().zip(&mut squares).zip(both) {
                *sum += both;
                *squares += both * both;
            }
        }
        let pairs = PAIRS as f64;
        let error = |(sum, squares): (&f64, &f64)| {
            let variance = (squares - sum * sum / pairs).max(0.0) / (pairs - 1.0);
            (variance / pairs).sqrt()
        };
        let errors = sums.iter().zip(&squares).map(error).collect();
        let shares = sums.iter().map(|sum| finite(sum / pairs)).collect();
        (shares, Some(Sampled { orders: 2 * PAIRS, errors }))
    }

    /// What each adds to r² when drivers enter in this order: the squares of the outcome's coordinates along
    /// what each has that those before it have not.
    fn gains(&self, order: &[usize]) -> Option<Vec<f64>> {
        let count = order.len();
        let among =
            DMatrix::from_fn(count, count, |row, column| self.among[(order[row], order[column])]);
        let with = DVector::from_fn(count, |row, _| self.with[order[row]]);
        let along = among.cholesky()?.l_dirty().solve_lower_triangular(&with)?;
        Some(along.iter().map(|along| along * along).collect())
    }

    /// By the nearest orthogonal variables: how drivers load on them, and they on the outcome.
    fn relative_weights(&self) -> Vec<Figure> {
        let count = self.with.len();
        let eigen = match SymmetricEigen::try_new(self.among.clone(), 1e-15, 10_000) {
            Some(eigen) => eigen,
            None => return vec![Err(Undefined::NoConvergence); count],
        };
        let root = |power: fn(f64) -> f64| {
            let values = DMatrix::from_diagonal(&eigen.eigenvalues.map(power));
            &eigen.eigenvectors * values * eigen.eigenvectors.transpose()
        };
        let loadings = root(f64::sqrt).map(|loading| loading * loading);
        let weights = (root(|value| 1.0 / value.sqrt()) * &self.with).map(|weight| weight * weight);
        (loadings * weights).iter().map(|weight| finite(*weight)).collect()
    }
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count as u64) as usize
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            order.swap(at, self.below(at + 1));
        }
    }
}

/// Fills in r² of every subset of drivers. `left` holds what remains of the drivers from `next` on, and of
/// the outcome in the last place, once the drivers in `taken` are accounted for.
fn subsets(left: &[Vec<f64>], next: usize, taken: usize, r2: &mut [f64]) {
    let Some((first, others)) = left.split_first() else { return };
    if others.is_empty() {
        return;
    }
    let without: Vec<Vec<f64>> = others.iter().map(|row| row[1..].to_vec()).collect();
    subsets(&without, next + 1, taken, r2);
    let conditioned = |row: &Vec<f64>| {
        let factor = row[0] / first[0];
        row.iter().zip(first).skip(1).map(|(cell, of_first)| cell - factor * of_first).collect()
    };
    let with: Vec<Vec<f64>> = others.iter().map(conditioned).collect();
    let taken = taken | 1 << next;
    let unexplained = with.last().and_then(|row| row.last()).copied().unwrap_or_default();
    if let Some(r2) = r2.get_mut(taken) {
        *r2 = 1.0 - unexplained;
    }
    subsets(&with, next + 1, taken, r2);
}

pub(super) fn compute(columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
    let outcome = settings.outcome.as_deref();
    let outcome = outcome.ok_or_else(|| Refusal::new("needs the `outcome`"))?;
    let drivers = drivers(columns, outcome)?;
    let mut map = object([
        ("r2", figure(drivers.r2)),
        ("shapley", by_name(&drivers.names, &drivers.shapley)),
        ("pearson", by_name(&drivers.names, &drivers.pearson)),
        ("beta", by_name(&drivers.names, &drivers.beta)),
    ]);
    if let Some(sampled) = &drivers.sampled {
        let errors: Vec<Figure> = sampled.errors.iter().map(|error| Ok(*error)).collect();
        map.insert("orders".to_owned(), count(sampled.orders));
        map.insert("shapleyError".to_owned(), by_name(&drivers.names, &errors));
    }
    if let Err(reason) = drivers.r2 {
        nothing(&mut map, reason);
    }
    Ok(map.into())
}
