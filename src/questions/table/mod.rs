//! Ask the same questions about several things. The answer is `{row: {column: answer}}`.

#[cfg(feature = "ui")]
pub mod view;

use super::contents::{Contents, Inside};
use super::items::{Items, Order, Part};
use super::{Choice, QuestionType, Totals, choice, scalar_text};
use crate::definition::{ExpressionText, Log, Place, definition};
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
        /// The condition under which a row is shown; `{item}` is its value.
        pub rows_visible_if "rowsVisibleIf": Option<ExpressionText>,
        /// In which order the rows stand.
        pub row_order "rowOrder": Order = Order::Given,
        /// Whether the question is hidden while it has no rows.
        pub hide_if_rows_empty "hideIfRowsEmpty": bool,
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
    fn totals(&self) -> Option<&Totals> {
        Some(&self.totals)
    }

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

    fn items(&self) -> Vec<Items<'_>> {
        vec![Items {
            part: Part::Rows,
            list: &self.rows,
            visible_if: self.rows_visible_if.as_ref(),
            enable_if: None,
            order: self.row_order,
        }]
    }

    fn offer(&mut self, _: Part, list: Vec<Choice>) {
        self.rows = list;
    }

    fn is_voidable(&self) -> bool {
        self.hide_if_rows_empty
    }

    fn has_nothing(&self) -> bool {
        self.rows.is_empty()
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.rows).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        choice::lint(&self.rows, "rows", place, log);
    }
}
