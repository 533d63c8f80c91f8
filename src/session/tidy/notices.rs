//! What is said about answers where they are tidy: an error stays until its question is answered
//! anew or checked, or until something is answered that one of its conditions reads by name.

use std::sync::Arc;

use super::Replaced;
use crate::expr::Expression;
use crate::flow::Place;
use crate::issue::{Code, Issue, Level};
use crate::questions::Kind;
use crate::session::check::Shown;
use crate::session::{Changes, Session};
use crate::survey::Slot;
use crate::survey::source::{CheckErrors, Trigger, TriggerType};
use crate::value::Value;

/// That an answer was replaced.
#[derive(Clone)]
pub(in crate::session) struct Notice {
    question: usize,
    /// The question in its entries that alone was given another answer.
    cell: Option<usize>,
    /// Whether all of it had been answered.
    answered: bool,
    /// Whether it is just there, without being looked at.
    unchecked: bool,
    /// Whether a condition did it: nobody else looks up then.
    passing: bool,
}

impl Session {
    pub(in crate::session) fn notice(&mut self, replaced: &Replaced) {
        let Replaced { question, before, cell, .. } = replaced;
        // To begin with, conditions are looked at once, and nobody looks at them again.
        let passing = self.following.passing || self.following.loading;
        let answered = self.was_answered(*question, before);
        let unchecked = self.following.standing_ready && self.counts_entries(*question);
        let notice = Notice { question: *question, cell: *cell, answered, unchecked, passing };
        let notices = &mut self.following.notices;
        if cell.is_some() {
            // Nobody looks at the whole once something in it has changed because of it.
            notices.retain(|earlier| earlier.question != *question || earlier.cell.is_some());
        }
        notices.push(notice);
    }

    /// Looks again at what was answered, and at what reads it, as far as errors are shown.
    pub(in crate::session) fn look_again(&mut self, changes: &mut Changes) {
        if !self.following.setting.is_empty() {
            return;
        }
        let notices = std::mem::take(&mut self.following.notices);
        for notice in &notices {
            let question = notice.question;
            if self.following.grown == Some(question) {
                continue;
            }
            self.check_before_triggers(question, changes);
            if notice.unchecked {
            } else if self.shows_each_change() || self.shows_issues(question) {
                self.look_at(&[question], changes);
                self.look_again_after(notice, changes);
            } else {
                self.look_around(question, changes);
            }
            if !notice.passing {
                self.look_again_at_readers(question, changes);
            }
        }
    }

    /// Looks at an answer because triggers that end the survey or lead elsewhere want it
    /// acceptable.
    fn check_before_triggers(&mut self, question: usize, changes: &mut Changes) {
        let checks =
            |trigger: &Trigger| matches!(trigger.kind, TriggerType::Complete | TriggerType::Skip);
        if self.survey.source.triggers.iter().any(checks) {
            self.look_at(&[question], changes);
            self.open_what_is_checked(question, changes);
            self.tell_duplicates(question, changes);
            self.drop_what_is_no_choice(question, true, changes);
        }
    }

    /// Tells what stands twice in a table, whatever else is told: looking for it tells it.
    fn tell_duplicates(&mut self, question: usize, changes: &mut Changes) {
        if self.counts_entries(question) {
            return;
        }
        let twice = |issue: &Issue| issue.code == Code::NotUnique;
        let told = self.issues(question);
        let mut issues: Vec<Issue> = told.iter().filter(|issue| !twice(issue)).cloned().collect();
        issues.extend(self.find_issues(question).into_iter().filter(twice));
        if issues.len() != told.len() {
            self.show_issues(question, Shown { issues, errors: true }, changes);
        }
    }

    /// Looks at once at what conditions have set; whoever set it first looks no more.
    pub(in crate::session) fn look_again_in_passing(&mut self, changes: &mut Changes) {
        let passing = self.following.passing;
        let heeds = |notice: &Notice| notice.passing || !passing;
        while let Some(place) = self.following.notices.iter().rposition(heeds) {
            let notice = self.following.notices.remove(place);
            let question = notice.question;
            self.following.notices.retain(|other| other.question != question);
            if !self.counts_entries(question) {
                self.check_before_triggers(question, changes);
            }
            if !notice.unchecked && (self.shows_each_change() || self.shows_issues(question)) {
                self.look_again_after(&notice, changes);
            }
        }
    }

    fn shows_each_change(&self) -> bool {
        self.survey.source.check_errors == CheckErrors::OnValueChanged
    }

    /// Whether anything is said about an answer, or about what stands in its rows.
    fn shows_issues(&self, question: usize) -> bool {
        let inside = |row: &usize| self.row_questions(*row).any(|inner| self.shows_issues(inner));
        !self.issues(question).is_empty() || self.rows(question).iter().any(inside)
    }

    fn look_again_after(&mut self, notice: &Notice, changes: &mut Changes) {
        match notice.cell {
            Some(cell) => {
                self.look_again_at_own(notice.question, notice.answered, changes);
                self.look_again_at(cell, self.answer(cell).is_empty(), changes);
            }
            None => self.look_again_at(notice.question, notice.answered, changes),
        }
    }

    fn look_again_at(&mut self, question: usize, answered: bool, changes: &mut Changes) {
        self.look_again_at_own(question, answered, changes);
        let panels = self.counts_entries(question);
        for row in self.rows(question).to_vec() {
            for inner in self.row_questions(row) {
                if panels || !self.answer(inner).is_empty() {
                    self.look_again_at(inner, false, changes);
                }
            }
        }
    }

