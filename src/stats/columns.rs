//! What statistics are computed from: numbers in named columns, some of them missing.

use super::figure::Refusal;

/// Columns of the same length with names that differ.
///
/// ```
/// use askwell::stats::Columns;
/// let columns = Columns::new([("a", vec![Some(1.0), None]), ("b", vec![Some(3.0), Some(4.0)])]);
/// assert_eq!(columns.unwrap().complete(), [[1.0], [3.0]]);
/// let ragged = Columns::new([("a", vec![Some(1.0), None]), ("b", vec![Some(3.0)])]);
/// assert!(ragged.is_err());
/// ```
#[derive(Clone, Default)]
pub struct Columns {
    names: Vec<String>,
    cells: Vec<Vec<Option<f64>>>,
}

impl Columns {
    /// Refuses columns of different lengths, names that stand twice, and numbers that are not finite.
    pub fn new<N: Into<String>>(
        columns: impl IntoIterator<Item = (N, Vec<Option<f64>>)>,
    ) -> Result<Self, Refusal> {
        let mut all = Columns::default();
        for (name, cells) in columns {
            let name = name.into();
            if all.names.contains(&name) {
                return Err(Refusal::new(format!("two columns are named `{name}`")));
            }
            if all.cells.first().is_some_and(|first| first.len() != cells.len()) {
                return Err(Refusal::new(format!("column `{name}` has another length")));
            }
            if let Some(row) = cells.iter().position(|cell| cell.is_some_and(|x| !x.is_finite())) {
                return Err(Refusal::at("no finite number", &name, row));
            }
            all.names.push(name);
            all.cells.push(cells);
        }
        Ok(all)
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The columns with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Option<f64>])> {
        self.names.iter().map(String::as_str).zip(self.cells.iter().map(Vec::as_slice))
    }

    /// Row by row, one cell per column.
    pub fn rows(&self) -> Vec<Vec<Option<f64>>> {
        let count = self.cells.first().map_or(0, Vec::len);
        let row = |row| self.cells.iter().map(|cells| cells.get(row).copied().flatten()).collect();
        (0..count).map(row).collect()
    }

    /// Row by row, those in which nothing is missing (listwise deletion).
    pub fn complete_rows(&self) -> Vec<Vec<f64>> {
        self.rows().into_iter().filter_map(|row| row.into_iter().collect()).collect()
    }

    /// Column by column, without the rows in which anything is missing (listwise deletion).
    pub fn complete(&self) -> Vec<Vec<f64>> {
        let rows = self.complete_rows();
        let column = |at: usize| rows.iter().filter_map(|row| row.get(at).copied()).collect();
        (0..self.len()).map(column).collect()
    }

    /// Refuses what is no whole number between the two.
    pub(super) fn expect_whole(&self, low: f64, high: f64) -> Result<(), Refusal> {
        for (name, cells) in self.iter() {
            let wrong = |cell: &Option<f64>| {
                cell.is_some_and(|x| x.fract() != 0.0 || !(low..=high).contains(&x))
            };
            if let Some(row) = cells.iter().position(wrong) {
                let message = format!("not a whole number from {low} to {high}");
                return Err(Refusal::at(message, name, row));
            }
        }
        Ok(())
    }

    /// The only column, or what is wrong.
    pub(super) fn single(&self) -> Result<(&str, &[Option<f64>]), Refusal> {
        match (self.iter().next(), self.len()) {
            (Some(only), 1) => Ok(only),
            (_, count) => Err(Refusal::new(format!("needs one column, got {count}"))),
        }
    }
}
