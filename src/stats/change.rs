//! Whether one person changed beyond what an imprecise measure explains.

use super::figure::{Figure, Undefined, finite};
use super::intervals::Z95;

/// How exactly a score is measured: the spread of scores in a group, and their reliability (such as alpha).
///
/// ```
/// use askwell::stats::change::Precision;
/// let precision = Precision { standard_deviation: 10.0, reliability: 0.84 };
/// assert!((precision.standard_error().unwrap() - 4.0).abs() < 1e-12);
/// assert!((precision.reliable_change(50.0, 62.0).unwrap() - 2.1213).abs() < 1e-4);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    pub standard_deviation: f64,
    /// From 0 to 1; an alpha below 0 says nothing about precision.
    pub reliability: f64,
}

impl Precision {
    /// The standard error of measurement, `SD·√(1 − r)`.
    pub fn standard_error(&self) -> Figure {
        if !(0.0..=1.0).contains(&self.reliability) || self.standard_deviation < 0.0 {
            return Err(Undefined::OutOfRange);
        }
        finite(self.standard_deviation * (1.0 - self.reliability).sqrt())
    }

    /// The reliable change index, `(later − earlier)/(SEM·√2)`: beyond ±1.96 the change is more than noise.
    /// Jacobson and Truax 1991, J. Consult. Clin. Psychol. 59:12. There is none of a perfect measure.
    pub fn reliable_change(&self, earlier: f64, later: f64) -> Figure {
        match self.standard_error()? {
            0.0 => Err(Undefined::NoVariance),
            error => finite((later - earlier) / (error * 2.0_f64.sqrt())),
        }
    }

    /// The smallest change that is more than noise at 95 %, in points of the score.
    pub fn smallest_change(&self) -> Figure {
        finite(Z95 * self.standard_error()? * 2.0_f64.sqrt())
    }
}
