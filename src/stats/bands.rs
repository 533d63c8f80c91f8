//! Named ranges of a score.

use super::figure::Refusal;

/// Ranges that follow each other without a hole: each begins at its lower bound and ends before the next.
///
/// Scores are not rounded before. Published tables often give whole numbers (0–29, 30–47, …); of these
/// the lower bounds count, so that 29.5 still lies in the first band.
///
/// ```
/// use askwell::stats::bands::Bands;
/// let bands = Bands::new(0.0, &[("low", 30.0), ("foundation", 48.0), ("intermediate", 81.0)], "advanced", 100.0);
/// let bands = bands.unwrap();
/// assert_eq!(bands.of(47.6), Some("foundation"));
/// assert_eq!(bands.of(48.0), Some("intermediate"));
/// assert_eq!(bands.of(100.5), None);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    min: f64,
    /// Each with the bound before which it ends.
    bands: Vec<(String, f64)>,
    last: String,
    max: f64,
}

impl Bands {
    /// Bands from `min` on, each with the bound before which it ends; the last ends at `max` itself.
    /// Bounds that do not rise are refused.
    pub fn new(min: f64, bands: &[(&str, f64)], last: &str, max: f64) -> Result<Self, Refusal> {
        let mut before = min;
        for (name, end) in bands.iter().chain([&(last, max)]) {
            // Written so that what is no number is refused too.
            let rises = *end > before;
            if !rises {
                return Err(Refusal::new(format!(
                    "the band `{name}` ends where it begins, or before"
                )));
            }
            before = *end;
        }
        let bands = bands.iter().map(|(name, end)| ((*name).to_owned(), *end)).collect();
        Ok(Bands { min, bands, last: last.to_owned(), max })
    }

    /// The band of a score; none outside of all.
    pub fn of(&self, score: f64) -> Option<&str> {
        if !(self.min..=self.max).contains(&score) {
            return None;
        }
        let band = self.bands.iter().find(|(_, end)| score < *end);
        Some(band.map_or(&self.last, |(name, _)| name))
    }
}
