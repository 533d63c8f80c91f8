//! The smallest story that still differs in the same way.

use serde_json::Value;

use super::Story;
use super::compare::{Difference, differences};
use super::peer::Peer;

pub fn smallest(story: &Story, difference: &Difference, peer: &mut Peer) -> Story {
    let mut best = story.clone();
    best.steps.truncate(difference.step);
    let mut differs = |story: &Story| {
        let found = differences(story, peer).into_iter().next();
        found.is_some_and(|found| {
            (found.aspect, &found.parts) == (difference.aspect, &difference.parts)
        })
    };
    if !differs(&best) {
        return best;
    }
    loop {
        let mut smaller = false;
        for index in (0..best.steps.len()).rev() {
            let mut candidate = best.clone();
            candidate.steps.remove(index);
            if differs(&candidate) {
                best = candidate;
                smaller = true;
            }
        }
        let mut pointers = Vec::new();
        parts(&best.survey, String::new(), &mut pointers);
        for pointer in pointers.iter().rev() {
            let mut candidate = best.clone();
            let whole =
                remove(&mut candidate.survey, pointer) && names_what_it_has(&candidate, story);
            if whole && differs(&candidate) {
                best = candidate;
                smaller = true;
            }
        }
        if !smaller {
            return best;
        }
    }
}

/// What a part of a survey is not itself without.
const FIXED: &[&str] = &[
    "type",
    "name",
    "cellType",
    "columns",
    "rows",
    "items",
    "choices",
    "templateElements",
    "expression",
    "setToName",
    "fromName",
    "gotoName",
    "setValue",
    "runExpression",
    "showOtherItem",
];

/// Whether every name that the survey reads is still there, of those that there were.
fn names_what_it_has(story: &Story, whole: &Story) -> bool {
    let (mut names, mut all) = (Vec::new(), Vec::new());
    named(&story.survey, &mut names);
    named(&whole.survey, &mut all);
    let text = story.survey.to_string();
    let reads = |name: &String| {
        let places = [
            format!("{{{name}}}"),
            format!("{{{name}."),
            format!("{{{name}["),
            format!("Name\":\"{name}\""),
        ];
        places.iter().any(|place| text.contains(place))
    };
    all.iter().filter(|name| !names.contains(name)).all(|name| !reads(name))
}

fn named(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("name").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| named(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| named(value, found)),
        _ => {}
    }
}

fn parts(value: &Value, at: String, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inside {
        if FIXED.contains(&key.as_str()) {
            continue;
        }
        let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        parts(value, pointer, found);
    }
}

fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((above, key)) = pointer.rsplit_once('/') else { return false };
    match value.pointer_mut(above) {
        Some(Value::Object(map)) => map.remove(key).is_some(),
        Some(Value::Array(list)) => match key.parse::<usize>() {
            Ok(index) if index < list.len() => {
                list.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}
