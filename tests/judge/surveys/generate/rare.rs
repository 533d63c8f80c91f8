//! What surveys rarely have: made where `ASKWELL_JUDGE_RARE` names it, so that the others stay as they are.

use serde_json::{Value, json};

use super::Generator;

impl Generator {
    /// `shared`: one answer of two questions; `choices`: conditions on single choices; `carried`:
    /// choices that come from another question; `nested`: entries in entries; `computed`: such with
    /// computed cells and totals.
    pub(super) fn make_rare(&mut self, question: &mut Value, kind: &str) {
        let wants = |what: &str| self.rare.split(',').any(|word| word == what);
        let [shared, choices, carried, nested, computed] =
            ["shared", "choices", "carried", "nested", "computed"].map(wants);
        if shared && self.random.chance(15) {
            self.share(question);
        }
        let chooses = matches!(kind, "radiogroup" | "dropdown" | "checkbox" | "tagbox");
        if choices && chooses && self.random.chance(40) {
            let condition = self.condition();
            if let Some(list) = question["choices"].as_array_mut() {
                let value = match &list[1] {
                    Value::Object(choice) => choice["value"].clone(),
                    Value::String(text) => text.split('|').next().into(),
                    other => other.clone(),
                };
                list[1] = json!({"value": value, "visibleIf": condition});
            }
        }
        if carried && chooses && self.random.chance(40) {
            self.carry(question);
        }
        if (nested || computed) && kind == "paneldynamic" {
            let mut inner = self.bare("matrixdynamic", true);
            if !computed {
                compute_nothing(&mut inner);
            }
            let inside = question["templateElements"].as_array_mut();
            inside.into_iter().for_each(|inside| {
                let mut inner = inner.clone();
                inner["name"] = "s".into();
                inside.push(inner);
            });
        }
    }

    fn share(&mut self, question: &mut Value) {
        let same = |other: &&Value| {
            ["type", "inputType", "choices", "valueTrue"]
                .iter()
                .all(|key| other[*key] == question[*key])
        };
        if let Some(other) = self.questions.iter().find(same) {
            question["valueName"] = other["name"].clone();
        }
    }

    fn carry(&mut self, question: &mut Value) {
        let lists = |other: &&Value| matches!(other["type"].as_str(), Some("checkbox" | "tagbox"));
        if let Some(other) = self.questions.iter().find(lists) {
            question["choicesFromQuestion"] = other["name"].clone();
            question["choicesFromQuestionMode"] = "selected".into();
        }
    }
}

/// Takes out what is computed of a matrix.
fn compute_nothing(matrix: &mut Value) {
    let Some(columns) = matrix["columns"].as_array_mut() else { return };
    columns.retain(|column| column["cellType"] != "expression");
    for column in columns {
        column.as_object_mut().into_iter().for_each(|column| drop(column.remove("totalType")));
    }
}
