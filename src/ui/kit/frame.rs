//! What stands around a control: title, description, hint, help and issues in words.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{
    Element, Field, View, Words, alert, comment_area, element, inline_prose, issue_text, live,
    nothing, prose,
};
use crate::issue::{Issue, Level};
use crate::questions::Fetched;
use crate::survey::source::QuestionSource;
use crate::text::Text;

/// The frame of one question.
pub struct Frame {
    field: Field,
    hint: Option<Words>,
    clear: bool,
    /// Whether the control shows the issues of its parts itself.
    parts: bool,
    /// What comes after the control.
    after: Option<View>,
    /// The parts of the question whose ids `aria-describedby` names.
    described_by: Vec<&'static str>,
}

impl Frame {
    /// A frame with all that the definition says about the question.
    pub fn new(field: Field) -> Self {
        let frame = Frame {
            field,
            hint: None,
            clear: false,
            parts: false,
            after: None,
            described_by: Vec::new(),
        };
        let described = with_source(field, |source| source.description.as_ref().map(|_| ()));
        if described.is_some() { frame.described_by("description") } else { frame }
    }

    /// The question in it.
    pub fn field(&self) -> Field {
        self.field
    }

    /// What the control itself has to say about the answer, such as its limits.
    pub fn hint(self, hint: Option<Words>) -> Self {
        let frame = Frame { hint, ..self };
        if frame.hint.is_some() { frame.described_by("hint") } else { frame }
    }

    /// A hint that goes without saying where the author describes the question.
    pub fn hint_unless_described(self, hint: Words) -> Self {
        if self.described_by.is_empty() { self.hint(Some(hint)) } else { self }
    }

    /// One more part of the question that describes the control; its id is the field's `part_id`.
    pub fn described_by(mut self, part: &'static str) -> Self {
        self.described_by.push(part);
        self
    }

    /// Offers to take the answer back, where none is needed.
    pub fn clearable(self) -> Self {
        Frame { clear: true, ..self }
    }

    /// Something that belongs to the control, such as the field to write "other" out.
    pub fn after(self, after: Option<View>) -> Self {
        Frame { after, ..self }
    }

    /// Leaves the issues of single parts to the control.
    pub fn parts_apart(self) -> Self {
        Frame { parts: true, ..self }
    }

    /// The ids of what describes the control; tracked.
    fn description_ids(&self) -> impl FnMut() -> Option<String> + Send + 'static {
        let (field, parts) = (self.field, self.described_by.clone());
        move || {
            let errors = (!field.issues().is_empty()).then_some("errors");
            let ids = parts.iter().copied().chain(errors).map(|part| field.part_id(part));
            let ids: Vec<String> = ids.collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    }

    /// Tells screen readers what is asked of an input and what is wrong with it.
    fn describe(&self, input: Element) -> Element {
        let field = self.field;
        input
            .live("aria-required", move || field.is_required().then(|| "true".to_owned()))
            .live("aria-invalid", move || field.is_invalid().then(|| "true".to_owned()))
            .live("aria-describedby", self.description_ids())
    }
}

/// A frame around several inputs: a field set whose legend is the title.
///
/// `role` is `radiogroup` where one of them can be chosen, else `group`.
pub fn group(frame: Frame, role: &'static str, control: impl Into<View>) -> View {
    let field = frame.field;
    let fieldset = question(field, "fieldset", "question").set("role", role);
    let fieldset = if role == "radiogroup" {
        frame.describe(fieldset)
    } else {
        fieldset.live("aria-describedby", frame.description_ids())
    };
    let fieldset = fieldset.child(title(field, element("legend")));
    let clear = frame.clear.then(|| clear_button(field));
    around(fieldset, frame, control.into()).child(clear).into()
}

/// A frame around a single input, which the title labels.
pub fn labelled(
    frame: Frame,
    input: Element,
    around_input: impl FnOnce(Element) -> Element,
) -> View {
    let field = frame.field;
    let input = frame.describe(input.set("id", field.id()));
    let label = title(field, element("label").set("for", field.id()));
    let question = question(field, "div", "question").child(label);
    let clear = frame.clear.then(|| clear_button(field));
    around(question, frame, around_input(input).into()).child(clear).into()
}

