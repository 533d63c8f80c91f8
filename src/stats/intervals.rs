//! Intervals of shares.

use super::figure::{Interval, Undefined, interval};

/// The quantile of the standard normal distribution that leaves 2.5 % above.
pub const Z95: f64 = 1.959964;

/// The Wilson score interval of `k` out of `n` at 95 %.
///
/// `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. Its lower bound is exactly 0 where `k` is 0 and
/// its upper one exactly 1 where `k` is `n`; without cases there is none.
/// Wilson 1927, J. Am. Stat. Assoc. 22:209; recommended by Newcombe 1998, Stat. Med. 17:857.
///
/// ```
/// use askwell::stats::intervals::wilson95;
/// let [low, high] = wilson95(40, 100).unwrap();
/// assert!((low - 0.30940).abs() < 1e-5 && (high - 0.49800).abs() < 1e-5);
/// assert_eq!(wilson95(0, 10).unwrap()[0], 0.0);
/// ```
pub fn wilson95(k: usize, n: usize) -> Interval {
    if n == 0 {
        return Err(Undefined::NoAnswers);
    }
    if k > n {
        return Err(Undefined::OutOfRange);
    }
    let count = n as f64;
    let share = k as f64 / count;
    let z2 = Z95 * Z95;
    let centre = share + z2 / (2.0 * count);
    let half = Z95 * (share * (1.0 - share) / count + z2 / (4.0 * count * count)).sqrt();
    let whole = 1.0 + z2 / count;
    let low = if k == 0 { 0.0 } else { (centre - half) / whole };
    let high = if k == n { 1.0 } else { (centre + half) / whole };
    interval(low.max(0.0), high.min(1.0))
}
