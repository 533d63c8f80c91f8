//! Answers by chance: what the control of a question can give.

use serde_json::{Map, Value, json};

use crate::random::Random;

pub fn answer(random: &mut Random, question: &Value) -> Value {
    let kind = question["type"].as_str().or(question["cellType"].as_str()).unwrap_or("dropdown");
    match kind {
        "text" => match question["inputType"].as_str() {
            Some("number") => json!([0.0, 1.0, 2.0, 3.0, 5.0, 7.0, 9.0, 2.5][random.below(8)]),
            Some("date") => random.pick(&["2026-01-31", "2026-06-15", "2026-12-01"]).into(),
            Some("email") => random.pick(&["a@b.co", "no mail"]).into(),
            _ => random.pick(&["x", "abc", "banana", "hello there", "5", "a", "true"]).into(),
        },
        "comment" => random.pick(&["x", "abc", "a long story", "7"]).into(),
        "boolean" => match question["valueTrue"].is_null() {
            true => random.chance(50).into(),
            false => random.pick(&["Yes", "No"]).into(),
        },
        "rating" => match question["rateValues"].is_null() {
            true => (1 + random.below(5)).into(),
            false => (1 + random.below(3)).into(),
        },
        "slider" => random.below(11).into(),
        "checkbox" | "tagbox" => several(random, question),
        "imagepicker" if question["multiSelect"] == true => several(random, question),
        "ranking" => {
            let mut values = choices(question);
            for index in (1..values.len()).rev() {
                values.swap(index, random.below(index + 1));
            }
            values.into()
        }
        "matrix" => {
            let mut rows = Map::new();
            for row in ["r1", "r2", "r3"] {
                if random.chance(70) {
                    rows.insert(
                        row.into(),
                        [json!("c1"), json!("c2"), json!(3)][random.below(3)].clone(),
                    );
                }
            }
            rows.into()
        }
        "matrixdropdown" => {
            let mut rows = Map::new();
            for row in ["r1", "r2"] {
                if random.chance(70) {
                    let cells = cells(random, &question["columns"]);
                    if cells.as_object().is_some_and(|cells| !cells.is_empty()) {
                        rows.insert(row.into(), cells);
                    }
                }
            }
            rows.into()
        }
        "matrixdynamic" => entries(random, &question["columns"]),
        "paneldynamic" => entries(random, &question["templateElements"]),
        "multipletext" => {
            let mut items = Map::new();
            for item in ["i1", "i2"] {
                if random.chance(60) {
                    items.insert(item.into(), random.pick(&["x", "abc"]).into());
                }
            }
            items.into()
        }
        "radiogroup" | "dropdown" | "imagepicker" | "buttongroup" => {
            let values = choices(question);
            match values.is_empty() {
                true => random.pick(&["a", "b", "c"]).into(),
                false => values[random.below(values.len())].clone(),
            }
        }
        _ => Value::Null,
    }
}

fn entries(random: &mut Random, questions: &Value) -> Value {
    let entry = |random: &mut Random| match cells(random, questions) {
        Value::Object(cells) if cells.is_empty() => json!({"n": 1}),
        cells => cells,
    };
    (0..1 + random.below(3)).map(|_| entry(random)).collect()
}

fn cells(random: &mut Random, questions: &Value) -> Value {
    let mut cells = Map::new();
    for question in questions.as_array().into_iter().flatten() {
        let computed = question["cellType"] == "expression";
        if !computed && random.chance(65) {
            let name = question["name"].as_str().unwrap_or_default().to_owned();
            let answer = answer(random, question);
            if !answer.is_null() {
                cells.insert(name, answer);
            }
        }
    }
    cells.into()
}

fn several(random: &mut Random, question: &Value) -> Value {
    let values = choices(question);
    let chosen: Vec<Value> = values.into_iter().filter(|_| random.chance(45)).collect();
    if chosen.is_empty() { Value::Null } else { chosen.into() }
}

/// The values that can be chosen, special ones included.
fn choices(question: &Value) -> Vec<Value> {
    let listed = question["choices"].as_array().into_iter().flatten();
    let value = |choice: &Value| match choice {
        Value::Object(choice) => choice["value"].clone(),
        Value::String(text) => text.split('|').next().unwrap_or_default().into(),
        other => other.clone(),
    };
    let mut values: Vec<Value> = listed.map(value).collect();
    let special =
        [("showNoneItem", "none"), ("showRefuseItem", "refused"), ("showDontKnowItem", "dontknow")];
    for (flag, value) in special {
        if question[flag] == true {
            values.push(value.into());
        }
    }
    values
}
