//! Rate several rows on the same columns. The answer is `{row: column}`.

#[cfg(feature = "ui")]
pub mod view;

use super::choice::scalar_text;
use super::{Choice, QuestionType, Scale, choice};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Map, Value};

definition! {
    /// Rate several rows on the same columns.
    pub struct Matrix {
        /// What is rated.
        pub rows "rows": Vec<Choice>,
        /// What each row can be rated as.
        pub columns "columns": Vec<Choice>,
        /// Whether a required answer needs every row, and an optional one all or none.
        pub each_row_required "eachRowRequired": bool,
    }
}

impl Matrix {
    /// The answer after one row was rated.
    pub fn with_row(&self, answer: &Value, row: &Choice, column: Value) -> Value {
        let mut rows = answer.as_map().cloned().unwrap_or_default();
        rows.insert(scalar_text(&row.value), column);
        Value::Map(rows)
    }

    /// The names under which the rows are answered.
    pub fn row_names(&self) -> Vec<String> {
        self.rows.iter().map(|row| scalar_text(&row.value)).collect()
    }

    fn open_rows(&self, answer: &Value) -> Vec<String> {
        let answered = |name: &str| answer.get(name).is_some_and(|value| !value.is_empty());
        self.row_names().into_iter().filter(|name| !answered(name)).collect()
    }

    fn required_rows(&self, answer: &Value) -> Option<Issue> {
        let open = self.open_rows(answer);
        let first = open.first()?;
        Some(Issue::new(Code::RequiredRows).with("count", open.len()).at(first))
    }

    fn check_rows(&self, rows: &Map, issues: &mut Vec<Issue>) {
        for (name, column) in rows {
            let known = self.rows.iter().any(|row| scalar_text(&row.value) == *name);
            if !known || (!column.is_empty() && choice::find(&self.columns, column).is_none()) {
                issues.push(Issue::new(Code::NotAChoice).at(name));
            }
        }
    }
}

impl QuestionType for Matrix {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        match answer {
            Value::Map(rows) => self.check_rows(rows, issues),
            _ => issues.push(Issue::new(Code::WrongType)),
        }
        if self.each_row_required && issues.is_empty() {
            issues.extend(self.required_rows(answer));
        }
    }

    fn missing(&self, answer: &Value) -> Option<Issue> {
        if self.each_row_required {
            return self.required_rows(answer);
        }
        answer.is_empty().then(|| Issue::new(Code::Required))
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let words = |row: &Choice| {
            let column = answer.get(&scalar_text(&row.value)).filter(|value| !value.is_empty())?;
            let column = choice::display(&self.columns, column, language);
            Some(format!("{}: {column}", language.text(&row.text)))
        };
        let rows: Vec<String> = self.rows.iter().filter_map(words).collect();
        rows.join(", ")
    }

    fn scale(&self) -> Option<Scale> {
        let numbers: Option<Vec<f64>> = self.columns.iter().map(|c| c.value.as_number()).collect();
        let numbers = numbers?;
        let min = numbers.iter().copied().reduce(f64::min)?;
        let max = numbers.iter().copied().reduce(f64::max)?;
        Some(Scale { min, max, whole: numbers.iter().all(|n| n.fract() == 0.0) })
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.rows).chain(choice::texts(&self.columns)).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        choice::lint(&self.rows, "rows", place, log);
        choice::lint(&self.columns, "columns", place, log);
    }
}
