//! Ask the same questions about several things. The answer is `{row: {column: answer}}`.

#[cfg(feature = "ui")]
pub mod view;

use super::contents::{Contents, Inside};
use super::{Choice, QuestionType, Totals, choice, scalar_text};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Ask the same questions about several things.
    pub struct Table {
        /// What is asked about.
        pub rows "rows": Vec<Choice>,
        /// What is asked: a question per column. They read each other as `{row.id}`.
        pub columns "columns": Inside,
        /// The columns with a total, and which; they stand in `<id>-total`.
        pub totals "totals": Totals,
        /// The columns whose answers must differ between rows.
        pub unique "uniqueColumns": Vec<String>,
    }
}

impl Table {
    /// The names under which the rows are answered.
    pub fn row_names(&self) -> Vec<String> {
        self.rows.iter().map(|row| scalar_text(&row.value)).collect()
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
