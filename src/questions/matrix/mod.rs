//! Rate several rows on the same columns. The answer is `{row: column}`, or `{row: [columns]}`.

#[cfg(feature = "ui")]
pub mod view;

use super::choice::{self, display_list, scalar_text};
use super::items::{Items, Order, Part};
use super::{Choice, QuestionType, Scale};
use crate::definition::{ExpressionText, Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Map, Sorted, Value};

definition_words! {
    /// How many columns can be chosen in a row.
    pub enum CellType {
        /// One.
        One "radio",
        /// Any.
        Any "checkbox",
    }
}

definition! {
    /// Rate several rows on the same columns.
    pub struct Matrix {
        /// What is rated.
        pub rows "rows": Vec<Choice>,
        /// What each row can be rated as.
        pub columns "columns": Vec<Choice>,
        /// How many columns can be chosen in a row.
        pub cell_type rare "cellType": CellType = CellType::One,
        /// What a column means in a row, by row and column; the row `default` holds for all others.
        pub cells rare "cells": Sorted<String, Sorted<String, Text>>,
        /// Whether every row needs an answer.
        pub each_row_required "eachRowRequired": bool,
        /// Whether no two rows may have the same answer.
        pub each_row_unique rare "eachRowUnique": bool,
        /// The condition under which a row is shown; `{item}` is its value.
        pub rows_visible_if rare "rowsVisibleIf": Option<ExpressionText>,
        /// The condition under which a row can be answered; `{item}` is its value.
        pub rows_enable_if rare "rowsEnableIf": Option<ExpressionText>,
        /// The condition under which a column is offered; `{item}` is its value.
        pub columns_visible_if rare "columnsVisibleIf": Option<ExpressionText>,
        /// In which order the rows stand.
        pub row_order rare "rowOrder": Order = Order::Given,
        /// In which order the columns stand.
        pub column_order rare "columnOrder": Order = Order::Given,
        /// Whether the question is hidden while it has no rows.
        pub hide_if_rows_empty rare "hideIfRowsEmpty": bool,
    }
}

impl Matrix {
    /// The answer after a column was chosen in a row, or taken back.
    pub fn with_cell(&self, answer: &Value, row: &Choice, column: &Choice, on: bool) -> Value {
        let mut rows = answer.as_map().cloned().unwrap_or_default();
        let name = scalar_text(&row.value);
        let chosen = match self.cell_type {
            CellType::One => column.value.clone(),
            CellType::Any => {
                let before = rows.get(&name).and_then(Value::as_list).unwrap_or_default();
                let mut chosen = Vec::new();
                for other in &self.columns {
                    let keeps = match other.value == column.value {
                        true => on,
                        false => {
                            let clears = on && (column.exclusive || other.exclusive);
                            before.contains(&other.value) && !clears
                        }
                    };
                    if keeps {
                        chosen.push(other.value.clone());
                    }
                }
                Value::List(chosen)
            }
        };
        if chosen.is_empty() {
            rows.remove(&name);
        } else {
            rows.insert(name, chosen);
        }
        if rows.is_empty() { Value::Null } else { Value::Map(rows) }
    }

    /// Whether a column is chosen in the answer of a row.
    pub fn is_chosen(given: &Value, column: &Value) -> bool {
        match given {
            Value::List(chosen) => chosen.contains(column),
            given => given == column,
        }
    }

    /// What a column means in a row, where that is more than the column says.
    pub fn cell_text(&self, row: &Choice, column: &Choice) -> Option<&Text> {
        let column = scalar_text(&column.value);
        let own = self.cells.get(&scalar_text(&row.value)).and_then(|cells| cells.get(&column));
        own.or_else(|| self.cells.get("default")?.get(&column))
    }

    /// The names under which the rows are answered.
    pub fn row_names(&self) -> Vec<String> {
        self.rows.iter().map(|row| scalar_text(&row.value)).collect()
    }

    fn required_rows(&self, answer: &Value) -> Option<Issue> {
        let mut first = None;
        let mut count = 0;
        for row in self.rows.iter().filter(|row| row.enabled) {
            let name = scalar_text(&row.value);
            if answer.get(&name).is_none_or(Value::is_empty) {
                count += 1;
                first.get_or_insert(name);
            }
        }
        Some(Issue::new(Code::RequiredRows).with("count", count).at(first?))
    }

