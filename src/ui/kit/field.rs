//! The line between a control and whoever runs the session.

use super::View;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::issue::{Issue, Level};
use crate::questions::{Fetched, Kind};
use crate::survey::{Question, QuestionId, Survey};
use crate::text::{Text, fill};
use crate::value::Value;

/// What a control needs from whoever runs the session.
///
/// Everything that is said to be tracked subscribes the running effect, so that the control
/// changes in place when the answer, a condition or the language does.
pub trait Host {
    /// The survey that is being answered.
    fn survey(&self) -> Arc<Survey>;
    /// A prefix for `id` and `name` attributes, different for each widget on a page.
    fn dom_id(&self) -> String;
    /// The answer; tracked.
    fn answer(&self, question: usize) -> Value;
    /// Stores an answer.
    fn set(&self, question: usize, value: Value);
    /// What is written out for "other"; tracked.
    fn comment(&self, question: usize) -> Value;
    /// Stores what is written out for "other".
    fn set_comment(&self, question: usize, value: Value);
    /// Whether the question is shown; tracked.
    fn is_visible(&self, question: usize) -> bool;
    /// The answer in the words that the respondent sees; tracked.
    fn displayed(&self, question: usize) -> String;
    /// Whether an answer is needed; tracked.
    fn is_required(&self, question: usize) -> bool;
    /// Whether the answer can only be read; tracked.
    fn is_read_only(&self, question: usize) -> bool;
    /// The issues to show now; tracked.
    fn issues(&self, question: usize) -> Vec<Issue>;
    /// The respondent's language as a BCP 47 tag; tracked.
    fn locale(&self) -> String;
    /// The text with its `{piping}` filled; tracked.
    fn fill(&self, question: usize, text: &str) -> String;
    /// Askwell's own wording of a key in the respondent's language; tracked.
    fn word(&self, key: &str) -> String;
    /// The question's type where it offers something else now than the definition says; tracked.
    fn offered(&self, question: usize) -> Option<Arc<Kind>>;
    /// How far the choices are that lie at an address; tracked.
    fn fetched(&self, question: usize) -> Fetched;
    /// Asks for them again.
    fn ask_again(&self, question: usize);
    /// Where the model has a question.
    fn question_id(&self, question: usize) -> Option<QuestionId>;
    /// The questions that stand directly in a panel.
    fn in_panel(&self, panel: usize) -> Vec<usize>;
    /// The rows of a question; tracked.
    fn rows(&self, question: usize) -> Vec<usize>;
    /// The name of a fixed row.
    fn row_name(&self, row: usize) -> Option<String>;
    /// The questions that stand directly in a row.
    fn in_row(&self, row: usize) -> Vec<usize>;
    fn change_rows(&self, question: usize, change: RowChange);
    /// The view of a question inside another.
    fn child(&self, question: usize) -> View;
}

/// What a respondent does to the rows of a question.
#[derive(Clone, Copy, Debug)]
pub enum RowChange {
    /// Adds one at the end.
    Add,
    /// Removes the one at this position.
    Remove(usize),
    /// Moves one from a position to another.
    Move(usize, usize),
}

/// A wording that follows the language and the answers it quotes.
///
/// One boxed type for all, because each closure type in a view is compiled anew.
pub type Words = Box<dyn FnMut() -> String + Send>;

/// One question as its control sees it. Copies freely; lives as long as the reactive owner
/// under which it was made, and answers with blanks after that.
#[derive(Clone, Copy)]
pub struct Field {
    host: StoredValue<Rc<dyn Host>, LocalStorage>,
    question: usize,
}

impl Field {
    /// Make one under the widget's own owner and get the others with [`Field::at`].
    pub fn new(host: Rc<dyn Host>, question: usize) -> Self {
        Field { host: StoredValue::new_local(host), question }
    }

    /// Another question of the same session.
    pub fn at(self, question: usize) -> Self {
        Field { question, ..self }
    }

    /// The question's index in the survey.
    pub fn question(self) -> usize {
        self.question
    }

    fn ask<T: Default>(self, question: impl FnOnce(&dyn Host, usize) -> T) -> T {
        // A clone, because a host may well make signals, and nothing may be locked meanwhile.
        let host = self.host.try_get_value();
        host.map_or_else(T::default, |host| question(host.as_ref(), self.question))
    }

    /// The survey; nothing once the widget is gone.
    pub fn survey(self) -> Option<Arc<Survey>> {
        self.ask(|host, _| Some(host.survey()))
    }

    /// Looks at the question's model.
    pub fn model<T>(self, look: impl FnOnce(&Question) -> Option<T>) -> Option<T> {
        let survey = self.survey()?;
        let id = self.ask(|host, question| host.question_id(question))?;
        look(survey.block(id.block).get(id.index)?)
    }

    /// The question's type where it offers something else now than the definition says; tracked.
    pub fn offered(self) -> Option<Arc<Kind>> {
        self.ask(|host, question| host.offered(question))
    }

    /// How far the choices are that lie at an address; tracked.
    pub fn fetched(self) -> Fetched {
        self.ask(|host, question| host.fetched(question))
    }

    /// Asks for them again.
    pub fn ask_again(self) {
        self.ask(|host, question| host.ask_again(question));
    }

