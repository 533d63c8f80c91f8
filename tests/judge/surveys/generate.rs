//! Surveys by chance, with all the logic that their authors use.

use serde_json::{Map, Value, json};

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
        Generator { random, questions: Vec::new(), count: 0, total, expected }
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
        question
    }

    /// A question with the options of its type; in rows, without what only makes sense outside.
    fn bare(&mut self, kind: &str, in_rows: bool) -> Value {
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

    fn choices(&mut self, question: &mut Value, kind: &str, in_rows: bool) {
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

    fn columns(&mut self) -> Value {
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

    fn template(&mut self) -> Value {
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

    fn validator(&mut self, kind: &str) -> Value {
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

    fn trigger(&mut self) -> Value {
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

    /// A condition on the answer to some question.
    pub fn condition(&mut self) -> String {
        let one = self.simple_condition();
        match self.random.below(8) {
            0 => format!("{one} and {}", self.simple_condition()),
            1 => format!("{one} or {}", self.simple_condition()),
            2 => format!("!({one})"),
            _ => one,
        }
    }

    fn simple_condition(&mut self) -> String {
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

    /// An expression that yields a number, mostly.
    fn figure(&mut self) -> String {
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

    pub fn answer_to(&mut self, question: &Value) -> Value {
        super::answers::answer(&mut self.random, question)
    }

    /// What a respondent does, in the order of time.
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
