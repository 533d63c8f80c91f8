//! Importance–performance analysis: where to act first.

use super::figure::{Figure, Undefined, finite};
use super::moments::mean;

/// What an attribute calls for, by how important it is and how well it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// Important, and not done well.
    ConcentrateHere,
    /// Important, and done well.
    KeepUp,
    LowPriority,
    /// Done well, though not important.
    PossibleOverkill,
}

/// Where the line between high and low is drawn, on either axis. It changes verdicts: state it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Crosshair {
    Means,
    Medians,
    /// At these values of importance and performance, such as the middle of the scale.
    At(f64, f64),
}

impl Crosshair {
    /// The lines of importance and performance.
    pub fn lines(self, attributes: &[(f64, f64)]) -> Result<(f64, f64), Undefined> {
        let importance: Vec<f64> = attributes.iter().map(|attribute| attribute.0).collect();
        let performance: Vec<f64> = attributes.iter().map(|attribute| attribute.1).collect();
        match self {
            Crosshair::At(importance, performance) => Ok((importance, performance)),
            _ if attributes.is_empty() => Err(Undefined::NoAnswers),
            Crosshair::Means => Ok((finite(mean(&importance))?, finite(mean(&performance))?)),
            Crosshair::Medians => Ok((median(&importance)?, median(&performance)?)),
        }
    }
}

/// The quadrants of attributes, each given by its importance and its performance; what lies on a line is
/// on its high side.
///
/// Martilla and James 1977, Journal of Marketing 41(1):77.
///
/// ```
/// use askwell::stats::importance::{Crosshair, Quadrant, quadrants};
/// let attributes = [(4.5, 2.0), (4.0, 4.5), (1.5, 1.0), (2.0, 4.5)];
/// assert_eq!(quadrants(&attributes, Crosshair::At(3.0, 3.0)).unwrap(), [
///     Quadrant::ConcentrateHere,
///     Quadrant::KeepUp,
///     Quadrant::LowPriority,
///     Quadrant::PossibleOverkill,
/// ]);
/// ```
pub fn quadrants(
    attributes: &[(f64, f64)],
    crosshair: Crosshair,
) -> Result<Vec<Quadrant>, Undefined> {
    let (importance, performance) = crosshair.lines(attributes)?;
    let quadrant =
        |attribute: &(f64, f64)| match (attribute.0 >= importance, attribute.1 >= performance) {
            (true, false) => Quadrant::ConcentrateHere,
            (true, true) => Quadrant::KeepUp,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::PossibleOverkill,
        };
    Ok(attributes.iter().map(quadrant).collect())
}

/// The value in the middle, or between the two in the middle.
pub fn median(values: &[f64]) -> Figure {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let upper = sorted.get(half).ok_or(Undefined::NoAnswers)?;
    let lower = if sorted.len().is_multiple_of(2) { sorted.get(half - 1) } else { Some(upper) };
    finite((upper + lower.unwrap_or(upper)) / 2.0)
}
