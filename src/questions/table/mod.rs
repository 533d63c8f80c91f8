//! Ask the same questions about several things. The answer is `{row: {column: answer}}`.

#[cfg(feature = "ui")]
pub mod view;

use super::contents::{Contents, Inside};
use super::{Choice, QuestionType, choice, scalar_text};
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
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

definition! {
    /// Ask the same questions about several things.
    pub struct Table {
        /// What is asked about.
        pub rows "rows": Vec<Choice>,
        /// What is asked: a question per column. They read each other as `{row.id}`.
        pub columns "columns": Inside,
        /// The columns with a total, and which; they stand in `<id>-total`.
        pub totals "totals": Sorted<String, Total>,
        /// The columns whose answers must differ between rows.
        pub unique "uniqueColumns": Vec<String>,
    }
}

impl Table {
    /// The names under which the rows are answered.
    pub fn row_names(&self) -> Vec<String> {
        self.rows.iter().map(|row| scalar_text(&row.value)).collect()
    }

    /// The total of one column over the rows of an answer; nothing where there is none.
    pub fn total(total: Total, column: &str, answer: &Value) -> Option<f64> {
        let rows = answer.as_map()?.values();
        let cells = rows.filter_map(|row| row.get(column));
        let numbers: Vec<f64> = cells.clone().filter_map(Value::as_number).collect();
        let sum: f64 = numbers.iter().sum();
        match total {
            Total::Sum => Some(sum),
            Total::Count => Some(cells.filter(|cell| !cell.is_empty()).count() as f64),
            Total::Min => numbers.into_iter().reduce(f64::min),
            Total::Max => numbers.into_iter().reduce(f64::max),
            Total::Mean => (!numbers.is_empty()).then(|| sum / numbers.len() as f64),
        }
    }
}

impl QuestionType for Table {
    fn contents(&self) -> Contents {
        Contents::Rows { field: "columns", names: Some(self.row_names()) }
    }

    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(rows) =
            answer.as_map().filter(|rows| rows.values().all(|row| row.as_map().is_some()))
        else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        let names = self.row_names();
        for name in rows.keys().filter(|name| !names.contains(name)) {
            issues.push(Issue::new(Code::NotAChoice).at(name));
        }
        for column in &self.unique {
            for (name, row) in rows {
                let cell = row.get(column).filter(|cell| !cell.is_empty());
                let same = rows.iter().any(|(other, row)| other != name && row.get(column) == cell);
                if cell.is_some() && same {
                    issues.push(Issue::new(Code::NotUnique).at(name));
                }
            }
        }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let words = |row: &Choice| {
            let cells = answer.get(&scalar_text(&row.value))?.as_map()?;
            let cells = cells.values().map(scalar_text).filter(|text| !text.is_empty());
            let cells: Vec<String> = cells.collect();
            (!cells.is_empty())
                .then(|| format!("{}: {}", language.text(&row.text), cells.join(" ")))
        };
        self.rows.iter().filter_map(words).collect::<Vec<_>>().join(", ")
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.rows).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        choice::lint(&self.rows, "rows", place, log);
    }
}
