//! The options of each type of question.

use serde_json::{Value, json};

use super::Generator;

impl Generator {
    pub(super) fn bare(&mut self, kind: &str, in_rows: bool) -> Value {
        let mut question = match kind {
            "number" => json!({"type": "text", "inputType": "number"}),
            "date" => json!({"type": "text", "inputType": "date"}),
            other => json!({"type": other}),
        };
        match kind {
            "text" if self.random.chance(15) => {
                question["inputType"] = self.random.pick(&["email", "tel", "url"]).into();
            }
            "number" if self.random.chance(30) => {
                question["min"] = 1.into();
                question["max"] = 8.into();
            }
            "radiogroup" | "dropdown" | "checkbox" | "tagbox" | "buttongroup" | "imagepicker"
            | "ranking" => self.choices(&mut question, kind, in_rows),
            "boolean" if self.random.chance(25) => {
                question["valueTrue"] = "Yes".into();
                question["valueFalse"] = "No".into();
            }
            "rating" => match self.random.below(5) {
                0 => question["rateMax"] = 7.into(),
                1 => question["rateValues"] = json!([1, 2, {"value": 3, "text": "three"}]),
                2 => {
                    question["rateMin"] = 0.into();
                    question["rateMax"] = 10.into();
                }
                3 => question["rateType"] = "stars".into(),
                _ => {}
            },
            "slider" if self.random.chance(30) => question["max"] = 10.into(),
            "matrix" => {
                question["rows"] = json!(["r1", {"value": "r2", "text": "Second"}, "r3"]);
                question["columns"] = json!(["c1", "c2", 3]);
                if self.random.chance(30) {
                    question["eachRowRequired"] = true.into();
                }
            }
            "matrixdropdown" => {
                question["rows"] = json!(["r1", "r2"]);
                question["columns"] = self.columns();
                question["choices"] = json!(["a", "b", "c"]);
            }
            "matrixdynamic" => {
                question["columns"] = self.columns();
                question["choices"] = json!(["a", "b", "c"]);
                question["rowCount"] = self.random.below(3).into();
                if self.random.chance(20) {
                    question["keyName"] = "a".into();
                }
            }
            "paneldynamic" => {
                question["templateElements"] = self.template();
                question["panelCount"] = self.random.below(3).into();
                if self.random.chance(20) {
                    question["keyName"] = "a".into();
                }
            }
            "multipletext" => {
                question["items"] = json!([
                    {"name": "i1", "isRequired": self.random.chance(30)},
                    {"name": "i2", "title": "Second"},
                ]);
            }
            "expression" => question["expression"] = self.figure().into(),
            "html" => question["html"] = "<b>Read</b> {q0}".into(),
            _ => {}
        }
        question
    }

    pub(super) fn choices(&mut self, question: &mut Value, kind: &str, in_rows: bool) {
        question["choices"] = match self.random.below(4) {
            0 => json!(["a", "b", "c", "d"]),
            1 => json!([1, 2, 3]),
            2 => json!(["1|One", "2|Two", "b|Bee"]),
            _ => json!([{"value": "a", "text": "Ay"}, "b", 3, {"value": "x y", "text": "X"}]),
        };
        if kind == "imagepicker" {
            question["multiSelect"] = self.random.chance(50).into();
            return;
        }
        if kind == "ranking" || in_rows {
            return;
        }
        for (field, percent) in [
            ("showOtherItem", 20),
            ("showNoneItem", 15),
            ("showRefuseItem", 5),
            ("showDontKnowItem", 5),
        ] {
            if self.random.chance(percent) {
                question[field] = true.into();
            }
        }
        if matches!(kind, "checkbox" | "tagbox") {
            if self.random.chance(20) {
                question["minSelectedChoices"] = 2.into();
            }
            if self.random.chance(20) {
                question["maxSelectedChoices"] = 2.into();
            }
        }
    }

    pub(super) fn columns(&mut self) -> Value {
        let mut columns = vec![json!({"name": "a", "cellType": "text"})];
        let mut number = json!({"name": "n", "cellType": "text", "inputType": "number"});
        if self.random.chance(40) {
            number["totalType"] = self.random.pick(&["sum", "avg", "min", "max", "count"]).into();
        }
        columns.push(number);
        let mut choice = json!({"name": "d"});
        if self.random.chance(50) {
            choice["visibleIf"] = "{row.n} > 2".into();
        }
        if self.random.chance(30) {
            choice["isRequired"] = true.into();
        }
        columns.push(choice);
        if self.random.chance(30) {
            columns
                .push(json!({"name": "e", "cellType": "expression", "expression": "{row.n} * 2"}));
        }
        if self.random.chance(20) {
            columns.push(json!({"name": "y", "cellType": "boolean"}));
        }
        if self.random.chance(15) {
            columns[0]["isUnique"] = true.into();
        }
        columns.into()
    }

    pub(super) fn template(&mut self) -> Value {
        let mut elements = vec![
            json!({"type": "text", "name": "a", "isRequired": self.random.chance(30)}),
            json!({"type": "text", "name": "n", "inputType": "number"}),
        ];
        let kind = self.random.pick(&[
            "dropdown",
            "checkbox",
            "radiogroup",
            "boolean",
            "comment",
            "rating",
        ]);
        let mut last = self.bare(kind, true);
        last["name"] = "d".into();
        last["visibleIf"] =
            self.random.pick(&["{panel.n} > 2", "{panel.a} notempty", "{panel.a} = 'x'"]).into();
        elements.push(last);
        elements.into()
    }
}
