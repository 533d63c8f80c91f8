//! Questions that are asked several times: dynamic matrices and dynamic panels.

use super::converter::Converter;
use super::names::{Scope, element_names};
use super::object::Object;
use crate::value::{Map, Value};

impl Converter {
    pub fn rows_of_matrix(
        &self,
        object: &Object,
        question: &mut Map,
        scope: &Scope,
    ) -> &'static str {
        let mut columns = self.matrix_columns(object, question, scope);
        self.hide_rows(object, &mut columns, scope);
        question.insert("questions".into(), Value::List(columns));
        question.insert("layout".into(), Value::from("rows"));
        self.entries(
            object,
            question,
            ["rowCount", "minRowCount", "maxRowCount", "defaultRowValue"],
        );
        for (theirs, ours) in [("addRowText", "addText"), ("removeRowText", "removeText")] {
            question.extend(self.text(object, theirs).map(|text| (ours.to_owned(), text)));
        }
        if object.flag("allowRowReorder") {
            question.insert("allowRowReorder".into(), Value::from(true));
        }
        self.allowed(object, question, ["allowAddRows", "allowRemoveRows"]);
        "repeat"
    }

    pub fn rows_of_panels(
        &self,
        object: &Object,
        question: &mut Map,
        scope: &Scope,
    ) -> &'static str {
        let elements = object.take("templateElements");
        let inside = scope.inside(element_names(elements.as_ref().map(|item| item.value)), false);
        let elements = elements.map(|item| item.items()).unwrap_or_default();
        let mut questions = self.elements(&elements, &inside);
        if let Some(condition) = self.expression(object, "templateVisibleIf", &inside) {
            questions = vec![self.shown_together(questions, condition)];
        }
        question.insert("questions".into(), Value::List(questions));
        self.entries(
            object,
            question,
            ["panelCount", "minPanelCount", "maxPanelCount", "defaultPanelValue"],
        );
        for (theirs, ours) in [
            ("addPanelText", "addText"),
            ("removePanelText", "removeText"),
            ("templateTitle", "rowTitle"),
        ] {
            question.extend(self.text(object, theirs).map(|text| (ours.to_owned(), text)));
        }
        self.allowed(object, question, ["allowAddPanel", "allowRemovePanel"]);
        "repeat"
    }

    /// What stands in entries that are shown by a condition of their own: in a panel that has it.
    /// SurveyJS keeps the answers in hidden entries whatever it does with others.
    fn shown_together(&self, questions: Vec<Value>, condition: Value) -> Value {
        let keep = |question: Value| match question {
            Value::Map(mut question) => {
                if !question.contains_key("visibleIf") && !question.contains_key("questions") {
                    question.or_insert_with("clearIfInvisible".into(), || "none".into());
                }
                Value::Map(question)
            }
            other => other,
        };
        let mut panel = Map::new();
        panel.insert("id".into(), Value::Text(self.unnamed("entry")));
        panel.insert("type".into(), Value::from("panel"));
        panel.insert("visibleIf".into(), condition);
        let inside = questions.into_iter().map(keep).collect();
        panel.insert("questions".into(), Value::List(inside));
        Value::Map(panel)
    }

    /// Rows that are shown by a condition: every cell of them is.
    pub fn hide_rows(&self, object: &Object, columns: &mut [Value], scope: &Scope) {
        let Some(item) = object.take("rowsVisibleIf") else { return };
        let inside = scope.inside(columns.iter().filter_map(id_of).collect(), true);
        let Some(condition) = self.expression_of(&item, &inside.of_item()) else { return };
        for column in columns {
            let Value::Map(column) = column else { continue };
            let own = column.get("visibleIf").and_then(Value::as_text);
            let both = match own {
                Some(own) => format!("({condition}) and ({own})"),
                None => condition.clone(),
            };
            column.insert("visibleIf".into(), Value::Text(both));
        }
        let message = "the cells of such rows are hidden; at the end they stay among the answers";
        self.losses.add(&item.path, message);
    }

    fn entries(&self, object: &Object, question: &mut Map, names: [&str; 4]) {
        let ours = ["rowCount", "minRowCount", "maxRowCount"];
        for (theirs, ours) in names.iter().zip(ours) {
            let count = object.number_or_default(theirs).max(0.0).trunc();
            question.insert(ours.into(), Value::Number(count));
        }
        let [_, _, _, default] = names;
        if let Some(item) = object.take(default) {
            question.insert("defaultRowValue".into(), item.value.clone());
        }
        self.default(object, question);
        if let Some(key) = object.string("keyName") {
            question.insert("keyName".into(), Value::Text(key));
        }
        let text = self.text(object, "keyDuplicationError");
        question.extend(text.map(|text| ("keyDuplicationError".into(), text)));
        for (theirs, ours) in [
            ("copyDefaultValueFromLastEntry", "copyDefaultValueFromLastEntry"),
            ("confirmDelete", "confirmDelete"),
        ] {
            if object.flag(theirs) {
                question.insert(ours.into(), Value::from(true));
            }
        }
    }

    fn allowed(&self, object: &Object, question: &mut Map, names: [&str; 2]) {
        for (theirs, ours) in names.iter().zip(["allowAdd", "allowRemove"]) {
            if !object.flag(theirs) {
                question.insert(ours.into(), Value::from(false));
            }
        }
    }
}

fn id_of(column: &Value) -> Option<String> {
    column.get("id")?.as_text().map(str::to_lowercase)
}
