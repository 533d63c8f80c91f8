//! How far one is, in words and as a bar.

use super::frame::source;
use crate::survey::source::ProgressType;
use crate::ui::controller::Controller;
use crate::ui::kit::{View, Words, element, live, nothing};
use crate::value::number_text;

/// Which of the pages, or questions, this is.
pub fn position(controller: Controller) -> Words {
    Box::new(move || {
        let Some(progress) = controller.progress() else { return String::new() };
        let numbers = [("page", progress.page.to_string()), ("pages", progress.pages.to_string())];
        controller.words("survey.progress.page", &numbers)
    })
}

/// How far one is; nothing where there is just one page to count.
pub fn progress(controller: Controller) -> View {
    let (shown, by) = source(controller, |source| (source.progress, Some(source.progress_type)));
    let (true, Some(by)) = (shown, by) else { return nothing() };
    if by == ProgressType::Pages {
        return live(move || bar(controller, by));
    }
    live(move || {
        controller.follow_answers();
        bar(controller, by)
    })
}

fn bar(controller: Controller, by: ProgressType) -> View {
    let Some(progress) = controller.progress() else { return nothing() };
    let (done, all) = progress.counted(by);
    let least = if by == ProgressType::Pages { 2 } else { 1 };
    if all < least
        || controller.session(|session| session.is_start_page(session.page())) == Some(true)
    {
        return nothing();
    }
    let text = move || -> Words {
        if by == ProgressType::Pages {
            return position(controller);
        }
        let numbers = [("answered", done.to_string()), ("questions", all.to_string())];
        Box::new(move || controller.words("survey.progress.answered", &numbers))
    };
    let mut spoken = text();
    let share = done as f64 / all as f64;
    let bar = element("div")
        .part("progress-bar")
        .set("role", "progressbar")
        .live("aria-label", move || Some(controller.word("survey.progress.label")))
        .set("aria-valuemin", "0")
        .set("aria-valuemax", all.to_string())
        .set("aria-valuenow", done.to_string())
        .live("aria-valuetext", move || Some(spoken()))
        .variable("--progress", number_text((share * 100.0).round()) + "%")
        .child(element("span"));
    let words = element("span").part("progress-text").child(text());
    element("div").part("progress").child(words).child(bar).into()
}
