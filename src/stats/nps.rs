//! Net promoter score of many respondents.

use super::figure::{Figure, Interval, Refusal, Undefined, bounds, count, finite, interval, reply};
use super::intervals::Z95;
use super::{Columns, Settings};
use crate::value::Value;

/// How many recommend (9 and 10), are passive (7 and 8), or detract (0 to 6) on a scale from 0 to 10.
///
/// The score is `100·(promoters − detractors)/n`; those who did not answer are not in `n`.
/// Reichheld 2003, Harvard Business Review 81(12):46.
///
/// ```
/// use askwell::stats::nps::Nps;
/// let nps = Nps { promoters: 60, passives: 25, detractors: 15 };
/// assert_eq!(nps.value(), Ok(45.0));
/// let [low, high] = nps.ci95().unwrap();
/// assert!((low - 29.343).abs() < 1e-3 && (high - 58.036).abs() < 1e-3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nps {
    pub promoters: usize,
    pub passives: usize,
    pub detractors: usize,
}

impl Nps {
    /// Counts ratings, which are whole numbers from 0 to 10.
    ///
    /// Refused are other numbers, and several ratings that all lie between 1 and 5: they stem from a
    /// scale of five points, whose best rating would count as a detractor. Where the question did
    /// offer 0 to 10, `max` says so.
    pub fn count(ratings: &Columns, max: Option<f64>) -> Result<Self, Refusal> {
        let (name, cells) = ratings.single()?;
        if max.is_some_and(|max| max != 10.0) {
            return Err(Refusal::new("NPS is asked from 0 to 10; no other scale gives one"));
        }
        ratings.expect_whole(0.0, 10.0)?;
        let mut nps = Nps::default();
        for rating in cells.iter().flatten() {
            match *rating {
                9.0.. => nps.promoters += 1,
                7.0.. => nps.passives += 1,
                _ => nps.detractors += 1,
            }
        }
        let of_five = |rating: &f64| (1.0..=5.0).contains(rating);
        if nps.n() > 1 && max.is_none() && cells.iter().flatten().all(of_five) {
            let message = "all ratings lie between 1 and 5: NPS needs a question from 0 to 10 \
                           (if it was one, give 10 as `max`)";
            return Err(Refusal { column: Some(name.to_owned()), ..Refusal::new(message) });
        }
        Ok(nps)
    }

    pub fn n(&self) -> usize {
        self.promoters + self.passives + self.detractors
    }

    /// The score, from −100 to 100.
    pub fn value(&self) -> Figure {
        let n = self.counted()?;
        finite(100.0 * (self.promoters as f64 - self.detractors as f64) / n)
    }

    /// The variance of one respondent's contribution (1, 0 or −1): `P + D − (P − D)²`.
    pub fn variance(&self) -> Figure {
        let n = self.counted()?;
        finite(variance(self.promoters as f64 / n, self.detractors as f64 / n))
    }

    /// The standard error of the score, in points.
    pub fn standard_error(&self) -> Figure {
        finite(100.0 * (self.variance()? / self.counted()?).sqrt())
    }

    /// The plain interval `score ± z·SE`: too narrow in small samples, of width 0 where all agree.
    pub fn wald95(&self) -> Interval {
        let (value, half) = (self.value()?, Z95 * self.standard_error()?);
        interval(value - half, value + half)
    }

    /// The adjusted Wald interval: three more respondents, ¾ of them promoters and ¾ detractors,
    /// within ±100. Best of those compared by Rocks 2016, The American Statistician 70:365.
    pub fn ci95(&self) -> Interval {
        let [low, high] = self.adjusted_wald95()?;
        interval(low.max(-100.0), high.min(100.0))
    }

    /// The adjusted Wald interval before it is cut off at ±100.
    pub fn adjusted_wald95(&self) -> Interval {
        let n = self.counted()? + 3.0;
        let promoters = (self.promoters as f64 + 0.75) / n;
        let detractors = (self.detractors as f64 + 0.75) / n;
        let centre = 100.0 * (promoters - detractors);
        let half = 100.0 * Z95 * (variance(promoters, detractors) / n).sqrt();
        interval(centre - half, centre + half)
    }

    fn counted(&self) -> Figure {
        if self.n() == 0 { Err(Undefined::NoAnswers) } else { Ok(self.n() as f64) }
    }
}

fn variance(promoters: f64, detractors: f64) -> f64 {
    (promoters + detractors - (promoters - detractors).powi(2)).max(0.0)
}

pub(super) fn compute(columns: &Columns, settings: &Settings) -> Result<Value, Refusal> {
    let nps = Nps::count(columns, settings.max)?;
    let mut map = reply(nps.value());
    for (name, value) in [
        ("n", count(nps.n())),
        ("promoters", count(nps.promoters)),
        ("passives", count(nps.passives)),
        ("detractors", count(nps.detractors)),
        ("ci95", bounds(nps.ci95())),
    ] {
        map.insert(name.to_owned(), value);
    }
    Ok(map.into())
}
