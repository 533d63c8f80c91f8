//! Intraclass correlations: how far raters agree on targets.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

use super::figure::{
    Estimate, Figure, Refusal, Undefined, estimate, finite, interval, nothing, object,
};
use super::moments::{ROUNDING, mean};
use super::{Columns, Settings};
use crate::value::Value;

/// The six forms of Shrout and Fleiss.
///
/// Each target by other raters: `icc1`. The same raters, drawn from many: `icc2`, which counts it
/// against them where one is stricter than another (absolute agreement). These raters and no others:
/// `icc3` (consistency). With `k`, the reliability of the mean of all raters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Icc {
    /// Complete rows; others are left out (listwise).
    pub n: usize,
    pub icc1: Estimate,
    pub icc2: Estimate,
    pub icc3: Estimate,
    pub icc1k: Estimate,
    pub icc2k: Estimate,
    pub icc3k: Estimate,
}

/// The forms for rows of targets and columns of raters, with F intervals.
///
/// Shrout and Fleiss 1979, Psychological Bulletin 86:420; intervals after McGraw and Wong 1996,
/// Psychological Methods 1:30. Fewer than two raters or targets, or ratings that are all the same, have
/// none. Values below 0 are possible.
///
/// ```
/// use askwell::stats::{Columns, icc};
/// let ratings = Columns::new([
///     ("first", [9.0, 6.0, 8.0].map(Some).to_vec()),
///     ("second", [8.0, 5.0, 7.0].map(Some).to_vec()),
/// ]);
/// let icc = icc::icc(&ratings.unwrap());
/// assert_eq!(icc.icc3.value, Ok(1.0));
/// assert!(icc.icc2.value.unwrap() < 1.0);
/// ```
pub fn icc(ratings: &Columns) -> Icc {
    let rows = ratings.complete_rows();
    let squares = Squares::of(&rows, ratings.len());
    let form = |form: fn(&Squares) -> Estimate| match &squares {
        Ok(squares) => form(squares),
        Err(reason) => Estimate::undefined(*reason),
    };
    Icc {
        n: rows.len(),
        icc1: form(|squares| squares.one_way(false)),
        icc2: form(|squares| squares.random(false)),
        icc3: form(|squares| squares.consistency(false)),
        icc1k: form(|squares| squares.one_way(true)),
        icc2k: form(|squares| squares.random(true)),
        icc3k: form(|squares| squares.consistency(true)),
    }
}

/// Mean squares of a two-way analysis of variance with one rating per cell.
struct Squares {
    targets: f64,
    raters: f64,
    between_targets: f64,
    between_raters: f64,
    error: f64,
}

impl Squares {
    fn of(rows: &[Vec<f64>], raters: usize) -> Result<Self, Undefined> {
        let targets = rows.len();
        match (targets, raters) {
            (_, 0 | 1) => return Err(Undefined::TooFewRaters),
            (0, _) => return Err(Undefined::NoAnswers),
            (1, _) => return Err(Undefined::TooFewRows),
            _ => {}
        }
        let of_targets: Vec<f64> = rows.iter().map(|row| mean(row)).collect();
        let column = |at: usize| rows.iter().filter_map(|row| row.get(at).copied()).collect();
        let of_raters: Vec<f64> = (0..raters).map(|at| mean(&column(at) as &Vec<f64>)).collect();
        let grand = mean(&of_targets);
        let (mut error, mut total) = (0.0, 0.0);
        for (row, of_target) in rows.iter().zip(&of_targets) {
            for (rating, of_rater) in row.iter().zip(&of_raters) {
                error += (rating - of_target - of_rater + grand).powi(2);
                total += (rating - grand).powi(2);
            }
        }
        let size: f64 = rows.iter().flatten().map(|rating| rating * rating).sum();
        if total <= ROUNDING * ROUNDING * size {
            return Err(Undefined::NoVariance);
        }
        // What rounding leaves of a sum that is zero would pass for a figure further on.
        let square = |sum: f64| if sum <= ROUNDING * total { 0.0 } else { sum };
        let spread = |means: &[f64]| means.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>();
        let (targets, raters) = (targets as f64, raters as f64);
        Ok(Squares {
            targets,
            raters,
            between_targets: square(raters * spread(&of_targets)) / (targets - 1.0),
            between_raters: square(targets * spread(&of_raters)) / (raters - 1.0),
            error: square(error) / ((targets - 1.0) * (raters - 1.0)),
        })
    }

    /// ICC(1): what differs within a target is error, whoever the raters are.
    fn one_way(&self, of_mean: bool) -> Estimate {
        let freedom = self.targets * (self.raters - 1.0);
        let between = self.between_raters * (self.raters - 1.0);
        let error = self.error * (self.targets - 1.0) * (self.raters - 1.0);
        self.fixed((between + error) / freedom, freedom, of_mean)
    }

