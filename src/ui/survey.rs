//! A survey as a Leptos component: loaded, answered page by page, finished and handed over.

mod finish;
mod frame;
mod navigation;
mod page;
mod progress;
#[cfg(not(lean))]
mod review;
#[cfg(not(lean))]
mod timer;

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::broken::broken_view;
use super::controller::{Controller, Event, OnEvent, Options, Phase};
use super::kit::{Element, element, live, nothing};

use crate::submission::Submission;
use crate::survey::Survey as Model;
pub(super) use frame::button;

/// A survey in a Leptos app.
///
/// ```no_run
/// use askwell::submission::Submission;
/// use askwell::ui::{Options, Survey};
/// use leptos::prelude::*;
///
/// #[component]
/// fn Feedback() -> impl IntoView {
///     let definition = r#"{"askwell": 1, "id": "lunch", "locales": ["en"], "pages": [
///         {"id": "p", "questions": [{"id": "recommend", "type": "nps"}]}]}"#;
///     let thanks = move |submission: Submission| {
///         leptos::logging::log!("finished: {}", submission.submission_id);
///     };
///     view! {
///         <Survey
///             definition=definition.to_owned()
///             options=Options { endpoint: Some("/v1/submissions".into()), ..Options::default() }
///             on_complete=thanks
///         />
///     }
/// }
/// ```
///
/// `definition` is a survey as JSON text; one that does not load is shown as a panel that tells
/// its author why. The looks are in [`STYLE`](super::STYLE), for a `<style>` element of the page.
#[component]
pub fn Survey(
    /// The survey as JSON text.
    definition: String,
    /// Where submissions go, in which language to begin, and what the page knows.
    #[prop(optional)]
    options: Options,
    /// Called once the last page is finished, before the submission is stored.
    #[prop(optional, into)]
    on_complete: Option<UnsyncCallback<Submission>>,
    /// Called for everything that happens.
    #[prop(optional, into)]
    on_event: Option<UnsyncCallback<Event>>,
) -> impl IntoView {
    let handler: OnEvent = Rc::new(move |controller: Controller, event: Event| {
        if let (Event::Completed, Some(on_complete)) = (&event, on_complete)
            && let Some(submission) = controller.submission()
        {
            on_complete.run(submission);
        }
        if let Some(on_event) = on_event {
            on_event.run(event);
        }
    });
    let functions: Vec<&str> = options.functions.names().collect();
    match Model::load_with(&definition, &functions) {
        Ok(loaded) => {
            let controller = Controller::new(Arc::new(loaded.survey), options, handler);
            survey_view(controller)
        }
        Err(diagnostics) => broken_view(&options.locale, &definition, &diagnostics),
    }
}

/// Everything of a survey on the screen, driven by a controller of your own.
pub fn survey_view(controller: Controller) -> Element {
    let body = live(move || {
        let phase = controller.phase();
        untrack(|| match phase {
            None => nothing(),
            Some((Phase::Offer, _)) => frame::offer(controller),
            #[cfg(not(lean))]
            Some((Phase::Answering, _)) if controller.is_reviewing() => review::review(controller),
            Some((Phase::Answering, _)) => page::page(controller),
            Some((Phase::Saving | Phase::Done, _)) => finish::finish(controller),
        })
    });
    let section = element("section")
        .part("survey")
        .live("lang", move || Some(controller.locale()))
        .live("dir", move || {
            Some(crate::locales::direction(&controller.locale()).as_str().to_owned())
        })
        .live("aria-label", move || Some(controller.name()))
        .on("pointerdown", move |_| controller.uses_pointer(true))
        .on("keydown", move |_| controller.uses_pointer(false))
        .child(frame::header(controller));
    // Apart from the page, so that a change of page announces nothing anew.
    #[cfg(not(lean))]
    let section = section.child(timer::while_answering(controller));
    section.child(body)
}
