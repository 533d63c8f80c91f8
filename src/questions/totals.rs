//! Totals over the rows of an answer, column by column.

use crate::definition::{ExpressionText, Log, Place, Read, Shape, definition, definition_words};
use crate::value::{Sorted, Value};

definition_words! {
    /// How the answers in a column are totalled.
    pub enum TotalOf {
        Sum "sum",
        Count "count",
        Min "min",
        Max "max",
        Mean "avg",
    }
}

definition! {
    /// A total that an author computes.
    pub struct ComputedTotal {
        /// How it is computed.
        pub expression "expression": ExpressionText,
    }
}

/// How a column is totalled.
#[derive(Clone, Debug)]
pub enum Total {
    Of(TotalOf),
    Computed(ExpressionText),
}

/// Which columns are totalled, and how.
pub type Totals = Sorted<String, Total>;

impl Read for Total {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        match value {
            Value::Map(_) => {
                let computed = ComputedTotal::read(value, place, log)?;
                Some(Total::Computed(computed.expression))
            }
            _ => TotalOf::read(value, place, log).map(Total::Of),
        }
    }

    fn shape() -> Shape {
        Shape::Either(TotalOf::shape, ComputedTotal::shape)
    }
}

impl TotalOf {
    /// The total of one column over the rows of an answer; nothing where there is none.
    pub fn over(self, column: &str, answer: &Value) -> Option<f64> {
        let rows: Vec<&Value> = match answer {
            Value::Map(rows) => rows.values().collect(),
            Value::List(rows) => rows.iter().collect(),
            _ => Vec::new(),
        };
        let cells: Vec<&Value> = rows.into_iter().filter_map(|row| row.get(column)).collect();
        let numbers: Vec<f64> = cells.iter().filter_map(|cell| cell.as_number()).collect();
        let sum: f64 = numbers.iter().sum();
        match self {
            TotalOf::Sum => Some(sum),
            TotalOf::Count => Some(cells.iter().filter(|cell| !cell.is_empty()).count() as f64),
            TotalOf::Min => numbers.into_iter().reduce(f64::min),
            TotalOf::Max => numbers.into_iter().reduce(f64::max),
            TotalOf::Mean => (!numbers.is_empty()).then(|| sum / numbers.len() as f64),
        }
    }
}
