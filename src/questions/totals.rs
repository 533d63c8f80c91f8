//! Totals over the rows of an answer, column by column.

use crate::definition::definition_words;
use crate::value::{Sorted, Value};

definition_words! {
    /// How a column is totalled.
    pub enum Total {
        Sum "sum",
        Count "count",
        Min "min",
        Max "max",
        Mean "avg",
    }
}

/// Which columns are totalled, and how.
pub type Totals = Sorted<String, Total>;

impl Total {
    /// The total of one column over the rows of an answer; nothing where there is none.
    pub fn over(self, column: &str, answer: &Value) -> Option<f64> {
        let rows: Vec<&Value> = match answer {
            Value::Map(rows) => rows.values().collect(),
            Value::List(rows) => rows.iter().collect(),
            _ => return None,
        };
        let cells: Vec<&Value> = rows.into_iter().filter_map(|row| row.get(column)).collect();
        let numbers: Vec<f64> = cells.iter().filter_map(|cell| cell.as_number()).collect();
        let sum: f64 = numbers.iter().sum();
        match self {
            Total::Sum => Some(sum),
            Total::Count => Some(cells.iter().filter(|cell| !cell.is_empty()).count() as f64),
            Total::Min => numbers.into_iter().reduce(f64::min),
            Total::Max => numbers.into_iter().reduce(f64::max),
            Total::Mean => (!numbers.is_empty()).then(|| sum / numbers.len() as f64),
        }
    }
}
