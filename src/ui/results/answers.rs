//! Which answers were not correct, and which did not count: what to look at again.

use super::{Element, text};
use crate::metrics::{Detail, Score};
use crate::survey::Scoring;
use crate::ui::controller::Controller;
use crate::ui::kit::element;
use crate::value::{Map, Value};

/// A list of the questions that were answered wrong, and one of those that are out of force.
pub fn lists(controller: Controller, figures: &[(Scoring, Score)]) -> Vec<Element> {
    let mut lists = Vec::new();
    for (scoring, score) in figures {
        let Detail::More(more) = &score.detail else { continue };
        let part = |name: &str| more.get(name).and_then(Value::as_map);
        let (Some(items), Some(left_out)) = (part("items"), part("leftOut")) else { continue };
        let is_wrong = |id: &str| {
            items.get(id).and_then(|item| item.get("correct")) == Some(&Value::Bool(false))
        };
        let wrong = named(controller, scoring, &is_wrong, &Map::new());
        let out = named(controller, scoring, &|id| left_out.contains_key(id), left_out);
        for (key, names) in [("results.answers.wrong", wrong), ("results.answers.left-out", out)] {
            if !names.is_empty() {
                lists.push(list(controller.word(key), names));
            }
        }
    }
    lists
}

fn list(title: String, names: Vec<String>) -> Element {
    let names = names.into_iter().map(|name| element("li").child(name));
    element("div")
        .part("answers")
        .child(text("h4", "answers-title", title))
        .child(element("ul").part("answers-list").children(names))
}

/// What the chosen questions ask, in the order of the score, each with its day where one is told.
fn named(
    controller: Controller,
    scoring: &Scoring,
    chosen: &dyn Fn(&str) -> bool,
    days: &Map,
) -> Vec<String> {
    let mut names = Vec::new();
    for item in scoring.items.iter().filter(|item| chosen(&item.id)) {
        let title = controller.session(|session| {
            let question = session.survey().questions.get(item.question)?;
            Some(session.text(question.source.title.as_ref()?))
        });
        let mut name = title.flatten().unwrap_or_else(|| item.id.clone());
        if let Some(day) =
            days.get(&item.id).and_then(|why| why.get("day")).and_then(Value::as_text)
        {
            name.push_str(" (");
            name.push_str(day);
            name.push(')');
        }
        names.push(name);
    }
    names
}
