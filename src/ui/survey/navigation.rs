//! Back and on, and the list of pages to go to.

use super::frame::button;
#[cfg(not(lean))]
use super::frame::source;
#[cfg(not(lean))]
use crate::survey::source::PageSource;
use crate::ui::controller::Controller;
use crate::ui::kit::{Element, Words, element, live, nothing};

/// Back and on, in reach of a thumb; nothing where the survey leaves that to the page around it.
pub fn navigation(controller: Controller) -> Option<Element> {
    let shown = controller.session(|session| {
        let survey = session.survey();
        let page = survey.pages.get(session.page());
        survey.source.navigation && page.is_none_or(|page| page.source.navigation)
    });
    if shown == Some(false) {
        return None;
    }
    let back = live(move || {
        if controller.ends().0 {
            return nothing();
        }
        button("back", "action", controller.label("survey.navigation.back"))
            .on("click", move |_| {
                controller.previous();
            })
            .into()
    });
    let words: Words = Box::new(move || controller.word(controller.next_key()));
    let next = button("next", "action primary", words).on("click", move |_| {
        controller.next();
    });
    Some(element("div").part("navigation").child(back).child(next))
}

/// The pages to go to, folded; nothing where the survey wants none.
#[cfg(not(lean))]
pub fn contents(controller: Controller) -> crate::ui::kit::View {
    if !source(controller, |source| source.contents) {
        return nothing();
    }
    let list = live(move || {
        let Some(progress) = controller.progress() else { return nothing() };
        let pages = controller.session(|session| (session.visible_pages(), session.page()));
        let (pages, current) = pages.unwrap_or_default();
        let mut list = element("ol");
        for (place, page) in pages.into_iter().enumerate() {
            let words = page_name(controller, page, place + 1, progress.pages);
            let go = button("contents-page", "link", words).on("click", move |_| {
                controller.go_to(page);
            });
            let go = if page == current { go.set("aria-current", "step") } else { go };
            list = list.child(element("li").child(go));
        }
        list.into()
    });
    element("nav")
        .part("contents")
        .live("aria-label", move || Some(controller.word("survey.navigation.label")))
        .child(
            element("details")
                .child(element("summary").child(controller.label("survey.navigation.label")))
                .child(list),
        )
        .into()
}

/// The title of a page; its number where it has none.
#[cfg(not(lean))]
pub fn page_name(controller: Controller, page: usize, place: usize, pages: usize) -> Words {
    let title = |source: &PageSource| source.title.clone();
    let title =
        controller.session(|session| session.survey().pages.get(page).map(|p| title(&p.source)));
    match title.flatten().flatten() {
        Some(title) => controller.title(&title),
        None => Box::new(move || {
            let numbers = [("page", place.to_string()), ("pages", pages.to_string())];
            controller.words("survey.progress.page", &numbers)
        }),
    }
}
