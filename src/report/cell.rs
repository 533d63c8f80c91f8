//! Sums of figures over many respondents.

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

/// The same of many ratings, side by side, so that a processor adds several at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells {
    n: Vec<u64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Cells {
    pub fn new(count: usize) -> Cells {
        Cells { n: vec![0; count], sums: vec![0.0; count], squares: vec![0.0; count] }
    }

    pub fn len(&self) -> usize {
        self.n.len()
    }

    /// Adds one respondent's ratings; what is no number is missing.
    pub fn add(&mut self, values: &[f64]) {
        let cells = self.n.iter_mut().zip(&mut self.sums).zip(&mut self.squares);
        for (((n, sum), squares), value) in cells.zip(values) {
            let is_there = !value.is_nan();
            let value = if is_there { *value } else { 0.0 };
            *n += u64::from(is_there);
            *sum += value;
            *squares += value * value;
        }
    }

    pub fn merge(&mut self, other: &Cells) {
        self.n.iter_mut().zip(&other.n).for_each(|(one, other)| *one += other);
        self.sums.iter_mut().zip(&other.sums).for_each(|(one, other)| *one += other);
        self.squares.iter_mut().zip(&other.squares).for_each(|(one, other)| *one += other);
    }

    pub fn get(&self, at: usize) -> Option<Cell> {
        let (n, sum, squares) = (self.n.get(at)?, self.sums.get(at)?, self.squares.get(at)?);
        Some(Cell { n: *n, sum: *sum, squares: *squares, ..Cell::default() })
    }
}
