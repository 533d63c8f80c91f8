//! What the controls and the frame around them read; all of it is tracked.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Controller, Inner, Phase};
use crate::issue::{Issue, Level};
use crate::outbox::Status;
use crate::questions::{Fetched, Kind};
use crate::session::{Changes, Progress, Session};
use crate::survey::{QuestionId, Survey};
use crate::text::{Text, fill};
use crate::ui::kit::{Host, RowChange, View, nothing, question_view};
use crate::value::Value;

impl Inner {
    fn follow(&self, question: usize) {
        self.trigger(question).track();
    }

    fn change(&self, change: impl FnOnce(&mut Session) -> Changes) {
        let changes = {
            let mut session = self.session.borrow_mut();
            session.set_now(crate::browser::now_ms());
            change(&mut session)
        };
        self.apply(changes);
    }

    #[cfg(lean)]
    fn is_refused_attachment(&self, _question: usize) -> bool {
        false
    }

    /// Whether the page takes no files just now, and this question asks for one.
    #[cfg(not(lean))]
    fn is_refused_attachment(&self, question: usize) -> bool {
        if !self.options.borrow().refuses_attachments {
            return false;
        }
        let session = self.read();
        let Some(id) = session.question_id(question) else { return false };
        let kind = session.survey().block(id.block).get(id.index).map(|it| &it.kind);
        matches!(kind, Some(Kind::FileUpload(_) | Kind::Signature(_)))
    }
}

impl Host for Inner {
    fn survey(&self) -> Arc<Survey> {
        self.read().survey().clone()
    }

    fn dom_id(&self) -> String {
        self.dom_id.clone()
    }

    fn answer(&self, question: usize) -> Value {
        self.follow(question);
        self.read().answer(question).clone()
    }

    fn set(&self, question: usize, value: Value) {
        self.change(|session| session.set(question, value));
        self.advance_after(question);
    }

    fn comment(&self, question: usize) -> Value {
        self.follow(question);
        self.read().comment(question).clone()
    }

    fn set_comment(&self, question: usize, value: Value) {
        self.change(|session| session.set_comment(question, value));
    }

    fn is_visible(&self, question: usize) -> bool {
        self.follow(question);
        self.read().is_visible(question)
    }

    fn displayed(&self, question: usize) -> String {
        self.follow(question);
        self.locale.track();
        self.read().display_answer(question)
    }

    fn is_required(&self, question: usize) -> bool {
        self.follow(question);
        self.read().is_required(question)
    }

    fn is_read_only(&self, question: usize) -> bool {
        self.follow(question);
        self.read().is_read_only(question) || self.is_refused_attachment(question)
    }

    fn issues(&self, question: usize) -> Vec<Issue> {
        self.follow(question);
        self.read().issues(question).to_vec()
    }

    fn locale(&self) -> String {
        self.locale.track();
        self.read().locale().to_owned()
    }

    fn fill(&self, question: usize, text: &str) -> String {
        self.follow(question);
        self.locale.track();
        self.read().fill_at(question, text)
    }

    fn word(&self, key: &str) -> String {
        self.locale.track();
        self.read().language().word(key).to_owned()
    }

    fn offered(&self, question: usize) -> Option<Arc<Kind>> {
        self.follow(question);
        self.read().offered_kind(question)
    }

    fn fetched(&self, question: usize) -> Fetched {
        self.follow(question);
        self.read().fetched(question)
    }

    fn ask_again(&self, question: usize) {
        self.change(|session| session.ask_again(question));
    }

    fn question_id(&self, question: usize) -> Option<QuestionId> {
        self.read().question_id(question)
    }

    fn in_panel(&self, panel: usize) -> Vec<usize> {
        self.read().in_panel(panel).to_vec()
    }

    fn rows(&self, question: usize) -> Vec<usize> {
        self.follow(question);
        self.read().shown_rows(question)
    }

    fn row_name(&self, row: usize) -> Option<String> {
        self.read().row_name(row).map(str::to_owned)
    }

    fn in_row(&self, row: usize) -> Vec<usize> {
        self.read().in_row(row)
    }

    fn change_rows(&self, question: usize, change: RowChange) {
        self.change(|session| match change {
            RowChange::Add => session.add_row(question),
            RowChange::Remove(position) => session.remove_row(question, position),
            RowChange::Move(from, to) => session.move_row(question, from, to),
        });
    }

