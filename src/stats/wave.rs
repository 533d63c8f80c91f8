//! Whether a figure changed from one wave of a survey to the next, beyond what chance explains.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::figure::{Figure, Interval, Undefined, finite, interval};
use super::intervals::{Z95, wilson95};
use super::moments::{mean, variance};
use super::nps::Nps;

/// The later figure minus the earlier one, of independent samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    pub value: Figure,
    pub standard_error: Figure,
    /// How many standard errors the change makes: z, or t of means.
    pub statistic: Figure,
    /// How likely a change of this size or more is where nothing changed, in either direction.
    pub p: Figure,
    /// The interval in which the change lies with 95 % confidence.
    pub ci95: Interval,
}

impl Change {
    fn undefined(reason: Undefined) -> Self {
        let none = Err(reason);
        Change { value: none, standard_error: none, statistic: none, p: none, ci95: Err(reason) }
    }
}

/// The change of a net promoter score, in points: `z = (N₂ − N₁)/√(V₂/n₂ + V₁/n₁)`.
///
/// Where everybody in both waves gave the same kind of answer, there is a change without a test.
///
/// ```
/// use askwell::stats::{nps::Nps, wave};
/// let before = Nps { promoters: 50, passives: 30, detractors: 20 };
/// let now = Nps { promoters: 60, passives: 25, detractors: 15 };
/// let change = wave::nps(&before, &now);
/// assert_eq!(change.value, Ok(15.0));
/// assert!((change.p.unwrap() - 0.163).abs() < 1e-3);
/// ```
pub fn nps(before: &Nps, now: &Nps) -> Change {
    let both = |figure: fn(&Nps) -> Figure| Ok((figure(before)?, figure(now)?));
    match (both(Nps::value), both(Nps::standard_error)) {
        (Ok((earlier, later)), Ok((of_earlier, of_later))) => {
            normal(later - earlier, of_earlier.hypot(of_later))
        }
        (Err(reason), _) | (_, Err(reason)) => Change::undefined(reason),
    }
}

/// The change of a share, `k` of `n` in each wave: a z test with the pooled share, and Newcombe's interval
/// from the two Wilson intervals (Newcombe 1998, Stat. Med. 17:873, method 10).
///
/// ```
/// use askwell::stats::wave;
/// let change = wave::share((48, 80), (56, 70));
/// let [low, high] = change.ci95.unwrap();
/// assert!((low - 0.0524).abs() < 1e-4 && (high - 0.3339).abs() < 1e-4);
/// ```
pub fn share(before: (usize, usize), now: (usize, usize)) -> Change {
    let ([low, high], [now_low, now_high]) =
        match (wilson95(before.0, before.1), wilson95(now.0, now.1)) {
            (Ok(earlier), Ok(later)) => (earlier, later),
            (Err(reason), _) | (_, Err(reason)) => return Change::undefined(reason),
        };
    let of = |(k, n): (usize, usize)| k as f64 / n as f64;
    let (earlier, later) = (of(before), of(now));
    let pooled = of((before.0 + now.0, before.1 + now.1));
    let error = (pooled * (1.0 - pooled) * (1.0 / before.1 as f64 + 1.0 / now.1 as f64)).sqrt();
    let value = later - earlier;
    let ci95 = interval(
        value - (later - now_low).hypot(high - earlier),
        value + (now_high - later).hypot(earlier - low),
    );
    Change { ci95, ..normal(value, error) }
}

/// The change of a mean, by the t test of Welch 1947, Biometrika 34:28, for unequal variances.
///
/// ```
/// use askwell::stats::wave;
/// let change = wave::mean_of(&[3.0, 4.0, 2.0, 3.0], &[4.0, 5.0, 4.0, 5.0]);
/// assert_eq!(change.value, Ok(1.5));
/// assert!(change.p.unwrap() < 0.05);
/// ```
pub fn mean_of(before: &[f64], now: &[f64]) -> Change {
    let sample = |values: &[f64]| {
        Ok(Sample { n: values.len(), mean: mean(values), variance: variance(values)? })
    };
    match (sample(before), sample(now)) {
        (Ok(before), Ok(now)) => means(&before, &now),
        (Err(reason), _) | (_, Err(reason)) => Change::undefined(reason),
    }
}

/// What is known of a sample of which only sums are kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub n: usize,
    pub mean: f64,
    /// By n − 1.
    pub variance: f64,
}

impl Sample {
    /// The interval of the mean, by Student's t.
    pub fn ci95(&self) -> Interval {
        if self.n < 2 {
            return Err(Undefined::TooFewRows);
        }
        let t = StudentsT::new(0.0, 1.0, (self.n - 1) as f64).map_err(|_| Undefined::OutOfRange)?;
        let half = t.inverse_cdf(0.975) * (self.variance / self.n as f64).sqrt();
        interval(self.mean - half, self.mean + half)
    }
}

/// The change of a mean, as [`mean_of`] has it, from sums.
pub fn means(before: &Sample, now: &Sample) -> Change {
    if before.n < 2 || now.n < 2 {
        return Change::undefined(Undefined::TooFewRows);
    }
    let earlier = before.variance / before.n as f64;
    let later = now.variance / now.n as f64;
    let value = now.mean - before.mean;
    let freedom = (earlier + later).powi(2)
        / (earlier * earlier / (before.n - 1) as f64 + later * later / (now.n - 1) as f64);
    let error = (earlier + later).sqrt();
    let t = StudentsT::new(0.0, 1.0, freedom);
    tested(
        value,
        error,
        |t_value| t.as_ref().map(|t| t.cdf(t_value)).ok(),
        || t.as_ref().map(|t| t.inverse_cdf(0.975)).ok(),
    )
}

fn normal(value: f64, error: f64) -> Change {
    let normal = Normal::standard();
    tested(value, error, |z| Some(normal.cdf(z)), || Some(Z95))
}

fn tested(
    value: f64,
    error: f64,
    below: impl Fn(f64) -> Option<f64>,
    quantile: impl Fn() -> Option<f64>,
) -> Change {
    if error == 0.0 {
        let none = Change::undefined(Undefined::NoVariance);
        return Change { value: finite(value), standard_error: Ok(0.0), ..none };
    }
    let figure = |figure: Option<f64>| figure.ok_or(Undefined::OutOfRange).and_then(finite);
    let statistic = value / error;
    let half = quantile().ok_or(Undefined::OutOfRange).map(|quantile| quantile * error);
    Change {
        value: finite(value),
        standard_error: finite(error),
        statistic: finite(statistic),
        p: figure(below(-statistic.abs()).map(|below| 2.0 * below)),
        ci95: half.and_then(|half| interval(value - half, value + half)),
    }
}
