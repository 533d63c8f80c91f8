//! What is shown at once: where one is, what is wrong, the questions, and the way on.

use super::frame::{citation, introduction, notice, storage_notice};
#[cfg(not(lean))]
use super::navigation::contents;
use super::navigation::navigation;
use super::progress::{position, progress};
use crate::issue::Issue;
use crate::locales::counted;
use crate::survey::source::PageSource;
use crate::text::Text;
use crate::ui::controller::Controller;
use crate::ui::focus::{focus_question, takes_focus};
use crate::ui::kit::{Element, View, Words, arrange, element, issue_text, live, nothing};

/// What is shown at once: a page, all pages under each other, or one question of a page.
pub fn page(controller: Controller) -> View {
    let Some(pages) = controller.session(|session| session.shown_pages()) else { return nothing() };
    let first = controller.session(|session| session.is_opening()) == Some(true);
    let foot = if first { citation(controller) } else { notice(controller) };
    let mut parts: Vec<View> = Vec::new();
    for page in pages {
        parts.extend(one_page(controller, page));
    }
    let page = element("div")
        .part("page")
        .child(first.then(|| introduction(controller)))
        .child(first.then(|| storage_notice(controller)))
        .child(progress(controller));
    #[cfg(not(lean))]
    let page = page.child(contents(controller));
    page.child(live(move || error_summary(controller)))
        .child(form(parts))
        .child(navigation(controller))
        .child(foot)
        .into()
}

/// The heading of a page and its questions.
fn one_page(controller: Controller, page: usize) -> Option<View> {
    let (source, single, questions) = controller.session(|session| {
        let source = session.survey().pages.get(page)?.source.clone();
        let single = session.single_question();
        Some((source, single, single.map_or(session.on_page(page).to_vec(), |q| vec![q])))
    })??;
    let around = single.map(|question| panels_around(controller, question));
    let fields = questions.into_iter().filter_map(|question| controller.field(question));
    let columns = if single.is_some() { 1 } else { source.columns };
    let questions = arrange("questions", fields.collect(), columns);
    let description = source
        .description
        .as_ref()
        .map(|text| element("div").part("page-description").child(controller.prose(text)));
    Some((heading(controller, &source), description, around, questions).into())
}

/// The titles of the panels that a question stands in, where it is shown without them.
fn panels_around(controller: Controller, question: usize) -> Vec<Element> {
    if cfg!(lean) {
        return Vec::new();
    }
    let titles = controller.session(|session| {
        let mut titles = Vec::new();
        let mut around = session.question(question).and_then(|model| model.parent);
        while let Some(panel) = around.and_then(|panel| session.survey().questions.get(panel)) {
            titles.extend(panel.source.title.clone());
            around = panel.parent;
        }
        titles
    });
    let titles = titles.unwrap_or_default().into_iter().rev();
    titles.map(|title| element("p").part("panel-title").child(controller.title(&title))).collect()
}

/// The questions, in a form for the keyboard's sake: radio buttons that belong to none stay behind
/// in Chromium's book-keeping of a shadow root after they are gone, and then Tab passes by later
/// ones of the same name.
fn form(pages: Vec<View>) -> Element {
    element("form")
        .part("form")
        .set("novalidate", "")
        .on("submit", |event| event.prevent_default())
        .child(pages)
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
fn error_summary(controller: Controller) -> View {
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
        .into()
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