    /// The name of a fixed row.
    pub fn row_name(self, row: usize) -> Option<String> {
        self.ask(|host, _| host.row_name(row))
    }

    /// The questions that stand directly in this panel.
    pub fn in_panel(self) -> Vec<usize> {
        self.ask(|host, question| host.in_panel(question))
    }

    /// The rows; tracked.
    pub fn rows(self) -> Vec<usize> {
        self.ask(|host, question| host.rows(question))
    }

    /// The views of the questions that stand directly in a row.
    pub fn row(self, row: usize) -> Vec<View> {
        let questions = self.ask(|host, _| host.in_row(row));
        questions.into_iter().filter_map(|question| self.child(question)).collect()
    }

    /// Which columns have a question that is shown in any row; tracked.
    pub fn shown_columns(self) -> Vec<bool> {
        let mut shown = Vec::new();
        for row in self.rows() {
            for (column, question) in self.ask(|host, _| host.in_row(row)).into_iter().enumerate() {
                let visible = self.at(question).is_visible();
                match shown.get_mut(column) {
                    Some(shown) => *shown |= visible,
                    None => shown.push(visible),
                }
            }
        }
        shown
    }

    /// A text as it reads inside a row: `{row.…}` and `{rowIndex}` filled too; tracked.
    pub fn row_text(self, row: usize, text: &Text) -> String {
        let first = self.ask(|host, _| host.in_row(row)).first().copied();
        first.map_or_else(String::new, |question| self.at(question).text(text))
    }

    pub fn change_rows(self, change: RowChange) {
        self.ask(|host, question| host.change_rows(question, change));
    }

    /// The answer; tracked.
    pub fn value(self) -> Value {
        self.ask(|host, question| host.answer(question))
    }

    /// The answer in the words that the respondent sees; tracked.
    pub fn displayed(self) -> String {
        self.ask(|host, question| host.displayed(question))
    }

    /// Stores an answer; `Null` takes it back.
    pub fn set(self, value: Value) {
        self.ask(|host, question| host.set(question, value));
    }

    /// What is written out for "other"; tracked.
    pub fn comment(self) -> Value {
        self.ask(|host, question| host.comment(question))
    }

    /// Stores what is written out for "other".
    pub fn set_comment(self, value: Value) {
        self.ask(|host, question| host.set_comment(question, value));
    }

    /// Whether the question is shown; tracked.
    pub fn is_visible(self) -> bool {
        self.ask(|host, question| host.is_visible(question))
    }

    /// Whether an answer is needed; tracked.
    pub fn is_required(self) -> bool {
        self.ask(|host, question| host.is_required(question))
    }

    /// Whether the answer can only be read; tracked.
    pub fn is_read_only(self) -> bool {
        self.ask(|host, question| host.is_read_only(question))
    }

    /// The issues to show now; tracked.
    pub fn issues(self) -> Vec<Issue> {
        self.ask(|host, question| host.issues(question))
    }

    /// Whether there is something to show that has to be changed; tracked.
    pub fn is_invalid(self) -> bool {
        self.issues().iter().any(|issue| issue.level == Level::Error)
    }

    /// An author's text in the respondent's language with `{piping}` filled; tracked.
    pub fn text(self, text: &Text) -> String {
        self.fill(&self.wording(text))
    }

    /// An author's text in the respondent's language, as it was written; tracked.
    pub fn wording(self, text: &Text) -> String {
        self.ask(|host, _| {
            text.in_language(&host.locale(), host.survey().default_locale()).to_owned()
        })
    }

    /// The text with its `{piping}` filled; tracked.
    pub fn fill(self, text: &str) -> String {
        self.ask(|host, question| host.fill(question, text))
    }

    /// Askwell's own wording of a key; tracked.
    pub fn word(self, key: &str) -> String {
        self.ask(|host, _| host.word(key))
    }

    /// An author's text that changes in place.
    pub fn words(self, text: &Text) -> Words {
        let text = text.clone();
        Box::new(move || self.text(&text))
    }

    /// Askwell's own wording, changing in place.
    pub fn label(self, key: &'static str) -> Words {
        Box::new(move || self.word(key))
    }

    /// Askwell's own wording with its `{names}` filled; tracked.
    pub fn phrase(self, key: &str, parameters: &[(&str, String)]) -> String {
        fill(&self.word(key), |name| {
            let parameter = parameters.iter().find(|(parameter, _)| *parameter == name);
            parameter.map(|(_, value)| value.clone())
        })
    }

    /// The view of a question inside this panel.
    pub fn child(self, question: usize) -> Option<View> {
        self.ask(|host, _| Some(host.child(question)))
    }

    /// The `id` of the control; of the element that error messages lead to.
    pub fn id(self) -> String {
        self.ask(|host, question| format!("{}-{question}", host.dom_id()))
    }

    /// The `id` of one part of the control, such as a row.
    pub fn part_id(self, part: &str) -> String {
        self.id() + "-" + part
    }

    /// The `id` of the title.
    pub fn label_id(self) -> String {
        self.part_id("label")
    }

    /// The `id` of the element that holds the issues in words.
    pub fn errors_id(self) -> String {
        self.part_id("errors")
    }
}
