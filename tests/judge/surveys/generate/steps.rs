//! What a respondent does.

use serde_json::{Map, Value, json};

use super::Generator;

impl Generator {
    pub fn answer_to(&mut self, question: &Value) -> Value {
        super::super::answers::answer(&mut self.random, question)
    }

    pub fn steps(&mut self) -> Vec<Value> {
        let mut steps = Vec::new();
        for _ in 0..6 + self.random.below(8) {
            let index = self.random.below(self.questions.len());
            let question = self.questions[index].clone();
            if question["type"] == "expression" {
                continue;
            }
            let name = question["name"].as_str().unwrap_or_default().to_owned();
            let mut set = Map::new();
            match self.random.below(12) {
                // Cleared as a whole, the parts of these go on to be read in survey-core.
                0 if !matches!(
                    question["type"].as_str(),
                    Some("matrixdropdown" | "multipletext")
                ) =>
                {
                    set.insert(name, Value::Null);
                }
                1 if question["showOtherItem"] == true => {
                    let is_list = matches!(question["type"].as_str(), Some("checkbox" | "tagbox"));
                    let other = if is_list { json!(["other"]) } else { json!("other") };
                    set.insert(name.clone(), other);
                    if self.random.chance(60) {
                        set.insert(format!("{name}-comment"), "more".into());
                    }
                }
                _ => drop(set.insert(name, self.answer_to(&question))),
            }
            steps.push(json!({"set": set}));
            match self.random.below(14) {
                0 | 1 => steps.push(json!({"next": true})),
                2 => steps.push(json!({"previous": true})),
                3 => steps.push(json!({"complete": true})),
                _ => {}
            }
        }
        steps.push(json!({"complete": true}));
        steps
    }
}
