//! Simple figures as tiles: the name, the figure in words, and where it lies on its scale.

use super::{Element, name_of, share, shown, text};
use crate::metrics::{Detail, Kind, Score};
use crate::survey::Scoring;
use crate::ui::controller::Controller;
use crate::ui::kit::element;

pub fn tiles(controller: Controller, scores: &[(Scoring, Score)]) -> Element {
    let tiles = scores.iter().map(|(scoring, score)| tile(controller, scoring, score));
    element("div")
        .part("scores")
        .child(text("h4", "scores-title", controller.word("results.scores.title")))
        .child(element("dl").part("tiles").children(tiles))
}

fn tile(controller: Controller, scoring: &Scoring, score: &Score) -> Element {
    let name = text("dt", "tile-name", name_of(controller, scoring));
    let (min, max) = reach(score).unwrap_or_else(|| scale(scoring));
    let Some(value) = score.value else {
        let reason = format!("results.reason.{}", score.reason.unwrap_or("no-answers"));
        let why = text("dd", "tile-reason", controller.word(&reason));
        return element("div").part("tile").child(name).child(why);
    };
    let figure = if matches!(scoring.kind, Kind::TopBox(_)) {
        top_box(controller, value, score.of)
    } else {
        let numbers = [("value", shown(value)), ("max", shown(max))];
        controller.words("results.scores.value", &numbers)
    };
    let is_share = matches!(scoring.kind, Kind::TopBox(_));
    let bar = (!is_share).then(|| {
        let bar = element("span").part("tile-bar").set("aria-hidden", "true");
        bar.variable("--share", share(value, min, max))
    });
    let category = match score.detail {
        Detail::Category(category) => {
            Some(controller.word(&format!("results.category.{category}")))
        }
        _ => None,
    };
    let numbers = [("n", score.n.to_string()), ("of", score.of.to_string())];
    let count = (score.of > 1).then(|| controller.words("results.scores.count", &numbers));
    let remark = |words| text("span", "tile-remark", words);
    let figure = element("dd")
        .child(text("span", "tile-figure", figure))
        .child(bar)
        .child(category.map(remark))
        .child(count.map(remark));
    element("div").part("tile").child(name).child(figure)
}

/// From 0 to the points that could be had, for metrics of points.
#[cfg(not(lean))]
fn reach(score: &Score) -> Option<(f64, f64)> {
    match &score.detail {
        Detail::More(more) => {
            more.get("max").and_then(crate::value::Value::as_number).map(|max| (0.0, max))
        }
        _ => None,
    }
}

#[cfg(lean)]
fn reach(_: &Score) -> Option<(f64, f64)> {
    None
}

/// One rating is in the top boxes or it is not; several have a share.
fn top_box(controller: Controller, value: f64, of: usize) -> String {
    match (of, value > 0.0) {
        (1, true) => controller.word("results.scores.yes"),
        (1, false) => controller.word("results.scores.no"),
        _ => shown(value * 100.0) + " %",
    }
}

/// The lowest and highest step of what a score rests on.
pub fn scale(scoring: &Scoring) -> (f64, f64) {
    let scales = scoring.items.iter().map(|item| item.scale);
    scales
        .map(|scale| (scale.min, scale.max))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
        .unwrap_or((0.0, 1.0))
}
