//! One page: where one is, what is wrong, the questions, and the way on.

use leptos::prelude::*;

use super::frame::{button, citation, introduction, notice, storage_notice};
use crate::issue::Issue;
use crate::locales::counted;
use crate::survey::source::PageSource;
use crate::text::Text;
use crate::ui::controller::Controller;
use crate::ui::focus::{focus_question, takes_focus};
use crate::ui::kit::{Element, Words, element, issue_text, question_view};
use crate::ui::wording::{dynamic, nothing};
use crate::value::number_text;

pub fn page(controller: Controller, page: usize) -> AnyView {
    let found = controller.session(|session| {
        let survey = session.survey();
        let page = survey.pages.get(page)?;
        let top = page.questions.clone();
        let top =
            top.filter(|index| survey.questions.get(*index).is_some_and(|q| q.parent.is_none()));
        Some((page.source.clone(), top.collect::<Vec<usize>>()))
    });
    let Some((source, questions)) = found.flatten() else { return nothing() };
    let (first, _) = controller.ends();
    let fields = questions.into_iter().filter_map(|question| controller.field(question));
    let questions: Vec<AnyView> = fields.map(question_view).collect();
    let foot = if first { citation(controller) } else { notice(controller) };
    element("div")
        .part("page")
        .child(first.then(|| introduction(controller)))
        .child(first.then(|| storage_notice(controller)))
        .child(dynamic(move || progress(controller)))
        .child(dynamic(move || error_summary(controller)))
        .child(heading(controller, &source))
        .child(
            source
                .description
                .map(|text| element("div").part("page-description").child(controller.prose(&text))),
        )
        .child(form(questions))
        .child(navigation(controller))
        .child(foot)
        .into_any()
}

/// The questions, in a form for the keyboard's sake: radio buttons that belong to none stay behind
/// in Chromium's book-keeping of a shadow root after they are gone, and then Tab passes by later
/// ones of the same name.
fn form(questions: Vec<AnyView>) -> Element {
    element("form")
        .part("questions")
        .set("novalidate", "")
        .on("submit", |event| event.prevent_default())
        .child(questions)
}

fn position(controller: Controller) -> Words {
    Box::new(move || {
        let Some(progress) = controller.progress() else { return String::new() };
        let numbers = [("page", progress.page.to_string()), ("pages", progress.pages.to_string())];
        controller.words("survey.progress.page", &numbers)
    })
}

/// How far one is, in words and as a bar; nothing where there is just one page.
fn progress(controller: Controller) -> AnyView {
    let Some(progress) = controller.progress() else { return nothing() };
    if progress.pages < 2 {
        return nothing();
    }
    let mut text = position(controller);
    let share = progress.page as f64 / progress.pages as f64;
    let bar = element("div")
        .part("progress-bar")
        .set("role", "progressbar")
        .live("aria-label", move || Some(controller.word("survey.progress.label")))
        .set("aria-valuemin", "0")
        .set("aria-valuemax", progress.pages.to_string())
        .set("aria-valuenow", progress.page.to_string())
        .live("aria-valuetext", move || Some(text()))
        .variable("--progress", number_text((share * 100.0).round()) + "%")
        .child(element("span"));
    let words = element("span").part("progress-text").child(position(controller));
    element("div").part("progress").child(words).child(bar).into_any()
}

/// The page's heading; where it has none, its number, for screen readers alone.
fn heading(controller: Controller, source: &PageSource) -> Element {
    let heading = match &source.title {
        Some(title) => element("h3").part("page-title").child(controller.title(title)),
        None => element("h3").set("class", "unseen").child(position(controller)),
    };
    takes_focus(controller, heading)
}

/// What keeps the respondent here, each with a way to it.
fn error_summary(controller: Controller) -> AnyView {
    let refused = controller.refused();
    if refused.is_empty() {
        return nothing();
    }
    let count = refused.len();
    let title: Words = Box::new(move || {
        let wording = counted(&controller.locale(), "survey.errors.title", count);
        crate::text::fill(wording, |name| (name == "count").then(|| count.to_string()))
    });
    let heading = takes_focus(controller, element("h3").part("errors-title").child(title));
    let links = refused.into_iter().map(|(question, issue)| link(controller, question, issue));
    element("div")
        .part("error-summary")
        .child(heading)
        .child(element("p").child(controller.label("survey.errors.text")))
        .child(element("ul").children(links))
        .into_any()
}

fn link(controller: Controller, question: usize, issue: Issue) -> Element {
    let Some(field) = controller.field(question) else { return element("li") };
    let title: Words = Box::new(move || {
        let title = field.model(|model| {
            let source = &model.source;
            Some(source.title.clone().unwrap_or_else(|| Text::plain(source.id.as_str())))
        });
        title.map_or_else(String::new, |title| field.text(&title))
    });
    let text: Words = Box::new(move || issue_text(field, &issue));
    let link = element("a")
        .set("href", format!("#{}", field.id()))
        .child(element("strong").child(title))
        .child(" ")
        .child(element("span").child(text))
        .on("click", move |event| {
            event.prevent_default();
            focus_question(&event, &field.id());
        });
    element("li").child(link)
}

/// Back and on, in reach of a thumb.
fn navigation(controller: Controller) -> Element {
    let back = dynamic(move || {
        if controller.ends().0 {
            return nothing();
        }
        button("back", "action", controller.label("survey.navigation.back"))
            .on("click", move |_| {
                controller.previous();
            })
            .into_any()
    });
    let words: Words = Box::new(move || {
        let (_, last) = controller.ends();
        controller.word(if last { "survey.navigation.finish" } else { "survey.navigation.next" })
    });
    let next = button("next", "action primary", words).on("click", move |_| {
        controller.next();
    });
    element("div").part("navigation").child(back).child(next)
}
