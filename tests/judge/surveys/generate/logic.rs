//! Conditions, expressions, validators and triggers.

use serde_json::{Value, json};

use super::Generator;
use crate::random::Random;

impl Generator {
    pub(super) fn validator(&mut self, kind: &str) -> Value {
        match (kind, self.random.below(4)) {
            ("number", 0..3) => json!({"type": "numeric", "minValue": 2, "maxValue": 6}),
            ("text" | "comment", 0) => json!({"type": "text", "minLength": 3, "maxLength": 6}),
            ("text" | "comment", 1) => json!({"type": "regex", "regex": "^[a-c]+$"}),
            ("text", 2) => json!({"type": "email"}),
            ("checkbox" | "tagbox", 0..3) => {
                json!({"type": "answercount", "minCount": 2, "maxCount": 3})
            }
            _ => {
                let mut validator =
                    json!({"type": "expression", "expression": self.condition(), "text": "no"});
                if self.random.chance(10) {
                    validator["notificationType"] = "warning".into();
                }
                validator
            }
        }
    }

    pub(super) fn trigger(&mut self) -> Value {
        let mut target = || {
            let index = self.random.below(self.questions.len());
            self.questions[index].clone()
        };
        let (one, other) = (target(), target());
        let name = one["name"].clone();
        match self.random.below(6) {
            0 => json!({"type": "complete", "expression": self.condition()}),
            1 => json!({
                "type": "setvalue", "expression": self.condition(), "setToName": name,
                "setValue": self.answer_to(&one)
            }),
            2 if one["type"] == other["type"] => json!({
                "type": "copyvalue", "expression": self.condition(), "setToName": name,
                "fromName": other["name"]
            }),
            3 => json!({
                "type": "runexpression", "expression": self.condition(), "setToName": "extra",
                "runExpression": self.figure()
            }),
            4 => {
                json!({"type": "setvalue", "expression": self.condition(), "setToName": "extra", "setValue": 7})
            }
            _ => json!({"type": "skip", "expression": self.condition(), "gotoName": name}),
        }
    }

    pub fn condition(&mut self) -> String {
        let one = self.simple_condition();
        match self.random.below(8) {
            0 => format!("{one} and {}", self.simple_condition()),
            1 => format!("{one} or {}", self.simple_condition()),
            2 => format!("!({one})"),
            _ => one,
        }
    }

    pub(super) fn simple_condition(&mut self) -> String {
        let index = self.random.below(self.expected.len());
        let (name, kind) = self.expected[index].clone();
        let random = &mut self.random;
        if random.chance(15) {
            return format!("{{{name}}} {}", random.pick(&["empty", "notempty"]));
        }
        match kind.as_str() {
            "number" | "rating" | "slider" | "expression" => {
                let operator = random.pick(&[">", "<", ">=", "<=", "=", "!=", "<>"]);
                format!("{{{name}}} {operator} {}", random.below(9))
            }
            "boolean" => {
                format!("{{{name}}} = {}", random.pick(&["true", "false", "'Yes'", "'No'"]))
            }
            "checkbox" | "tagbox" => match random.below(4) {
                0 => format!("{{{name}}} anyof ['a', 2, 'b']"),
                1 => format!("{{{name}}} allof ['a', 'b']"),
                2 => format!("{{{name}.length}} > 1"),
                _ => format!(
                    "{{{name}}} contains {}",
                    random.pick(&["'a'", "'b'", "2", "3", "'none'", "'other'"])
                ),
            },
            "radiogroup" | "dropdown" | "buttongroup" | "imagepicker" => match random.below(4) {
                0 => format!("{{{name}}} != {}", random.pick(&["'a'", "1"])),
                1 => format!("{{{name}}} anyof ['a', 1, 'other']"),
                _ => format!(
                    "{{{name}}} = {}",
                    random.pick(&["'a'", "'b'", "'B'", "1", "2", "'none'", "'other'"])
                ),
            },
            "date" => format!("{{{name}}} {} '2026-06-15'", random.pick(&["<", ">", "="])),
            "matrix" => format!(
                "{{{name}.{}}} = {}",
                random.pick(&["r1", "r2"]),
                random.pick(&["'c1'", "'c2'", "3"])
            ),
            "matrixdropdown" => match random.below(2) {
                0 => format!("{{{name}.r1.n}} > {}", random.below(5)),
                _ => format!("sumInArray({{{name}}}, 'n') > {}", random.below(9)),
            },
            "matrixdynamic" | "paneldynamic" => match random.below(4) {
                0 => format!("{{{name}[0].n}} > {}", random.below(5)),
                1 => format!("{{{name}.length}} > {}", random.below(3)),
                2 => format!("{{{name}[-1].a}} = 'x'"),
                _ => format!("sumInArray({{{name}}}, 'n') > {}", random.below(9)),
            },
            "multipletext" => format!("{{{name}.i1}} {}", random.pick(&["notempty", "= 'x'"])),
            "ranking" => format!("{{{name}[0]}} = {}", random.pick(&["'a'", "'b'", "1"])),
            _ => match random.below(3) {
                0 => format!("{{{name}}} contains 'a'"),
                1 => format!("{{{name}}} != 'x'"),
                _ => format!("{{{name}}} = 'x'"),
            },
        }
    }

    pub(super) fn figure(&mut self) -> String {
        let numbers: Vec<String> = self
            .expected
            .iter()
            .filter(|(_, kind)| matches!(kind.as_str(), "rating" | "slider"))
            .map(|(name, _)| format!("{{{name}}}"))
            .collect();
        let name = |random: &mut Random| match numbers.is_empty() {
            true => String::from("2"),
            false => numbers[random.below(numbers.len())].clone(),
        };
        let (one, other) = (name(&mut self.random), name(&mut self.random));
        match self.random.below(5) {
            0 => format!("{one} + {other}"),
            1 => format!("{one} * 2"),
            2 => format!("iif({}, 1, 2)", "1 > 0"),
            3 => format!("sum({one}, {other}, 1)"),
            _ => one,
        }
    }
}