/// A frame around an input that carries its own label; the title is shown where there is one,
/// and describes the input.
pub fn bare(frame: Frame, input: Element, around_input: impl FnOnce(Element) -> Element) -> View {
    let frame = if titled(frame.field).is_some() { frame.described_by("label") } else { frame };
    let input = frame.describe(input);
    let title = titled(frame.field).map(|_| title(frame.field, element("p")));
    let question = question(frame.field, "div", "question").child(title);
    around(question, frame, around_input(input).into()).into()
}

/// A frame around other questions.
pub fn section(field: Field, questions: Element) -> View {
    let section = panel(field).child(heading(field, "h4", "panel-title").child(mark(field)));
    around(section, Frame::new(field), questions.into()).into()
}

/// The same, with a button in its heading that folds and unfolds it. It unfolds by itself where
/// something in it has to be looked at.
pub fn folding_section(field: Field, questions: Element, open: bool) -> View {
    let open = RwSignal::new(open);
    let invalid = Memo::new(move |_| is_invalid_inside(field));
    let button = element("button")
        .set("type", "button")
        .set("class", "fold")
        .set("aria-controls", field.part_id("inside"))
        .live("aria-expanded", move || Some(open.get().to_string()))
        .child(title_text(field))
        .on("click", move |_| open.update(|open| *open = !*open));
    let heading = element("h4").part("panel-title").set("id", field.label_id());
    let section = panel(field).child(heading.child(button).child(mark(field))).effect(move |_| {
        if invalid.get() {
            open.set(true);
        }
    });
    let inside =
        element("div").set("id", field.part_id("inside")).flag("hidden", move || !open.get());
    around(section, Frame::new(field), inside.child(questions).into()).into()
}

fn panel(field: Field) -> Element {
    question(field, "section", "panel")
        .set("id", field.id())
        .set("tabindex", "-1")
        .set("aria-labelledby", field.label_id())
}

fn is_invalid_inside(field: Field) -> bool {
    // All of them are looked at, so that all are followed.
    field
        .in_panel()
        .into_iter()
        .fold(field.is_invalid(), |invalid, inside| is_invalid_inside(field.at(inside)) || invalid)
}

/// A frame around text alone.
pub fn note(field: Field) -> View {
    let note = question(field, "div", "question note");
    let title = titled(field).map(|_| heading(field, "p", "title"));
    around(note.child(title), Frame::new(field), nothing()).into()
}

/// The outermost element, which pages find by the question's own id.
fn question(field: Field, tag: &'static str, part: &'static str) -> Element {
    let id = with_source(field, |source| Some(source.id.clone()));
    element(tag).part(part).set("data-question", id.unwrap_or_default())
}

/// A frame around something to look at; the title is shown where there is one.
pub fn figure(field: Field, content: Element) -> View {
    let title = titled(field).map(|_| heading(field, "p", "title"));
    let question = element("div").part("question").child(title);
    around(question, Frame::new(field), content.into()).into()
}

/// A frame around a value that nobody gives; what it is called is its label.
pub fn reading(field: Field, output: Element) -> View {
    let output = output.set("id", field.id()).set("aria-labelledby", field.label_id());
    let question = question(field, "div", "question").child(heading(field, "p", "title"));
    around(question, Frame::new(field), output.into()).into()
}

/// The title as a heading of its own.
fn heading(field: Field, tag: &'static str, part: &'static str) -> Element {
    element(tag).part(part).set("id", field.label_id()).child(title_text(field))
}

fn around(question: Element, frame: Frame, control: View) -> Element {
    let field = frame.field;
    let described = with_source(field, |source| source.description.clone());
    let help = with_source(field, |source| source.help.clone());
    question
        .child(described.map(|text| {
            let id = field.part_id("description");
            element("div").part("description").set("id", id).child(prose(field, &text))
        }))
        .child(
            frame
                .hint
                .map(|hint| element("p").part("hint").set("id", field.part_id("hint")).child(hint)),
        )
        .child(help.map(|text| help_view(field, &text)))
        .child(errors(field, frame.parts))
        .child(fetch_note(field))
        .child(control)
        .child(frame.after)
        .child(comment_area(field))
}

fn title(field: Field, tag: Element) -> Element {
    tag.part("title")
        .set("id", field.label_id())
        .child(title_text(field))
        .child(" ")
        .child(mark(field))
}

