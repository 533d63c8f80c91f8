//! Taking out of a converted survey what Askwell does not accept, and saying so.

use super::Loss;
use crate::diagnostic::{Diagnostic, Severity, Step};
use crate::survey::Survey;
use crate::value::Value;

/// How often to look: what is taken out may bring other mistakes to light.
const ROUNDS: usize = 50;

/// Takes out what keeps a survey from loading.
pub fn repair(survey: &mut Value, losses: &mut Vec<Loss>) {
    for _ in 0..ROUNDS {
        let Err(diagnostics) = Survey::load(&survey.to_json()) else { return };
        let mut errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
        // One at a time: paths move when something is taken out.
        let found = errors.find_map(|error| Some((take_out(survey, error)?, &error.message)));
        let Some((path, message)) = found else { return };
        let message = format!("left out of the converted survey: {message}");
        losses.push(Loss { path, message });
    }
}

/// What was taken out, which may be more than what is wrong in it.
fn take_out(survey: &mut Value, error: &Diagnostic) -> Option<Vec<Step>> {
    if error.kind == "cycle" {
        let decides = ["setValueExpression", "defaultValueExpression", "setValueIf", "expression"];
        let mut paths = decides.iter().map(|field| {
            let mut path = error.path.clone();
            path.push(Step::Key((*field).to_owned()));
            path
        });
        return paths.find(|path| remove(survey, path));
    }
    let mut path = error.path.clone();
    while !path.is_empty() {
        if remove(survey, &path) {
            return Some(path);
        }
        path.pop();
    }
    None
}

fn remove(value: &mut Value, path: &[Step]) -> bool {
    let Some((last, above)) = path.split_last() else { return false };
    let mut found = value;
    for step in above {
        let inside = match (step, found) {
            (Step::Key(key), Value::Map(map)) => map.get_mut(key),
            (Step::Index(index), Value::List(list)) => list.get_mut(*index),
            _ => None,
        };
        let Some(inside) = inside else { return false };
        found = inside;
    }
    match (last, found) {
        (Step::Key(key), Value::Map(map)) => map.remove(key).is_some(),
        (Step::Index(index), Value::List(list)) if *index < list.len() => {
            list.remove(*index);
            true
        }
        _ => false,
    }
}
