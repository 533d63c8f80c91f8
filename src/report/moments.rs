//! Covariances of several ratings, from sums over complete rows.

/// Sums and sums of products of columns. Each value is taken from the middle of its scale, so that
/// little is lost when means are taken off.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    pub n: u64,
    middles: Vec<f64>,
    sums: Vec<f64>,
    /// The lower triangle, row by row, the diagonal included.
    products: Vec<f64>,
    row: Vec<f64>,
}

impl Moments {
    pub fn new(middles: Vec<f64>) -> Self {
        let count = middles.len();
        Moments {
            n: 0,
            sums: vec![0.0; count],
            products: vec![0.0; count * (count + 1) / 2],
            row: Vec::with_capacity(count),
            middles,
        }
    }

    /// Adds a row; one with a missing value (no number) does not count.
    pub fn add(&mut self, values: impl Iterator<Item = f64>) {
        self.row.clear();
        for (value, middle) in values.zip(&self.middles) {
            if value.is_nan() {
                return;
            }
            self.row.push(value - middle);
        }
        self.n += 1;
        let mut rest = self.products.as_mut_slice();
        for (index, (value, sum)) in self.row.iter().zip(&mut self.sums).enumerate() {
            *sum += value;
            let Some((products, behind)) = rest.split_at_mut_checked(index + 1) else { return };
            for (product, other) in products.iter_mut().zip(&self.row) {
                *product += value * other;
            }
            rest = behind;
        }
    }

    pub fn merge(&mut self, other: &Moments) {
        self.n += other.n;
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            *sum += other;
        }
        for (product, other) in self.products.iter_mut().zip(&other.products) {
            *product += other;
        }
    }

    /// The means of the columns; none without rows.
    pub fn means(&self) -> Vec<f64> {
        let n = self.n as f64;
        self.sums.iter().zip(&self.middles).map(|(sum, middle)| middle + sum / n).collect()
    }

    /// The covariance matrix, by n − 1; nothing of fewer than two rows.
    pub fn covariance(&self) -> Option<Vec<Vec<f64>>> {
        let n = self.n as f64;
        let count = self.middles.len();
        if self.n < 2 {
            return None;
        }
        let mut products = self.products.iter();
        let mut matrix = vec![vec![0.0; count]; count];
        for row in 0..count {
            for column in 0..=row {
                let sum = |at: usize| self.sums.get(at).copied().unwrap_or_default();
                let product = products.next().copied().unwrap_or_default();
                let covariance = (product - sum(row) * sum(column) / n) / (n - 1.0);
                for (row, column) in [(row, column), (column, row)] {
                    if let Some(cell) = matrix.get_mut(row).and_then(|row| row.get_mut(column)) {
                        *cell = covariance;
                    }
                }
            }
        }
        Some(matrix)
    }
}
