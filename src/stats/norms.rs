//! Scores against the norms of a group.

use statrs::distribution::{ContinuousCDF, Normal};

use super::figure::{Figure, Undefined, finite};

/// Where a group stands; with it belong its size, date and population. None ships with Askwell.
///
/// ```
/// use askwell::stats::norms::Norm;
/// let norm = Norm { mean: 3.8, standard_deviation: 0.5 };
/// assert!((norm.t_score(4.2).unwrap() - 58.0).abs() < 1e-9);
/// assert!((norm.percentile(4.2).unwrap() - 78.8).abs() < 0.1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Norm {
    pub mean: f64,
    pub standard_deviation: f64,
}

impl Norm {
    /// `50 + 10·(x − M)/SD`; none where the group does not vary. McCall 1922, How to Measure in Education.
    pub fn t_score(&self, score: f64) -> Figure {
        finite(50.0 + 10.0 * self.standard(score)?)
    }

    /// How many per cent of the group stand below, where its scores follow the normal distribution.
    pub fn percentile(&self, score: f64) -> Figure {
        finite(100.0 * Normal::standard().cdf(self.standard(score)?))
    }

    fn standard(&self, score: f64) -> Figure {
        match self.standard_deviation {
            0.0 => Err(Undefined::NoVariance),
            deviation if deviation > 0.0 => finite((score - self.mean) / deviation),
            _ => Err(Undefined::OutOfRange),
        }
    }
}
