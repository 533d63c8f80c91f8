//! Matrices: one answer per row, or a table of questions.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use crate::value::{Map, Value};

impl Converter {
    pub fn matrix(&self, object: &Object, question: &mut Map) -> &'static str {
        let scope = Scope::default();
        for name in ["rows", "columns"] {
            let list = self.choice_list(&object.list(name), &scope.of_item());
            question.insert(name.into(), Value::List(list));
        }
        if object.flag("eachRowRequired") {
            question.insert("eachRowRequired".into(), Value::from(true));
        }
        self.default(object, question);
        "matrix"
    }

    pub fn table(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        let rows = self.choice_list(&object.list("rows"), &scope.of_item());
        question.insert("rows".into(), Value::List(rows));
        let columns = self.matrix_columns(object, question, scope);
        question.insert("columns".into(), Value::List(columns));
        self.default(object, question);
        "table"
    }

    /// The columns of a matrix as questions, with what is said about them elsewhere.
    pub fn matrix_columns(&self, object: &Object, question: &mut Map, scope: &Scope) -> Vec<Value> {
        let columns = object.list("columns");
        let name = |item: &Item| match item.value {
            Value::Text(name) => Some(name.to_lowercase()),
            other => other.get("name").and_then(Value::as_text).map(str::to_lowercase),
        };
        let inside = scope.inside(columns.iter().filter_map(name).collect(), true);
        let common = object.take("choices");
        let kind = object.word("cellType");
        let mut totals = Map::new();
        let mut unique = Vec::new();
        let mut questions = Vec::new();
        for column in &columns {
            let matrix = Matrix { kind: &kind, choices: common.as_ref() };
            let Some(converted) = self.matrix_column(column, &matrix, &inside, &mut totals) else {
                continue;
            };
            if column.value.get("isUnique") == Some(&Value::from(true)) {
                unique.extend(converted.get("id").cloned());
            }
            questions.push(Value::Map(converted));
        }
        if !totals.is_empty() {
            question.insert("totals".into(), Value::Map(totals));
        }
        if !unique.is_empty() {
            question.insert("uniqueColumns".into(), Value::List(unique));
        }
        questions
    }

    fn matrix_column(
        &self,
        column: &Item,
        matrix: &Matrix,
        scope: &Scope,
        totals: &mut Map,
    ) -> Option<Map> {
        let mut filled = match column.value {
            Value::Text(name) => {
                Map::from_iter([(String::from("name"), Value::from(name.as_str()))])
            }
            other => other.as_map()?.clone(),
        };
        let own = filled.get("cellType").and_then(Value::as_text).filter(|kind| *kind != "default");
        let kind = own.unwrap_or(matrix.kind).to_ascii_lowercase();
        let takes_choices = matches!(
            kind.as_str(),
            "dropdown" | "radiogroup" | "checkbox" | "tagbox" | "ranking" | "buttongroup"
        );
        if takes_choices
            && filled.get("choices").is_none_or(Value::is_empty)
            && let Some(choices) = matrix.choices
        {
            filled.insert("choices".into(), choices.value.clone());
        }
        let value = Value::Map(filled);
        let item = Item { value: &value, path: column.path.clone() };
        let object = Object::new(&item, &[&kind, "matrixdropdowncolumn"], &self.losses)?;
        for name in ["cellType", "isUnique"] {
            object.take(name);
        }
        self.total(&object, totals);
        self.question(object, &kind, scope)
    }

    fn total(&self, object: &Object, totals: &mut Map) {
        let kind = object.word("totalType");
        let name = object.look("name").and_then(|item| item.value.as_text());
        if let Some(name) =
            name.filter(|_| matches!(kind.as_str(), "sum" | "count" | "min" | "max" | "avg"))
        {
            totals.insert(name.to_owned(), Value::Text(kind));
        }
    }
}

/// What a matrix says about all of its columns.
struct Matrix<'a> {
    kind: &'a str,
    choices: Option<&'a Item<'a>>,
}
