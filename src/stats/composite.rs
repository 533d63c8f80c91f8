//! Figures that are put together from ratings: shares of a scale, weighted means, stars.

use super::figure::{Figure, Refusal, Undefined, finite};

/// How much of the way from the lowest to the highest rating, from 0 to 100 (POMP, "per cent of maximum
/// possible"): `100·(x − min)/(max − min)`.
///
/// Cohen, Cohen, Aiken and West 1999, Multivariate Behavioral Research 34:315. A scale needs two ends.
///
/// ```
/// use askwell::stats::composite::pomp;
/// assert_eq!(pomp(4.0, 1.0, 5.0), Ok(75.0));
/// assert!(pomp(4.0, 4.0, 4.0).is_err());
/// ```
pub fn pomp(rating: f64, min: f64, max: f64) -> Figure {
    if min == max {
        return Err(Undefined::NoVariance);
    }
    finite(100.0 * (rating - min) / (max - min))
}

/// `Σwx/Σw` over what is there; missing values take their weights with them.
///
/// Negative weights and lists of different lengths are refused.
///
/// ```
/// use askwell::stats::composite::weighted;
/// assert_eq!(weighted(&[Some(4.0), None, Some(2.0)], &[3.0, 5.0, 1.0]).unwrap(), Ok(3.5));
/// ```
pub fn weighted(values: &[Option<f64>], weights: &[f64]) -> Result<Figure, Refusal> {
    if values.len() != weights.len() {
        let message = format!("{} weights for {} values", weights.len(), values.len());
        return Err(Refusal::new(message));
    }
    if weights.iter().any(|weight| *weight < 0.0) {
        return Err(Refusal::new("weights cannot be negative"));
    }
    let (mut sum, mut whole) = (0.0, 0.0);
    for (value, weight) in values.iter().zip(weights) {
        if let Some(value) = value {
            sum += weight * value;
            whole += weight;
        }
    }
    Ok(if whole == 0.0 { Err(Undefined::NoAnswers) } else { finite(sum / whole) })
}

/// A weighted composite of ratings from 1 to 10 on 0 to 100, in the way of the American Customer
/// Satisfaction Index: `Σw·100·(x − 1)/9 / Σw` (Fornell et al. 1996, Journal of Marketing 60(4):7).
///
/// The weights of the index itself are not public; these are the survey's own.
///
/// ```
/// use askwell::stats::composite::satisfaction_index;
/// let index = satisfaction_index(&[Some(8.0), Some(7.0), Some(7.0)], &[1.0, 1.0, 1.0]).unwrap();
/// assert!((index.unwrap() - 70.37).abs() < 0.01);
/// ```
pub fn satisfaction_index(ratings: &[Option<f64>], weights: &[f64]) -> Result<Figure, Refusal> {
    if let Some(at) =
        ratings.iter().position(|rating| rating.is_some_and(|r| !(1.0..=10.0).contains(&r)))
    {
        return Err(Refusal::new(format!("rating {} is not from 1 to 10", at + 1)));
    }
    let shares: Vec<Option<f64>> =
        ratings.iter().map(|rating| rating.and_then(|r| pomp(r, 1.0, 10.0).ok())).collect();
    weighted(&shares, weights)
}

/// A mean of `n` star ratings drawn towards `expected` as if it had been given `strength` times:
/// `(C·m + Σx)/(C + n)`, so that two ratings of five stars do not outshine a hundred.
///
/// ```
/// use askwell::stats::composite::bayesian_stars;
/// assert!((bayesian_stars(&[5.0, 5.0], 4.0, 5.0).unwrap() - 30.0 / 7.0).abs() < 1e-12);
/// ```
pub fn bayesian_stars(ratings: &[f64], expected: f64, strength: f64) -> Figure {
    let count = strength + ratings.len() as f64;
    match count {
        _ if strength < 0.0 => Err(Undefined::OutOfRange),
        0.0 => Err(Undefined::NoAnswers),
        count => finite((strength * expected + ratings.iter().sum::<f64>()) / count),
    }
}