/// Whether an answer is required, or cannot be changed, in a word.
pub fn mark(field: Field) -> Element {
    let mark = move || {
        let key = if field.is_read_only() {
            "question.state.disabled"
        } else if field.is_required() {
            "question.mark.required"
        } else {
            return String::new();
        };
        field.word(key)
    };
    element("span").part("mark").child(Box::new(mark) as Words)
}

fn title_text(field: Field) -> View {
    let title = titled(field).unwrap_or_else(|| {
        Text::plain(with_source(field, |source| Some(source.id.clone())).unwrap_or_default())
    });
    inline_prose(field, &title)
}

/// The title, where the author gave one.
pub fn titled(field: Field) -> Option<Text> {
    with_source(field, |source| source.title.clone())
}

fn with_source<T>(field: Field, read: impl Fn(&QuestionSource) -> Option<T>) -> Option<T> {
    field.model(|model| read(&model.source))
}

fn help_view(field: Field, text: &Text) -> Element {
    let word = |part, key| element("span").part(part).child(field.label(key));
    let summary = element("summary")
        .child(word("show", "question.help.show"))
        .child(word("hide", "question.help.hide"));
    let text = element("div").part("help-text").child(prose(field, text));
    element("details").part("help").child(summary).child(text)
}

/// That choices are on the way, or could not be had and how to try again.
fn fetch_note(field: Field) -> Option<Element> {
    if cfg!(lean) {
        return None;
    }
    field.model(|model| model.kind.as_type().choice_list()?.by_url.as_ref().map(|_| ()))?;
    let state = Memo::new(move |_| field.fetched());
    let words = move || match state.get() {
        Fetched::Waiting => field.word("question.choices.waiting"),
        Fetched::Failed => field.word("question.choices.failed"),
        _ => String::new(),
    };
    let again = move || {
        (state.get() == Fetched::Failed).then(|| {
            element("button")
                .part("action")
                .set("type", "button")
                .child(field.label("survey.delivery.retry"))
                .on("click", move |_| field.ask_again())
        })
    };
    let words = element("p").part("hint").set("role", "status").child(Box::new(words) as Words);
    Some(element("div").part("fetched").child(words).child(live(again)))
}

fn errors(field: Field, parts_apart: bool) -> Element {
    let shown = move |issue: &Issue| !parts_apart || issue.part.is_none();
    issue_lines(field, field.errors_id(), shown)
}

/// The issues of one part of a question in words.
pub fn part_errors(field: Field, part: String, id: String) -> Element {
    issue_lines(field, id, move |issue| issue.part.as_deref() == Some(&part))
}

fn issue_lines(
    field: Field,
    id: String,
    shown: impl Fn(&Issue) -> bool + Send + 'static,
) -> Element {
    let errors = move || -> Vec<Element> {
        let issues = field.issues().into_iter().filter(&shown);
        let line = |issue: Issue| {
            let part = if issue.level == Level::Error { "error" } else { "advice" };
            element("p").part(part).child(alert()).child(issue_text(field, &issue))
        };
        issues.map(line).collect()
    };
    element("div").part("errors").set("id", id).child(live(errors))
}

/// A button that takes the answer back, while there is one that is not needed.
fn clear_button(field: Field) -> View {
    let offered = Memo::new(move |_| {
        !field.value().is_empty() && !field.is_required() && !field.is_read_only()
    });
    let button = move || {
        element("button")
            .part("clear")
            .set("type", "button")
            .child(field.label("question.answer.clear"))
            .on("click", move |event| {
                field.set(crate::value::Value::Null);
                focus_first(&event);
            })
    };
    live(move || offered.get().then(button))
}

/// A button that goes away gives the focus to the first input of its question, or else to
/// its first button.
pub fn focus_first(event: &leptos::ev::Event) {
    let button = event
        .current_target()
        .and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
    let question = button.and_then(|button| button.closest(".question").ok().flatten());
    let find = |tag| question.as_ref()?.query_selector(tag).ok().flatten();
    if let Some(input) = find("input")
        .or_else(|| find("button"))
        .and_then(|i| i.dyn_into::<leptos::web_sys::HtmlElement>().ok())
    {
        let _ = input.focus();
    }
}
