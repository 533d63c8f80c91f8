//! Statistics against values that were computed or published elsewhere, at the edges, and by what must
//! hold for any data.

mod cases;
mod metrics;
mod packages;
mod properties;
mod published;

use askwell::stats::Columns;

/// Columns of `rows`, named a, b, c, …
fn columns(rows: &[Vec<Option<f64>>]) -> Columns {
    let count = rows.first().map_or(0, Vec::len);
    let name = |at: usize| char::from(b'a' + at as u8).to_string();
    let column = |at: usize| (name(at), rows.iter().map(|row| row[at]).collect());
    Columns::new((0..count).map(column)).unwrap()
}
