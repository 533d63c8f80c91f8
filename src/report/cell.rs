//! Sums of one figure over many respondents.

/// What is known of a score, or a rating, of many respondents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    pub n: u64,
    sum: f64,
    squares: f64,
    /// Promoters, ratings in the highest boxes, or what else counts as good.
    pub good: u64,
    /// Detractors.
    pub bad: u64,
}

impl Cell {
    pub fn add(&mut self, value: f64) {
        self.n += 1;
        self.sum += value;
        self.squares += value * value;
    }

    pub fn merge(&mut self, other: &Cell) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
        self.good += other.good;
        self.bad += other.bad;
    }

    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// The variance of the sample, by n − 1.
    pub fn variance(&self) -> Option<f64> {
        let mean = self.mean().filter(|_| self.n > 1)?;
        let squares = self.squares - self.n as f64 * mean * mean;
        // What rounding leaves of equal values is no variance.
        let rounding = 1e-12 * self.squares;
        Some(if squares <= rounding { 0.0 } else { squares / (self.n - 1) as f64 })
    }
}
