//! Which answers are not acceptable yet, and which of that is shown.

use super::{Changes, Session, Step};
use crate::expr::{Expression, Scope};
use crate::issue::{Code, Issue, Level};
use crate::questions::{Fetched, Kind, Look};
use crate::survey::source::{CheckErrors, HiddenAnswers};
use crate::survey::{Question, Slot};
use crate::validate::{self, Given};
use crate::value::Value;

/// What is shown of what is wrong with an answer.
#[derive(Clone, Default)]
pub struct Shown {
    pub issues: Vec<Issue>,
    /// Whether errors are shown, or just what holds nobody up.
    pub errors: bool,
}

impl Session {
    /// Looks at some answers and shows their issues.
    pub(super) fn check(&mut self, questions: &[usize]) -> Step {
        let mut step = Step::default();
        self.following.wrong = None;
        for question in questions {
            if self.is_tidy() {
                if !self.is_visible(*question) {
                    continue;
                }
                self.look_at(&[*question], &mut step.changes);
                // Conditions are not asked where an answer is missing.
                let missing = |issue: &Issue| issue.validator.is_none();
                if !self.find_issues(*question).iter().any(missing) {
                    self.open_what_is_checked(*question, &mut step.changes);
                }
            }
            self.drop_what_is_no_choice(*question, false, &mut step.changes);
            let issues = self.find_issues(*question);
            if !step.refused && issues.iter().any(|issue| issue.level == Level::Error) {
                step.refused = true;
                self.following.wrong = Some(*question);
            }
            let found = !issues.is_empty();
            self.show_issues(*question, Shown { issues, errors: true }, &mut step.changes);
            if !found {
                self.shown_issues.remove(question);
            }
        }
        step
    }

    /// Every question on a page in order, those in panels and rows included.
    pub fn questions_on(&self, page: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open: Vec<usize> = self.flow.on_page(page).iter().rev().copied().collect();
        while let Some(question) = open.pop() {
            found.push(question);
            open.extend(self.flow.children(question).iter().rev());
        }
        found
    }

    /// Says what there is to say after an answer, and no longer says what is mended.
    pub(super) fn look_over(&mut self, question: usize, changes: &mut Changes) {
        if self.is_tidy() {
            return self.look_again(changes);
        }
        self.show_at_once(question);
        if !self.shown_issues.is_empty() {
            self.renew_issues(changes);
        }
    }

    /// From now on shows what there is to say about an answer that was just given, as far as
    /// the survey wants that before the page is left; advice that holds nobody up always.
    pub(super) fn show_at_once(&mut self, question: usize) {
        let errors = self.check_errors() == CheckErrors::OnValueChanged;
        let advises = |model: &Question| {
            model.source.validators.iter().any(|validator| validator.level() != Level::Error)
        };
        if errors || self.question(question).is_some_and(advises) {
            self.shown_issues.or_insert_with(question, Shown::default).errors |= errors;
        }
        // Whose condition reads the answer is looked at with it.
        let slot = Slot::Answer(question).encode();
        for other in (0..self.survey.questions.len()).filter(|_| errors) {
            let conditions = self.survey.questions[other].conditions.iter().flatten();
            if conditions.into_iter().any(|condition| condition.reads().contains(&slot)) {
                self.shown_issues.or_insert_with(other, Shown::default).errors = true;
            }
        }
    }

    /// Looks again at the answers whose issues are shown.
    pub(super) fn renew_issues(&mut self, changes: &mut Changes) {
        let flagged: Vec<(usize, bool)> =
            self.shown_issues.iter().map(|(question, shown)| (*question, shown.errors)).collect();
        for (question, errors) in flagged {
            let mut issues = self.find_issues(question);
            issues.retain(|issue| errors || issue.level != Level::Error);
            // An entry without issues stays, so that undoing the correction shows them again.
            self.show_issues(question, Shown { issues, errors }, changes);
        }
    }

    pub(super) fn show_issues(&mut self, question: usize, shown: Shown, changes: &mut Changes) {
        if self.issues(question) != shown.issues {
            changes.mark(question, super::Aspects::ISSUES);
        }
        self.shown_issues.insert(question, shown);
    }

    /// What is wrong with a question's answer at this moment, shown or not.
    pub fn find_issues(&self, question: usize) -> Vec<Issue> {
        self.find_issues_of(question, true)
    }