    fn look_again_at_own(&mut self, question: usize, answered: bool, changes: &mut Changes) {
        let told = self.issues(question).to_vec();
        self.open_what_is_checked(question, changes);
        let written = std::mem::take(&mut self.following.unwritten);
        let mut issues = self.find_issues_of(question, answered);
        if !self.flow.holds(question) {
            issues.retain(|issue| issue.code == Code::NotUnique);
            issues.extend(
                told.iter()
                    .filter(|issue| issue.code == Code::Required && issue.part.is_some())
                    .cloned(),
            );
        }
        let empty = self.answer(question).is_empty();
        issues.retain(|issue| match issue.code {
            _ if issue.validator.is_some() => true,
            // What is still missing is told when the page is left.
            Code::Required if issue.part.is_some() => {
                let required = answered && empty && self.is_required(question);
                told.contains(issue) || required
            }
            Code::Required => answered,
            Code::RequiredRows => !told.is_empty(),
            Code::RequiredComment => written,
            Code::TooFew => false,
            _ => true,
        });
        self.show_issues(question, Shown { issues, errors: true }, changes);
    }

    /// Lets entries count that the conditions on an answer read.
    pub(in crate::session) fn open_what_is_checked(
        &mut self,
        question: usize,
        changes: &mut Changes,
    ) {
        if !self.flow.holds(question) || self.is_read_only(question) {
            return;
        }
        let conditions = self.question(question).map(|model| model.conditions.iter().flatten());
        let conditions: Vec<Expression> = conditions.into_iter().flatten().cloned().collect();
        self.open_what_is_read(&conditions, changes);
    }

    /// Whether an answer, or one in its rows, would be refused.
    pub(in crate::session) fn is_wrong(&self, question: usize) -> bool {
        let refused = |issue: &Issue| issue.level == Level::Error;
        let inside = |row: &usize| self.row_questions(*row).any(|inner| self.is_wrong(inner));
        self.find_issues(question).iter().any(refused) || self.rows(question).iter().any(inside)
    }

    /// Looks again at the panels around a question.
    fn look_around(&mut self, question: usize, changes: &mut Changes) {
        let mut place = self.flow.place(question);
        while let Place::Question(around) = place {
            if !self.issues(around).is_empty() {
                let issues = self.find_issues(around);
                self.show_issues(around, Shown { issues, errors: true }, changes);
                return;
            }
            place = self.flow.place(around);
        }
    }

    fn look_again_at_readers(&mut self, question: usize, changes: &mut Changes) {
        let slot = Slot::Answer(question).encode();
        let by_name = |part: &str| part.is_empty() || part.starts_with('.');
        let survey = Arc::clone(&self.survey);
        let in_rows = survey.questions.len()..self.instances.len();
        for reader in survey.conditioned_questions().iter().copied().chain(in_rows) {
            let stands = self.row_of(reader).is_none_or(|row| self.rows[row].stands);
            let Some(model) = self.question(reader).filter(|_| stands && reader != question) else {
                continue;
            };
            // Tables look up for nothing.
            if model.rows.is_some() && !self.counts_entries(reader) {
                continue;
            }
            let mut conditions = model.conditions.iter().flatten();
            if !conditions.any(|condition| condition.parts_of(slot).any(by_name)) {
                continue;
            }
            let each = self.shows_each_change() && !self.shows_issues(question);
            if each || self.shows_issues(reader) {
                self.look_again_at(reader, false, changes);
            }
        }
    }

    /// Looks again at what no longer has to be there, where anything is said about it.
    pub(in crate::session) fn forget_required(&mut self, question: usize, changes: &mut Changes) {
        if self.issues(question).is_empty() || self.is_required(question) {
            return;
        }
        self.open_what_is_checked(question, changes);
        let mut looked_at = vec![question];
        for row in self.rows(question).to_vec() {
            looked_at.extend(self.row_questions(row));
        }
        for question in looked_at {
            let issues = self.find_issues(question);
            self.show_issues(question, Shown { issues, errors: true }, changes);
        }
    }

    /// Takes back what was said about what can only be read from now on.
    pub(in crate::session) fn forget_issues(
        &mut self,
        questions: &[usize],
        enabled: bool,
        changes: &mut Changes,
    ) {
        for question in questions.iter().filter(|_| !enabled) {
            self.show_issues(*question, Shown::default(), changes);
            let inside = self.flow.children(*question).to_vec();
            self.forget_issues(&inside, enabled, changes);
        }
    }

    /// Whether an answer is there, in all its parts.
    fn was_answered(&self, question: usize, answer: &Value) -> bool {
        let Some(model) = self.question(question).filter(|_| !answer.is_empty()) else {
            return false;
        };
        let has = |name: &str| answer.get(name).is_some_and(|part| !part.is_empty());
        match (&model.kind, model.rows) {
            (Kind::Matrix(matrix), _) => matrix.row_names().iter().all(|row| has(row)),
            (_, Some(block)) => {
                let entries: Vec<&Value> = match answer {
                    Value::List(entries) => entries.iter().collect(),
                    Value::Map(rows) => rows.values().collect(),
                    _ => Vec::new(),
                };
                let cell = |entry: &Value| {
                    self.survey.block(block).iter().all(|inner| {
                        let part = entry.get(&inner.source.id);
                        !inner.kind.as_type().takes_answer()
                            || part.is_some_and(|part| !part.is_empty())
                    })
                };
                entries.len() == self.rows(question).len() && entries.into_iter().all(cell)
            }
            #[cfg(not(lean))]
            (Kind::TextList(list), _) => list.items.iter().all(|item| has(&item.id)),
            _ => true,
        }
    }
}
