//! How much time is left, and more of it for who needs it.

use leptos::prelude::*;

use super::frame::{button, source};
use crate::session::TimeLeft;
use crate::ui::controller::{Controller, Phase};
use crate::ui::focus::focus_around;
use crate::ui::kit::{View, Words, element, live, nothing};

/// The time that is left, for as long as pages are answered.
pub fn while_answering(controller: Controller) -> View {
    let answering = Memo::new(move |_| matches!(controller.phase(), Some((Phase::Answering, _))));
    live(move || match answering.get() {
        true => untrack(|| timer(controller)),
        false => nothing(),
    })
}

/// The time that is left; nothing where there is no limit.
fn timer(controller: Controller) -> View {
    if controller.session(|session| session.has_time_limit()) != Some(true) {
        return nothing();
    }
    let (shown, essential) = source(controller, |source| (source.timer, source.essential_time));
    let line = |which: usize, key: &'static str| {
        let words: Words = Box::new(move || {
            let left = controller.time_left().get(which).copied().flatten();
            left.map_or_else(String::new, |left| controller.words(key, &[("time", clock(left))]))
        });
        element("p").part("time").set("role", "timer").set("aria-live", "off").child(words)
    };
    let lines = shown.then(|| [line(0, "survey.timer.survey"), line(1, "survey.timer.page")]);
    // A memo, so that it is announced once and not every second.
    let short = Memo::new(move |_| controller.is_time_short());
    let warning = live(move || {
        if !short.get() {
            return nothing();
        }
        let key = if essential { "survey.timer.ends" } else { "survey.timer.short" };
        let more = (!essential).then(|| {
            button("more-time", "action", controller.label("survey.timer.extend")).on(
                "click",
                move |event| {
                    // The button goes away, and the focus must not go with it.
                    focus_around(&event, ".timer");
                    controller.extend_time();
                },
            )
        });
        element("div")
            .part("time-short")
            .child(element("p").child(controller.label(key)))
            .child(more)
            .into()
    });
    let mut timer = element("div").part("timer").set("tabindex", "-1");
    for line in lines.into_iter().flatten() {
        timer = timer.child(line);
    }
    timer.child(element("div").set("role", "status").child(warning)).into()
}

/// `4:05`, or `1:04:05`.
fn clock(left: TimeLeft) -> String {
    let seconds = (left.left_ms / 1000.0).ceil() as u64;
    let two = |number: u64| {
        let text = number.to_string();
        if number < 10 { String::from("0") + &text } else { text }
    };
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, two(seconds % 60));
    match hours {
        0 => minutes.to_string() + ":" + &seconds,
        hours => hours.to_string() + ":" + &two(minutes) + ":" + &seconds,
    }
}