    fn check_rows(&self, rows: &Map, issues: &mut Vec<Issue>) {
        for (name, given) in rows {
            let known = self.rows.iter().any(|row| scalar_text(&row.value) == *name);
            let offered = |value: &Value| choice::find(&self.columns, value).is_some();
            let fits = match (self.cell_type, given) {
                _ if given.is_empty() => true,
                (CellType::Any, Value::List(chosen)) => chosen.iter().all(offered),
                (CellType::Any, _) => false,
                (CellType::One, given) => offered(given),
            };
            if !known || !fits {
                issues.push(Issue::new(Code::NotAChoice).at(name));
            }
            let exclusive =
                |value: &Value| choice::find(&self.columns, value).is_some_and(|c| c.exclusive);
            let chosen = given.as_list().unwrap_or_default();
            if chosen.len() > 1 && chosen.iter().any(exclusive) {
                issues.push(Issue::new(Code::NotAlone).at(name));
            }
        }
    }

    /// The rows that say what a row before them says.
    fn check_unique(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let mut seen: Vec<&Value> = Vec::new();
        for name in self.row_names() {
            let Some(given) = answer.get(&name).filter(|given| !given.is_empty()) else { continue };
            if seen.contains(&given) {
                issues.push(Issue::new(Code::NotUnique).at(name));
            }
            seen.push(given);
        }
    }
}

impl QuestionType for Matrix {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        match answer {
            Value::Map(rows) => self.check_rows(rows, issues),
            _ => issues.push(Issue::new(Code::WrongType)),
        }
        if self.each_row_unique {
            self.check_unique(answer, issues);
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

    fn too_empty(&self) -> Option<Issue> {
        if self.each_row_required { self.required_rows(&Value::Null) } else { None }
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        let words = |row: &Choice| {
            let given = answer.get(&scalar_text(&row.value)).filter(|value| !value.is_empty())?;
            let given = match given {
                Value::List(_) => display_list(&self.columns, given, language),
                given => choice::display(&self.columns, given, language),
            };
            Some(format!("{}: {given}", language.text(&row.text)))
        };
        let rows: Vec<String> = self.rows.iter().filter_map(words).collect();
        rows.join(", ")
    }

    fn scale(&self) -> Option<Scale> {
        if self.cell_type == CellType::Any {
            return None;
        }
        // A column without a number, such as "not sure", is an answer but no rating.
        let columns = self.columns.iter();
        let numbers: Vec<f64> = columns.filter_map(|c| c.value.as_number()).collect();
        let min = numbers.iter().copied().reduce(f64::min)?;
        let max = numbers.iter().copied().reduce(f64::max)?;
        Some(Scale { min, max, whole: numbers.iter().all(|n| n.fract() == 0.0) })
    }

    fn items(&self) -> Vec<Items<'_>> {
        let rows = Items {
            part: Part::Rows,
            list: &self.rows,
            visible_if: self.rows_visible_if.as_ref(),
            enable_if: self.rows_enable_if.as_ref(),
            order: self.row_order,
        };
        let columns = Items {
            part: Part::Columns,
            list: &self.columns,
            visible_if: self.columns_visible_if.as_ref(),
            enable_if: None,
            order: self.column_order,
        };
        vec![rows, columns]
    }

    fn offer(&mut self, part: Part, list: Vec<Choice>) {
        match part {
            Part::Columns => self.columns = list,
            _ => self.rows = list,
        }
    }

    fn retained(&self, answer: &Value) -> Value {
        let Some(rows) = answer.as_map() else { return answer.clone() };
        let mut left = Map::new();
        for name in self.row_names() {
            let given = match rows.get(&name) {
                Some(given @ Value::List(_)) => choice::retained(&self.columns, given),
                Some(given) if choice::find(&self.columns, given).is_some() => given.clone(),
                _ => Value::Null,
            };
            if !given.is_empty() {
                left.insert(name, given);
            }
        }
        if left.is_empty() { Value::Null } else { Value::Map(left) }
    }

    fn is_voidable(&self) -> bool {
        self.hide_if_rows_empty
    }

    fn has_nothing(&self) -> bool {
        self.rows.is_empty()
    }

    fn texts(&self) -> Vec<&Text> {
        let cells = self.cells.values().flat_map(Sorted::values);
        choice::texts(&self.rows).chain(choice::texts(&self.columns)).chain(cells).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        choice::lint(&self.rows, "rows", place, log);
        choice::lint(&self.columns, "columns", place, log);
        let field = place.key("cells");
        for (row, cells) in &self.cells {
            if row != "default" && !self.row_names().contains(row) {
                log.error("unknown-name", &field.key(row), format_args!("there is no row `{row}`"));
            }
            for column in cells.keys() {
                if self.columns.iter().all(|known| scalar_text(&known.value) != *column) {
                    let message = format_args!("there is no column `{column}`");
                    log.error("unknown-name", &field.key(row).key(column), message);
                }
            }
        }
    }
}
