//! What stands around the pages: title, language, notice, and the offer to go on with a draft.

use leptos::prelude::*;

use super::super::focus::takes_focus;
use crate::locales;
use crate::survey::source::SurveySource;
use crate::text::Text;
use crate::ui::controller::Controller;
use crate::ui::kit::{Element, View, Words, element, nothing};

/// Reads the definition.
pub fn source<T: Default>(controller: Controller, read: impl Fn(&SurveySource) -> T) -> T {
    controller.session(|session| read(&session.survey().source)).unwrap_or_default()
}

pub fn header(controller: Controller) -> Element {
    let title = source(controller, |source| source.title.clone());
    let title = title.map(|title| element("h2").part("title").child(controller.title(&title)));
    element("header").part("header").child(title).child(languages(controller))
}

/// The languages to choose from, each by its own name, where there are several.
fn languages(controller: Controller) -> View {
    let locales = source(controller, |source| source.locales.clone());
    if locales.len() < 2 {
        return nothing();
    }
    let options = locales.into_iter().map(|locale| {
        let tag = locale.clone();
        element("option")
            .set("value", locale.clone())
            .set("lang", locale.clone())
            .property("selected", move || controller.locale() == tag)
            .child(locales::name(&locale).to_owned())
    });
    let select = element("select")
        .part("language")
        .live("aria-label", move || Some(controller.word("survey.language.label")))
        .children(options)
        .on("change", move |event| controller.set_locale(&event_target_value(&event)));
    // Filled only after a change, so that nothing is announced at the start.
    let first = untrack(|| controller.locale());
    let mut changed = false;
    let announcement: Words = Box::new(move || {
        changed |= controller.locale() != first;
        if changed { controller.word("survey.language.changed") } else { String::new() }
    });
    let announcement =
        element("span").set("class", "unseen").set("role", "status").child(announcement);
    (select, announcement).into()
}

/// The introduction: what the survey is about, and what is collected by whom.
pub fn introduction(controller: Controller) -> View {
    let description = source(controller, |source| source.description.clone());
    let description = description
        .map(|text| element("div").part("survey-description").child(controller.prose(&text)));
    (description, notice(controller)).into()
}

/// The notice, folded: a respondent is to find it, not to climb over it.
pub fn notice(controller: Controller) -> Option<Element> {
    let notice = source(controller, |source| source.notice.clone())?;
    let parts: [(&'static str, Option<Text>); 6] = [
        ("survey.notice.collector", notice.collector),
        ("survey.notice.purpose", notice.purpose),
        ("survey.notice.categories", notice.categories),
        ("survey.notice.use", notice.use_of),
        ("survey.notice.rights", notice.rights),
        ("survey.notice.effect", notice.effect),
    ];
    let mut list = element("dl");
    for (key, text) in parts {
        if let Some(text) = text {
            list = list
                .child(element("dt").child(controller.label(key)))
                .child(element("dd").child(controller.prose(&text)));
        }
    }
    Some(details("notice", controller.label("survey.notice.show"), list))
}

/// Where the questionnaire comes from.
pub fn citation(controller: Controller) -> Option<Element> {
    let (text, license) =
        source(controller, |source| (source.citation.clone(), source.license.clone()));
    let text = text?;
    let license = license.map(|license| -> Element {
        let parameters = [("license", license)];
        let words: Words =
            Box::new(move || controller.words("survey.citation.license", &parameters));
        element("p").child(words)
    });
    let content = element("div").child(controller.prose(&text)).child(license);
    Some(details("citation", controller.label("survey.citation.show"), content))
}

fn details(part: &'static str, summary: Words, content: Element) -> Element {
    element("details")
        .part(part)
        .child(element("summary").child(summary))
        .child(content.set("class", "details-content"))
}

/// Tells that nothing can be kept here, before anybody relies on it.
pub fn storage_notice(controller: Controller) -> Option<Element> {
    controller.storage_blocked().then(|| {
        element("p")
            .part("storage")
            .set("role", "note")
            .child(controller.label("survey.storage.blocked"))
    })
}

/// A button.
pub fn button(part: &'static str, look: &'static str, words: Words) -> Element {
    element("button").set("type", "button").set("class", look).set("part", part).child(words)
}

/// Go on with the draft, or start over?
pub fn offer(controller: Controller) -> View {
    let heading = element("h3").part("offer-title").child(controller.label("survey.draft.title"));
    let resume = button("resume", "action primary", controller.label("survey.navigation.resume"));
    let over = button("start-over", "action", controller.label("survey.navigation.start-over"));
    element("div")
        .part("offer")
        .child(takes_focus(controller, heading))
        .child(element("p").child(controller.label("survey.draft.text")))
        .child(
            element("div")
                .part("actions")
                .child(resume.on("click", move |_| controller.resume()))
                .child(over.on("click", move |_| controller.reset())),
        )
        .into()
}
