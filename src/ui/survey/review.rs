//! All answers once more, before they are handed in.

use super::frame::source;
use super::navigation::{navigation, page_name};
use crate::survey::source::PreviewMode;
use crate::text::Text;
use crate::ui::controller::Controller;
use crate::ui::focus::takes_focus;
use crate::ui::kit::{Element, View, Words, element, nothing};
use crate::ui::survey::button;

pub fn review(controller: Controller) -> View {
    let Some(pages) = controller.session(|session| session.visible_pages()) else {
        return nothing();
    };
    let heading = element("h3").part("page-title").child(controller.label("survey.preview.title"));
    let count = pages.len();
    let pages = pages.into_iter().enumerate();
    let pages = pages.filter_map(|(place, page)| page_answers(controller, page, place + 1, count));
    element("div")
        .part("review")
        .child(takes_focus(controller, heading))
        .child(element("p").child(controller.label("survey.preview.text")))
        .children(pages)
        .child(navigation(controller))
        .into()
}

/// The answers of one page with the way back to it; nothing where there are none to show.
fn page_answers(
    controller: Controller,
    page: usize,
    place: usize,
    pages: usize,
) -> Option<Element> {
    let all = source(controller, |source| source.preview_mode == PreviewMode::All);
    let questions = controller.session(|session| {
        let mut questions = session.questions_on(page);
        questions.retain(|question| {
            let model = session.question(*question);
            session.is_visible(*question)
                && session.row_of(*question).is_none()
                && session.is_seen(*question)
                && model.is_some_and(|model| model.kind.as_type().takes_answer())
                && (all || !session.answer(*question).is_empty())
        });
        questions
    })?;
    if questions.is_empty() {
        return None;
    }
    let mut list = element("dl");
    for question in questions {
        list = list
            .child(element("dt").child(title(controller, question)))
            .child(element("dd").child(answer(controller, question)));
    }
    let mut name = page_name(controller, page, place, pages);
    let edit = button("edit", "action", controller.label("survey.preview.edit"))
        .live("aria-label", move || {
            Some(controller.words("survey.preview.edit-page", &[("title", name())]))
        })
        .on("click", move |_| {
            controller.go_to(page);
        });
    let heading = element("h4").child(page_name(controller, page, place, pages));
    let head = element("div").part("review-head").child(heading).child(edit);
    Some(element("section").part("review-page").child(head).child(list))
}

fn title(controller: Controller, question: usize) -> Words {
    let Some(field) = controller.field(question) else { return Box::new(String::new) };
    Box::new(move || {
        let title = field.model(|model| {
            let source = &model.source;
            Some(source.title.clone().unwrap_or_else(|| Text::plain(source.id.as_str())))
        });
        title.map_or_else(String::new, |title| field.text(&title))
    })
}

fn answer(controller: Controller, question: usize) -> Words {
    Box::new(move || {
        // For the language.
        let none = controller.word("question.answer.none");
        let answer = controller.session(|session| session.display_answer(question));
        answer.filter(|answer| !answer.is_empty()).unwrap_or(none)
    })
}
