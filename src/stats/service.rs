//! Service quality: what customers perceive minus what they expect, by dimension.

use super::composite::weighted;
use super::figure::{Figure, Refusal, Undefined, finite};
use super::moments::mean;

/// The mean of perception − expectation over the items of a dimension, by those who rated both.
///
/// Parasuraman, Zeithaml and Berry 1988, Journal of Retailing 64:12.
///
/// ```
/// use askwell::stats::service;
/// let items = [(Some(5.0), Some(6.0)), (Some(4.0), Some(6.0)), (Some(7.0), None)];
/// assert_eq!(service::gap(&items), Ok(-1.5));
/// ```
pub fn gap(ratings: &[(Option<f64>, Option<f64>)]) -> Figure {
    let gaps =
        ratings.iter().filter_map(|(perceived, expected)| Some((*perceived)? - (*expected)?));
    let gaps: Vec<f64> = gaps.collect();
    if gaps.is_empty() { Err(Undefined::NoAnswers) } else { finite(mean(&gaps)) }
}

/// A figure over all dimensions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    pub value: Figure,
    /// The weights summed neither to 1 nor to 100 and were taken in proportion: worth a warning.
    pub rescaled: bool,
}

/// The mean of the gaps of the dimensions, weighted by the points that customers give to each; of equal
/// weights where there are none.
///
/// Zeithaml, Parasuraman and Berry 1990, Delivering Quality Service. A dimension without a gap makes the
/// whole undefined; negative weights are refused.
///
/// ```
/// use askwell::stats::service;
/// let quality = service::quality(&[Ok(-0.5), Ok(-1.0)], Some(&[75.0, 25.0])).unwrap();
/// assert_eq!((quality.value, quality.rescaled), (Ok(-0.625), false));
/// ```
pub fn quality(gaps: &[Figure], weights: Option<&[f64]>) -> Result<Quality, Refusal> {
    let equal = vec![1.0; gaps.len()];
    let values: Vec<Option<f64>> = gaps.iter().map(|gap| gap.ok()).collect();
    let value = weighted(&values, weights.unwrap_or(&equal))?;
    let sum: f64 = weights.unwrap_or_default().iter().sum();
    let whole = |whole: f64| (sum - whole).abs() <= 1e-6 * whole;
    let missing = gaps.iter().find_map(|gap| gap.err());
    Ok(Quality {
        value: missing.map_or(value, Err),
        rescaled: weights.is_some() && !whole(1.0) && !whole(100.0),
    })
}