    fn child(&self, question: usize) -> View {
        self.field.get().map_or_else(nothing, |field| question_view(field.at(question)))
    }
}

impl Controller {
    /// Askwell's own wording; tracked.
    pub fn word(self, key: &str) -> String {
        self.with(String::new(), |inner| inner.word(key))
    }

    /// Askwell's own wording with its `{names}` filled in; tracked.
    pub fn words(self, key: &str, values: &[(&str, String)]) -> String {
        fill(&self.word(key), |name| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        })
    }

    /// A heading's wording, not yet filled in; tracked.
    pub fn heading(self, text: &Text) -> String {
        self.with(String::new(), |inner| {
            inner.headings.track();
            let session = inner.read();
            session.language().text(text).to_owned()
        })
    }

    /// A wording with answers filled in; tracked.
    pub fn fill(self, wording: &str) -> String {
        self.with(String::new(), |inner| {
            inner.headings.track();
            inner.read().fill(wording)
        })
    }

    /// A heading, filled in; tracked.
    pub fn text(self, text: &Text) -> String {
        self.fill(&self.heading(text))
    }

    /// The language; tracked.
    pub fn locale(self) -> String {
        self.with(String::new(), |inner| inner.locale())
    }

    /// What the survey is called; tracked.
    pub fn name(self) -> String {
        let title = self.session(|session| session.survey().source.title.clone()).flatten();
        title.map(|title| self.text(&title)).unwrap_or_default()
    }

    /// Where the respondent is; tracked.
    pub fn progress(self) -> Option<Progress> {
        self.with(None, |inner| {
            inner.pages.track();
            Some(inner.read().progress())
        })
    }

    /// Whether there is no way back, and whether going on finishes; tracked.
    pub fn ends(self) -> (bool, bool) {
        self.with((true, true), |inner| {
            inner.pages.track();
            let session = inner.read();
            (session.is_first_page(), session.finishes_here())
        })
    }

    /// The key of the words for going on; tracked.
    pub fn next_key(self) -> &'static str {
        self.with("", |inner| {
            inner.pages.track();
            let session = inner.read();
            if session.finishes_here() {
                "survey.navigation.finish"
            } else if session.is_start_page(session.page()) {
                "survey.navigation.start"
            } else if session.is_last_page() {
                "survey.navigation.review"
            } else {
                "survey.navigation.next"
            }
        })
    }

    /// Follows every answer.
    pub(in crate::ui) fn follow_answers(self) {
        self.with((), |inner| inner.answers.track());
    }

    /// What to show, and which page where it is one; tracked.
    pub fn phase(self) -> Option<(Phase, usize)> {
        self.with(None, |inner| {
            inner.body.track();
            Some((inner.phase.get(), inner.read().page()))
        })
    }

    /// Where the submission is, as far as is known; tracked.
    pub fn delivery(self) -> Option<Status> {
        self.with(None, |inner| {
            inner.delivered.track();
            inner.delivery.get()
        })
    }

    /// Whether the submission is in this page's memory only; tracked.
    pub fn is_unsaved(self) -> bool {
        self.with(false, |inner| {
            inner.delivered.track();
            inner.unsaved.get()
        })
    }

    /// Whether submissions go anywhere at all.
    pub fn has_endpoint(self) -> bool {
        self.with(false, |inner| inner.options.borrow().endpoint.is_some())
    }

    /// Whether this browser keeps nothing.
    pub fn storage_blocked(self) -> bool {
        self.with(false, |inner| !inner.storage)
    }

    /// The questions of the current page that going on was refused for; tracked.
    pub fn refused(self) -> Vec<(usize, Issue)> {
        self.with(Vec::new(), |inner| {
            inner.issues.track();
            if !inner.refused.get() {
                return Vec::new();
            }
            let session = inner.read();
            let shown = session.shown_questions();
            let mut found: Vec<(usize, Issue)> = Vec::new();
            for (question, issue) in session.all_issues() {
                let again = found.last().is_some_and(|(last, _)| *last == question);
                if shown.contains(&question) && issue.level == Level::Error && !again {
                    found.push((question, issue.clone()));
                }
            }
            found
        })
    }

    /// True once after an action that moves the respondent somewhere else.
    pub(in crate::ui) fn takes_focus(self) -> bool {
        self.with(false, |inner| inner.takes_focus.replace(false))
    }
}
