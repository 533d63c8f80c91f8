//! The smallest story that still differs in the same way.

use serde_json::Value;

use super::Story;
use super::compare::{Difference, differences};
use super::peer::Peer;

pub fn smallest(story: &Story, difference: &Difference, peer: &mut Peer) -> Story {
    let mut best = story.clone();
    best.steps.truncate(difference.step);
    let mut differs = |story: &Story| {
        differences(story, peer).first().is_some_and(|found| found.aspect == difference.aspect)
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
            if remove(&mut candidate.survey, pointer) && differs(&candidate) {
                best = candidate;
                smaller = true;
            }
        }
        if !smaller {
            return best;
        }
    }
}

fn parts(value: &Value, at: String, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inside {
        let fixed =
            ["type", "name", "cellType", "columns", "rows", "items", "choices", "templateElements"];
        if fixed.contains(&key.as_str()) {
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
