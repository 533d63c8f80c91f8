//! The names that expressions of a document may read.

use crate::expr;
use crate::value::{Map, Value};

/// Every name of a document outside rows, in lower case.
#[derive(Default)]
pub struct Names {
    all: Vec<String>,
    /// What the questions themselves are called.
    questions: Vec<String>,
    /// Those with a point in them whose answers have parts.
    pointed: Vec<String>,
}

impl Names {
    /// The names of all questions, calculated values, and values that triggers set.
    pub fn of(document: &Map) -> Names {
        let mut names = Names { all: vec![String::from("context")], ..Names::default() };
        for list in ["pages", "elements", "questions"] {
            names.all.extend(element_names(document.get(list)));
            names.questions.extend(names_by(document.get(list), &name_of));
            names.pointed.extend(pointed_names(document.get(list)));
        }
        let entries = |list: &str| document.get(list).and_then(Value::as_list).unwrap_or_default();
        for (list, field) in [("calculatedValues", "name"), ("triggers", "setToName")] {
            for entry in entries(list) {
                names.all.extend(entry.get(field).and_then(Value::as_text).map(str::to_lowercase));
            }
        }
        names
    }

    /// Whether a question has this name.
    pub fn names_question(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.all.contains(&name) || self.questions.contains(&name)
    }

    /// Whether a question has this name that no trigger can answer: SurveyJS takes what stands
    /// after the point for a part of an answer.
    pub fn is_out_of_reach(&self, name: &str) -> bool {
        self.pointed.contains(&name.to_lowercase())
    }

    fn has(&self, name: &str) -> bool {
        let is = |name: &str| self.all.iter().any(|known| known == name);
        let suffixes = ["-comment", "-total"];
        is(name) || suffixes.iter().any(|suffix| name.strip_suffix(suffix).is_some_and(is))
    }
}

/// The names under which the answers to some elements are known, those in panels included.
pub fn element_names(elements: Option<&Value>) -> Vec<String> {
    // An answer that has a name of its own is known by that alone.
    let own = |element: &Value| Some(element.get("valueName")?.as_text()?.to_lowercase());
    names_by(elements, &|element| {
        own(element).filter(|name| !name.is_empty()).or_else(|| name_of(element))
    })
}

fn name_of(element: &Value) -> Option<String> {
    element.get("name")?.as_text().map(str::to_lowercase)
}

fn names_by(elements: Option<&Value>, name: &dyn Fn(&Value) -> Option<String>) -> Vec<String> {
    let mut names = Vec::new();
    for element in elements.and_then(Value::as_list).unwrap_or_default() {
        let kind = element.get("type").and_then(Value::as_text).map(str::to_lowercase);
        // Pages and panels hold questions; a `paneldynamic` has rows of its own.
        if matches!(kind.as_deref(), None | Some("panel" | "flowpanel")) {
            names.extend(names_by(element.get("elements"), name));
            names.extend(names_by(element.get("questions"), name));
        } else {
            names.extend(name(element));
        }
    }
    names
}

fn pointed_names(elements: Option<&Value>) -> Vec<String> {
    let mut names = Vec::new();
    for element in elements.and_then(Value::as_list).unwrap_or_default() {
        let kind = element.get("type").and_then(Value::as_text).map(str::to_lowercase);
        names.extend(pointed_names(element.get("elements")));
        names.extend(pointed_names(element.get("questions")));
        if matches!(kind.as_deref(), Some("matrix" | "matrixdropdown" | "multipletext")) {
            let name = element.get("name").and_then(Value::as_text);
            names.extend(name.filter(|name| name.contains('.')).map(str::to_lowercase));
        }
    }
    names
}

/// The names that can be read at one place: those of the document and, inside rows, those of
/// the row and of the rows around it.
#[derive(Clone, Default)]
pub struct Scope {
    /// The names in the row that the reader stands in, then those in the rows around it.
    pub rows: Vec<Vec<String>>,
    /// Whether the rows are those of a matrix, which SurveyJS counts from 1.
    pub matrix: bool,
    /// Whether `{item}` can be read.
    pub item: bool,
}

impl Scope {
    /// The scope inside rows that hold these names.
    pub fn inside(&self, names: Vec<String>, matrix: bool) -> Scope {
        let mut rows = vec![names];
        rows.extend(self.rows.iter().cloned());
        Scope { rows, matrix, item: false }
    }

    /// The same place, for the condition of a choice, row or column.
    pub fn of_item(&self) -> Scope {
        Scope { item: true, ..self.clone() }
    }

    fn has(&self, name: &str) -> bool {
        if self.item && name == "item" {
            return true;
        }
        let Some(row) = self.rows.first() else { return false };
        let fixed = ["rowindex", "panelindex", "rowname", "rowvalue"];
        let whole = ["prevrow", "prevpanel", "nextrow", "nextpanel", "totalrow"];
        if fixed.contains(&name) || whole.contains(&name) {
            return true;
        }
        match name.split_once('.') {
            Some(("row" | "panel", name)) => row.iter().any(|known| known == name),
            Some(("parentrow" | "parentpanel", name)) => {
                self.rows.get(1).is_some_and(|row| row.iter().any(|known| known == name))
            }
            _ => false,
        }
    }
}

/// What an expression sees from one place of a document.
pub struct View<'a> {
    pub names: &'a Names,
    pub scope: &'a Scope,
}

impl expr::Names for View<'_> {
    fn slot(&self, name: &str) -> Option<u32> {
        let name = name.to_lowercase();
        (self.scope.has(&name) || self.names.has(&name)).then_some(0)
    }
}
