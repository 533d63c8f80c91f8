//! What a respondent's own answers tell them: a sentence to act on, then the picture, then the table.

#[cfg(not(lean))]
mod answers;
#[cfg(not(lean))]
mod framework;
#[cfg(not(lean))]
mod gaps;
mod tiles;

use leptos::prelude::*;

use super::controller::Controller;
use super::kit::{Element, View, element, live};
use super::survey::button;
use crate::metrics::{Detail, Score};
use crate::survey::Scoring;
use crate::value::number_text;

/// The scores of a finished survey; built anew with the language.
pub fn results(controller: Controller) -> View {
    live(move || {
        let language = controller.locale();
        let scores = scores(controller);
        let (gaps, figures): (Vec<_>, Vec<_>) =
            scores.into_iter().partition(|(_, score)| matches!(score.detail, Detail::Gap { .. }));
        let print = button("print", "action", controller.label("results.gap.print"))
            .on("click", |event| print(&event));
        element("section")
            .part("results")
            .set("lang", language)
            .child(gaps_view(controller, &gaps))
            .child((!figures.is_empty()).then(|| tiles::tiles(controller, &figures)))
            .children(answers_view(controller, &figures))
            .child(print)
    })
}

/// The levels that were asked for; a build without the metric has none to show.
fn gaps_view(_controller: Controller, gaps: &[(Scoring, Score)]) -> Option<Element> {
    match gaps {
        [] => None,
        #[cfg(not(lean))]
        gaps => Some(gaps::gaps(_controller, gaps)),
        #[cfg(lean)]
        _ => None,
    }
}

/// Which answers were not correct; a build without such metrics has none to show.
fn answers_view(_controller: Controller, _figures: &[(Scoring, Score)]) -> Vec<Element> {
    #[cfg(not(lean))]
    let lists = answers::lists(_controller, _figures);
    #[cfg(lean)]
    let lists = Vec::new();
    lists
}

/// The scores with their entries, in the order of the survey.
fn scores(controller: Controller) -> Vec<(Scoring, Score)> {
    let scores = controller.session(|session| {
        let mut scores = session.scores();
        let entries = session.survey().scoring.iter();
        let known =
            entries.filter_map(|entry| Some((entry.clone(), scores.remove(&entry.source.id)?)));
        known.collect()
    });
    scores.unwrap_or_default()
}

/// What a score is called.
fn name_of(controller: Controller, scoring: &Scoring) -> String {
    match &scoring.source.title {
        Some(title) => controller.text(title),
        None => scoring.source.id.clone(),
    }
}

/// A figure for people: one decimal at most, half away from zero.
fn shown(number: f64) -> String {
    let rounded = (number.abs() * 10.0).round() / 10.0;
    let sign = if number < 0.0 && rounded != 0.0 { "−" } else { "" };
    sign.to_owned() + &number_text(rounded)
}

/// How far along a scale a figure lies, as a share for CSS.
fn share(number: f64, min: f64, max: f64) -> String {
    let share = if max > min { (number - min) / (max - min) } else { 0.0 };
    number_text((share.clamp(0.0, 1.0) * 1000.0).round() / 10.0) + "%"
}

fn text(tag: &'static str, part: &'static str, words: String) -> Element {
    element(tag).part(part).child(words)
}

/// Prints the page, with everything that is folded opened up.
fn print(event: &leptos::ev::Event) {
    use wasm_bindgen::JsCast;
    let button = event.current_target();
    let button = button.and_then(|button| button.dyn_into::<leptos::web_sys::Element>().ok());
    let results = button.and_then(|button| button.closest(".results").ok().flatten());
    let folded = results.and_then(|results| results.query_selector("details").ok().flatten());
    if let Some(folded) = folded {
        let _ = folded.set_attribute("open", "");
    }
    let _ = window().print();
}

#[cfg(test)]
mod tests {
    use super::{share, shown};

    #[test]
    fn figures_are_short_and_signed_as_people_write_them() {
        assert_eq!(shown(2.0), "2");
        assert_eq!(shown(0.25), "0.3");
        assert_eq!(shown(-1.04), "−1");
        assert_eq!(shown(-0.04), "0");
    }

    #[test]
    fn a_share_stays_on_its_scale() {
        assert_eq!(share(1.0, 0.0, 3.0), "33.3%");
        assert_eq!(share(9.0, 0.0, 3.0), "100%");
        assert_eq!(share(1.0, 2.0, 2.0), "0%");
    }
}