    /// ICC(3): raters may differ in how strict they are.
    fn consistency(&self, of_mean: bool) -> Estimate {
        self.fixed(self.error, (self.targets - 1.0) * (self.raters - 1.0), of_mean)
    }

    /// A form with one mean square as error, which has so many degrees of freedom.
    fn fixed(&self, error: f64, of_error: f64, of_mean: bool) -> Estimate {
        let (between, k) = (self.between_targets, self.raters);
        let noise = if of_mean { 0.0 } else { (k - 1.0) * error };
        let value = quotient(between - error, &[between, noise]);
        if let Err(reason) = value {
            return Estimate::undefined(reason);
        }
        if error == 0.0 {
            return Estimate { value, ci95: Ok([1.0, 1.0]) };
        }
        let freedom = self.targets - 1.0;
        let bound = |f: f64| if of_mean { 1.0 - 1.0 / f } else { (f - 1.0) / (f + k - 1.0) };
        let f = between / error;
        let low = quantile(freedom, of_error).map(|quantile| bound(f / quantile));
        let high = quantile(of_error, freedom).map(|quantile| bound(f * quantile));
        Estimate { value, ci95: low.and_then(|low| interval(low, high?)) }
    }

    /// ICC(2): raters are a sample, and their differences count as disagreement.
    fn random(&self, of_mean: bool) -> Estimate {
        let Squares { targets: n, raters: k, between_targets, between_raters, error } = *self;
        let differences = (between_raters - error) / n;
        let single = [between_targets, (k - 1.0) * error, k * differences];
        let single = match quotient(between_targets - error, &single) {
            Ok(single) => single,
            Err(reason) => return Estimate::undefined(reason),
        };
        let stepped_up = |icc: f64| match of_mean {
            true => quotient(icc * k, &[1.0, icc * (k - 1.0)]),
            false => Ok(icc),
        };
        let bounds = || {
            if error == 0.0 && between_raters == 0.0 {
                return Ok([1.0, 1.0]);
            }
            let raters = k * single * between_raters;
            let rest = (n * (1.0 + (k - 1.0) * single) - k * single) * error;
            let freedom = (k - 1.0) * (n - 1.0) * (raters + rest).powi(2)
                / ((n - 1.0) * raters.powi(2) + rest.powi(2));
            let strict = quantile(n - 1.0, freedom)?;
            let lenient = quantile(freedom, n - 1.0)?;
            let noise = k * between_raters + (k * n - k - n) * error;
            let low =
                n * (between_targets - strict * error) / (strict * noise + n * between_targets);
            let high =
                n * (lenient * between_targets - error) / (noise + n * lenient * between_targets);
            let below = -1.0 / (k - 1.0);
            // The reliability of a mean has a pole there: a bound beyond it would stand above the figure.
            if of_mean && (low <= below || high <= below) {
                return Err(Undefined::OutOfRange);
            }
            interval(stepped_up(low)?, stepped_up(high)?)
        };
        let value = match of_mean {
            true => quotient(between_targets - error, &[between_targets, differences]),
            false => finite(single),
        };
        Estimate { value, ci95: bounds() }
    }
}

/// A quotient whose denominator is a sum; none where its terms cancel out but for rounding.
fn quotient(numerator: f64, denominator: &[f64]) -> Figure {
    let sum: f64 = denominator.iter().sum();
    let size: f64 = denominator.iter().map(|term| term.abs()).sum();
    if sum.abs() <= ROUNDING * size { Err(Undefined::NoVariance) } else { finite(numerator / sum) }
}

/// What F exceeds in 2.5 % of cases.
fn quantile(above: f64, below: f64) -> Figure {
    let f = FisherSnedecor::new(above, below).map_err(|_| Undefined::OutOfRange)?;
    finite(f.inverse_cdf(0.975))
}

pub(super) fn compute(columns: &Columns, _: &Settings) -> Result<Value, Refusal> {
    let icc = icc(columns);
    let forms = [
        ("icc1", icc.icc1),
        ("icc2", icc.icc2),
        ("icc3", icc.icc3),
        ("icc1k", icc.icc1k),
        ("icc2k", icc.icc2k),
        ("icc3k", icc.icc3k),
    ];
    let mut map = object(forms.map(|(name, form)| (name, estimate(form).into())));
    if let [Err(reason), ..] = forms.map(|(_, form)| form.value)
        && forms.iter().all(|(_, form)| form.value.is_err())
    {
        nothing(&mut map, reason);
    }
    Ok(map.into())
}
