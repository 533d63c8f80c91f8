//! Ask the same questions several times. The answer is a list of `{question: answer}`.

#[cfg(feature = "ui")]
pub mod view;

use super::contents::{Contents, Inside};
use super::{QuestionType, Totals, scalar_text};
use crate::definition::{Log, Place, definition, definition_words};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Map, Value};

definition_words! {
    /// How entries look.
    pub enum Layout {
        /// Each entry as a panel of questions.
        Panels "panels",
        /// All entries as rows of one table.
        Rows "rows",
    }
}

definition! {
    /// Ask the same questions several times.
    pub struct Repeat {
        /// The questions of each entry. They read each other as `{row.id}` or `{panel.id}`.
        pub questions "questions": Inside,
        /// How entries look.
        pub layout "layout": Layout = Layout::Panels,
        /// How many entries there are to begin with.
        pub count "rowCount": u32 = 0,
        /// The fewest entries.
        pub min "minRowCount": u32 = 0,
        /// The most entries.
        pub max "maxRowCount": u32 = 100,
        /// The question whose answers must differ between entries.
        pub key "keyName": Option<String>,
        /// Other questions whose answers must differ between entries.
        pub unique "uniqueColumns": Vec<String>,
        /// What to tell where they do not.
        pub key_text "keyDuplicationError": Option<Text>,
        /// The answers that a new entry begins with.
        pub default_row "defaultRowValue": Option<Value>,
        /// Whether a new entry begins with the answers of the last one.
        pub copy_last "copyDefaultValueFromLastEntry": bool,
        /// The heading of an entry; `{rowIndex}` and `{row.id}` work in it.
        pub row_title "rowTitle": Option<Text>,
        /// The words on the button that adds an entry.
        pub add_text "addText": Option<Text>,
        /// The words on the button that removes one.
        pub remove_text "removeText": Option<Text>,
        /// Whether removing asks first.
        pub confirm "confirmDelete": bool,
        /// What it asks.
        pub confirm_text "confirmDeleteText": Option<Text>,
        /// Whether entries can be moved up and down.
        pub reorder "allowRowReorder": bool,
        /// Whether the respondent may add entries.
        pub allow_add "allowAdd": bool = true,
        /// Whether the respondent may remove entries.
        pub allow_remove "allowRemove": bool = true,
        /// The questions with a total, and which; they stand in `<id>-total`.
        pub totals "totals": Totals,
    }
}

impl Repeat {
    /// The answers that a new entry begins with, given the entries before it.
    pub fn new_row(&self, rows: &[Value]) -> Map {
        let last = rows.last().filter(|_| self.copy_last).and_then(Value::as_map);
        let default = self.default_row.as_ref().and_then(Value::as_map);
        last.or(default).cloned().unwrap_or_default()
    }

    /// The entries whose key stands in another entry too.
    pub fn duplicates(&self, rows: &[Value]) -> Vec<usize> {
        let mut twice = Vec::new();
        for key in self.key.iter().chain(&self.unique) {
            let keys: Vec<String> = rows
                .iter()
                .map(|row| row.get(key).map(scalar_text).unwrap_or_default().trim().to_lowercase())
                .collect();
            for (row, own) in keys.iter().enumerate() {
                let same = keys.iter().filter(|other| *other == own).count();
                if !own.is_empty() && same > 1 && !twice.contains(&row) {
                    twice.push(row);
                }
            }
        }
        twice
    }
}

impl QuestionType for Repeat {
    /// Panels do: how many there are says something. The rows of a table just stand ready.
    fn counts_entries(&self) -> bool {
        self.layout == Layout::Panels
    }

    fn rows_at_least(&self) -> usize {
        if self.layout == Layout::Rows { self.count as usize } else { 0 }
    }

    fn contents(&self) -> Contents {
        Contents::Rows { field: "questions", names: None }
    }

    /// As many entries as the definition asks for.
    fn first_answer(&self) -> Value {
        let count = self.count.max(self.min).min(self.max);
        let rows: Vec<Value> = (0..count).map(|_| Value::Map(self.new_row(&[]))).collect();
        if rows.is_empty() { Value::Null } else { Value::List(rows) }
    }

    fn totals(&self) -> Option<&Totals> {
        Some(&self.totals)
    }

    fn new_entry(&self, entries: &[Value]) -> Option<Map> {
        (entries.len() < self.max as usize).then(|| self.new_row(entries))
    }

    fn may_remove_entry(&self, count: usize) -> bool {
        count > self.min as usize
    }

    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(rows) = answer.as_list().filter(|rows| rows.iter().all(is_row)) else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        if rows.len() > self.max as usize {
            issues.push(Issue::new(Code::TooMany).with("max", self.max));
        }
        if rows.len() < self.min as usize {
            issues.push(Issue::new(Code::TooFew).with("min", self.min));
        }
        let duplicates = self.duplicates(rows);
        issues.extend(
            duplicates.into_iter().map(|row| Issue::new(Code::NotUnique).at(row.to_string())),
        );
    }

    fn issue_words(&self, code: Code) -> Option<&Text> {
        self.key_text.as_ref().filter(|_| code == Code::NotUnique)
    }

    fn display(&self, answer: &Value, _: &Language) -> String {
        let words = |row: &Value| {
            let cells = row.as_map().into_iter().flat_map(Map::values).map(scalar_text);
            cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let rows: Vec<String> = answer.as_list().unwrap_or_default().iter().map(words).collect();
        rows.join(", ")
    }

    fn texts(&self) -> Vec<&Text> {
        let own = [
            &self.row_title,
            &self.add_text,
            &self.remove_text,
            &self.key_text,
            &self.confirm_text,
        ];
        own.into_iter().flatten().collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        if self.min > self.max {
            let place = place.key("maxRowCount");
            log.error("contradiction", &place, "`maxRowCount` must not be below `minRowCount`");
        }
    }
}

fn is_row(value: &Value) -> bool {
    matches!(value, Value::Map(_))
}