    /// The same; without `required`, an answer may be missing.
    pub(super) fn find_issues_of(&self, question: usize, required: bool) -> Vec<Issue> {
        let shown = match self.is_tidy() {
            // What stands around it may be hidden: then its errors wait.
            true => self.flow.holds(question) || !self.rows(question).is_empty(),
            false => self.is_visible(question),
        };
        let locked = self.is_read_only(question);
        let keys = locked && self.is_tidy() && !self.rows(question).is_empty();
        if !shown || (locked && !keys) {
            return Vec::new();
        }
        let Some(model) = self.question(question) else { return Vec::new() };
        if let Kind::Panel(_) = model.kind {
            let empty = self.is_required(question) && !self.is_answered_inside(question);
            return if empty { vec![Issue::new(Code::RequiredInside)] } else { Vec::new() };
        }
        // Hidden rows of a table are known all the same: their answers may come back.
        let kind = if model.rows.is_some() { Some(&model.kind) } else { self.kind(question) };
        let Some(kind) = kind else { return Vec::new() };
        match self.fetched(question) {
            // Whoever cannot see the choices need not choose, and cannot have chosen wrongly.
            Fetched::Failed => return Vec::new(),
            Fetched::Waiting if !self.answer(question).is_empty() => return Vec::new(),
            _ => {}
        }
        let counted = self.counted(question);
        let waiting = &self.instances[question].waiting;
        let given = Given {
            kind: kind.as_type(),
            answer: if waiting.is_null() { &counted } else { waiting },
            comment: self.comment(question),
            required: required && self.is_required(question),
        };
        let scope: &dyn Scope = &self.scope(self.row_of(question));
        let holds = |condition: &Expression| condition.is_true(scope, &self.environment);
        let mut issues = validate::issues(model, &given, &holds);
        // Entries that can only be read must not be the same either, where answers are tidy.
        issues.retain(|issue| !keys || issue.code == Code::NotUnique);
        if self.is_tidy() {
            let control =
                [Code::NotAChoice, Code::WrongType, Code::TooMany, Code::TooLong, Code::NotAlone];
            // Buttons have no place to write in.
            let buttons = kind.as_type().looks().is_some_and(|looks| looks.look == Look::Buttons);
            issues.retain(|issue| {
                let unasked = buttons && issue.code == Code::RequiredComment;
                issue.validator.is_some() || !(unasked || control.contains(&issue.code))
            });
        }
        issues
    }

    /// In a survey that wants its answers tidy, takes out what is no choice; of what is hidden
    /// too where that is said.
    pub(super) fn drop_what_is_no_choice(
        &mut self,
        question: usize,
        hidden: bool,
        changes: &mut Changes,
    ) {
        let Some(model) = self.question(question).filter(|_| self.is_tidy()) else {
            return;
        };
        let keeps = self.hidden_mode(model) == HiddenAnswers::None;
        let Some(kind) = self.kind(question).filter(|_| !keeps) else { return };
        let known = matches!(self.fetched(question), Fetched::NotAsked | Fetched::Here);
        let shown = hidden || self.is_visible(question);
        let looked_at = known && shown && self.twins(question).is_empty();
        if kind.as_type().choice_list().is_none() || !looked_at {
            return;
        }
        let left = kind.as_type().retained(self.answer(question));
        if left != *self.answer(question) {
            let before = self.answer(question).clone();
            self.put(question, left, changes);
            if hidden {
                // It comes back once it is offered.
                let left = self.answer(question).clone();
                self.instances[question].withdrawn = taken_out(&before, &left);
            }
            self.after_change(question, changes);
        }
    }

    fn is_answered_inside(&self, panel: usize) -> bool {
        self.flow.children(panel).iter().any(|question| {
            let answered = self.is_visible(*question) && !self.answer(*question).is_empty();
            answered || self.is_answered_inside(*question)
        })
    }

    /// The issues to show: no errors until going on was refused.
    pub fn issues(&self, question: usize) -> &[Issue] {
        self.shown_issues.get(&question).map_or(&[], |shown| &shown.issues)
    }

    /// Every issue that is shown, in the order of the survey.
    pub fn all_issues(&self) -> impl Iterator<Item = (usize, &Issue)> {
        let questions = match self.shown_issues.is_empty() {
            true => Vec::new(),
            false => self.flow.visible_pages().flat_map(|page| self.questions_on(page)).collect(),
        };
        let visible = questions.into_iter().filter(|question| self.is_visible(*question));
        let shown = visible.filter_map(|q| Some((q, self.shown_issues.get(&q)?)));
        shown.flat_map(|(question, shown)| shown.issues.iter().map(move |issue| (question, issue)))
    }
}

/// Which of several choices are no longer chosen.
fn taken_out(before: &Value, left: &Value) -> Vec<Value> {
    let left = left.as_list().unwrap_or_default();
    let before = before.as_list().unwrap_or_default().iter();
    before.filter(|value| !left.contains(value)).cloned().collect()
}
