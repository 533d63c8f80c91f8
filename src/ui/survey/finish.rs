//! After the last page: thanks, what the answers tell, and where they are now.

use leptos::prelude::*;

use super::frame::{button, citation, source};
use crate::outbox::Status;
use crate::ui::controller::{Controller, Phase};
use crate::ui::focus::takes_focus;
use crate::ui::kit::{Element, View, Words, element, live, nothing};
use crate::ui::results::results;

/// Thanks come only once the submission is safe; until then it is said that it is being saved.
pub fn finish(controller: Controller) -> View {
    let done = matches!(controller.phase(), Some((Phase::Done, _)));
    element("div")
        .part("completion")
        .child(done.then(|| thanks(controller)))
        .child(delivery(controller))
        .child(done.then(|| aftermath(controller)))
        .into()
}

fn thanks(controller: Controller) -> View {
    let closing = controller.session(|session| session.closing()).unwrap_or_default();
    let title = match &closing.title {
        Some(title) => controller.title(title),
        None => controller.label("survey.completion.title"),
    };
    let heading = takes_focus(controller, element("h3").part("completion-title").child(title));
    let text = match &closing.text {
        Some(text) => controller.prose(text),
        None => element("p").child(controller.label(closing.word)).into(),
    };
    let outcome = controller.session(|session| session.outcome().cloned()).flatten();
    let outcome = outcome.map(|text| element("div").part("outcome").child(controller.prose(&text)));
    (heading, text, outcome).into()
}

fn aftermath(controller: Controller) -> View {
    let shows =
        source(controller, |source| source.completion.as_ref().is_some_and(|c| c.show_scores));
    let redirect = controller.leads_on().map(|address| {
        element("a")
            .set("class", "action primary")
            .set("part", "continue")
            .set("href", address)
            .child(controller.label("survey.completion.continue"))
    });
    (shows.then(|| results(controller)), redirect, citation(controller)).into()
}

/// The key of the words for where the submission is.
fn delivery_key(controller: Controller) -> &'static str {
    let stored = controller.has_endpoint();
    match controller.delivery() {
        _ if !stored => "survey.delivery.nowhere",
        None => "survey.delivery.saving",
        Some(Status::Saved) => "survey.delivery.saved",
        Some(Status::Sending) if controller.is_unsaved() => "survey.delivery.direct",
        Some(Status::Sending) => "survey.delivery.sending",
        Some(Status::Sent) => "survey.delivery.sent",
        Some(Status::Unsaved) => "survey.delivery.direct",
        Some(Status::Waiting | Status::Paused) if controller.is_unsaved() => {
            "survey.delivery.unsaved"
        }
        Some(Status::Waiting | Status::Paused) => {
            if window().navigator().on_line() {
                "survey.delivery.retrying"
            } else {
                "survey.delivery.waiting"
            }
        }
        Some(Status::Refused) => "survey.delivery.refused",
        Some(Status::Unverified) => "survey.delivery.unverified",
    }
}

/// Where the submission is, said again whenever that changes.
fn delivery(controller: Controller) -> Element {
    let words: Words = Box::new(move || controller.word(delivery_key(controller)));
    let trouble = Memo::new(move |_| {
        matches!(
            controller.delivery(),
            Some(Status::Waiting | Status::Paused | Status::Refused | Status::Unverified)
        )
    });
    let again = live(move || {
        if !trouble.get() {
            return nothing();
        }
        let retry = button("retry", "action", controller.label("survey.delivery.retry"))
            .on("click", move |_| controller.flush());
        let copy = button("download", "action", controller.label("survey.delivery.download"))
            .on("click", move |_| controller.download());
        element("div").part("actions").child(retry).child(copy).into()
    });
    let state = move || {
        let state = match controller.delivery() {
            _ if !controller.has_endpoint() => "kept",
            Some(Status::Sent) => "sent",
            Some(Status::Refused | Status::Unverified) => "trouble",
            _ => "moving",
        };
        Some(state.to_owned())
    };
    let status = element("p").set("role", "status").part("delivery-text").child(words);
    element("div").part("delivery").live("data-state", state).child(status).child(again)
}
