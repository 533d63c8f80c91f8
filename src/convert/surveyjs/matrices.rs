//! Matrices: one answer per row, or a table of questions.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use crate::value::{Map, Value};

impl Converter {
    pub fn matrix(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        let scope = scope.of_item();
        for name in ["rows", "columns"] {
            let list = self.choice_list(&object.list(name), &scope);
            question.insert(name.into(), self.some(list));
        }
        if object.word("cellType") == "checkbox" {
            question.insert("cellType".into(), Value::from("checkbox"));
        }
        self.flags(object, question, &["eachRowRequired", "eachRowUnique", "hideIfRowsEmpty"]);
        for name in ["rowsVisibleIf", "columnsVisibleIf"] {
            let condition = self.expression(object, name, &scope);
            question.extend(condition.map(|condition| (name.to_owned(), condition)));
        }
        self.order(object, question, "rowOrder");
        self.cells(object, question);
        self.default(object, question);
        "matrix"
    }

    /// What a column means in a row.
    fn cells(&self, object: &Object, question: &mut Map) {
        let Some(item) = object.take("cells") else { return };
        let mut cells = Map::new();
        for (row, columns) in item.value.as_map().into_iter().flatten() {
            let mut texts = Map::new();
            for (column, text) in columns.as_map().into_iter().flatten() {
                let text = Item { value: text, path: item.path.clone() };
                let text = self.wording(&text, |_, text| text.to_owned());
                texts.extend(text.map(|text| (column.clone(), text)));
            }
            cells.insert(row.clone(), Value::Map(texts));
        }
        question.insert("cells".into(), Value::Map(cells));
    }

    pub fn table(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        let rows = self.choice_list(&object.list("rows"), &scope.of_item());
        question.insert("rows".into(), self.some(rows));
        let mut columns = self.matrix_columns(object, question, scope);
        let by_cells = object.look("rowsVisibleIf").and_then(|item| item.value.as_text());
        if by_cells.is_some_and(|text| text.to_ascii_lowercase().contains("{row.")) {
            self.hide_rows(object, &mut columns, scope);
        } else {
            let condition = self.expression(object, "rowsVisibleIf", &scope.of_item());
            question.extend(condition.map(|condition| ("rowsVisibleIf".into(), condition)));
        }
        question.insert("columns".into(), Value::List(columns));
        self.order(object, question, "rowOrder");
        self.flags(object, question, &["hideIfRowsEmpty"]);
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
            let matrix = Matrix {
                kind: &kind,
                choices: common.as_ref(),
                name: object.word("name"),
                outside: scope.rows.is_empty(),
            };
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
        self.total(&object, matrix, totals);
        self.question(object, &kind, scope)
    }

    /// Missing counts as 0 in the mean of SurveyJS, so that is computed as there.
    fn total(&self, object: &Object, matrix: &Matrix, totals: &mut Map) {
        let kind = object.word("totalType");
        let computed = self.expression(object, "totalExpression", &Scope::default());
        let Some(name) = object.look("name").and_then(|item| item.value.as_text()) else { return };
        let total = match (computed, kind.as_str()) {
            (Some(expression), _) => expression,
            (None, "avg") if matrix.outside => Value::Text(format!(
                "avgInArray({{{}}}, '{}')",
                matrix.name,
                name.replace('\'', "\\'")
            )),
            (None, "sum" | "count" | "min" | "max" | "avg") => {
                totals.insert(name.to_owned(), Value::Text(kind));
                return;
            }
            _ => return,
        };
        let computed = Map::from_iter([(String::from("expression"), total)]);
        totals.insert(name.to_owned(), Value::Map(computed));
    }
}

/// What a matrix says about all of its columns.
struct Matrix<'a> {
    kind: &'a str,
    choices: Option<&'a Item<'a>>,
    name: String,
    /// Whether it stands outside all rows.
    outside: bool,
}
