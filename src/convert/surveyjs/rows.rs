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
        let columns = self.matrix_columns(object, question, scope);
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
        question.insert("questions".into(), Value::List(self.elements(&elements, &inside)));
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
