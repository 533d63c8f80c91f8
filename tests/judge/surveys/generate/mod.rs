//! Surveys by chance, with all the logic that their authors use.

mod kinds;
mod logic;
mod rare;
mod steps;

use serde_json::{Value, json};

use crate::random::Random;

/// A generated survey, and what its questions are called.
pub struct Generator {
    pub random: Random,
    /// Every question that takes an answer, outside rows, as it stands in the survey.
    pub questions: Vec<Value>,
    count: usize,
    /// How many elements there will be.
    total: usize,
    expected: Vec<(String, String)>,
    /// What else surveys are to have: `ASKWELL_JUDGE_RARE` lists it, see [`rare`].
    rare: String,
}

const KINDS: &[&str] = &[
    "text",
    "text",
    "number",
    "number",
    "date",
    "comment",
    "radiogroup",
    "radiogroup",
    "dropdown",
    "checkbox",
    "checkbox",
    "tagbox",
    "boolean",
    "boolean",
    "rating",
    "rating",
    "ranking",
    "slider",
    "matrix",
    "matrixdropdown",
    "matrixdynamic",
    "paneldynamic",
    "multipletext",
    "expression",
    "html",
    "imagepicker",
    "buttongroup",
];

impl Generator {
    pub fn new(seed: u64) -> Generator {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        random.below(2);
        let total = 3 + random.below(8);
        let mut expected = Vec::new();
        for index in 0..total {
            let kind = random.pick(KINDS);
            let name = match random.below(12) {
                0 => format!("q {index}"),
                1 => format!("題目{index}"),
                2 => format!("Q{index}-x"),
                3 => format!("q.{index}"),
                _ => format!("q{index}"),
            };
            expected.push((name, kind.to_owned()));
        }
        let rare = std::env::var("ASKWELL_JUDGE_RARE").unwrap_or_default();
        Generator { random, questions: Vec::new(), count: 0, total, expected, rare }
    }

    pub fn survey(&mut self) -> Value {
        let mut pages = Vec::new();
        while self.count < self.total {
            let size = 1 + self.random.below(4);
            let mut page = json!({"name": format!("page{}", pages.len() + 1), "elements": self.elements(size, 0)});
            if !pages.is_empty() && self.random.chance(20) {
                page["visibleIf"] = self.condition().into();
            }
            if self.random.chance(5) {
                page["enableIf"] = self.condition().into();
            }
            pages.push(page);
        }
        let mut survey = json!({"pages": pages});
        if self.random.chance(50) {
            let modes = ["none", "onHidden", "onHiddenContainer", "onComplete"];
            survey["clearInvisibleValues"] = self.random.pick(&modes).into();
        }
        if self.random.chance(8) {
            survey["checkErrorsMode"] = self.random.pick(&["onValueChanged", "onComplete"]).into();
        }
        if self.random.chance(25) {
            survey["calculatedValues"] = json!([
                {"name": "calc", "expression": self.figure(), "includeIntoResult": self.random.chance(50)}
            ]);
        }
        if self.random.chance(30) {
            let count = 1 + self.random.below(2);
            survey["triggers"] = (0..count).map(|_| self.trigger()).collect();
        }
        survey
    }

    fn elements(&mut self, size: usize, depth: usize) -> Vec<Value> {
        let mut elements = Vec::new();
        for _ in 0..size {
            if self.count == self.total {
                break;
            }
            if depth < 2 && self.random.chance(12) {
                let inside = 1 + self.random.below(3);
                let mut panel = json!({
                    "type": "panel", "name": format!("panel{}", self.count),
                    "elements": self.elements(inside, depth + 1)
                });
                if self.random.chance(60) {
                    panel["visibleIf"] = self.condition().into();
                } else if self.random.chance(30) {
                    panel["enableIf"] = self.condition().into();
                }
                elements.push(panel);
                continue;
            }
            let (name, kind) = self.expected[self.count].clone();
            self.count += 1;
            let question = self.question(&name, &kind);
            if !matches!(kind.as_str(), "html") {
                self.questions.push(question.clone());
            }
            elements.push(question);
        }
        elements
    }

    fn question(&mut self, name: &str, kind: &str) -> Value {
        let mut question = self.bare(kind, false);
        question["name"] = name.into();
        if kind == "html" {
            if self.random.chance(50) {
                question["visibleIf"] = self.condition().into();
            }
            return question;
        }
        if kind == "expression" {
            if self.random.chance(30) {
                question["visibleIf"] = self.condition().into();
            }
            return question;
        }
        let logic: [(&str, usize); 3] = [("visibleIf", 35), ("requiredIf", 8), ("enableIf", 8)];
        for (field, percent) in logic {
            if self.random.chance(percent) {
                question[field] = self.condition().into();
            }
        }
        if self.random.chance(30) && kind != "expression" {
            question["isRequired"] = true.into();
        }
        if self.random.chance(4) {
            question["readOnly"] = true.into();
        }
        if self.random.chance(3) {
            question["visible"] = false.into();
        }
        let simple =
            matches!(kind, "text" | "number" | "comment" | "radiogroup" | "boolean" | "rating");
        if simple && self.random.chance(12) {
            question["defaultValue"] = self.answer_to(&question);
        } else if kind == "number" && self.random.chance(10) {
            question["defaultValueExpression"] = self.figure().into();
        } else if kind == "number" && self.random.chance(10) {
            question["setValueExpression"] = self.figure().into();
            if self.random.chance(50) {
                question["setValueIf"] = self.condition().into();
            }
        } else if simple && self.random.chance(8) {
            question["resetValueIf"] = self.condition().into();
        }
        if self.random.chance(6) {
            question["clearIfInvisible"] =
                self.random.pick(&["none", "onComplete", "onHidden", "onHiddenContainer"]).into();
        }
        if kind != "expression" && self.random.chance(15) {
            question["validators"] = json!([self.validator(kind)]);
        }
        self.make_rare(&mut question, kind);
        question
    }
}
