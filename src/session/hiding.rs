//! What happens to questions, and to their answers, as they are hidden and shown.

use super::recalculate::{Queue, Shown};
use super::{Aspects, Changes, Session};
use crate::flow::Changed;
use crate::survey::source::HiddenAnswers;
use crate::survey::{Key, Question, Slot};
use crate::value::Value;

impl Session {
    /// Drops answers that hidden questions begin with, where the survey wants none of them.
    pub(super) fn clear_hidden(&mut self) {
        let mut queue = Queue::new();
        let mut changes = Changes::default();
        for question in 0..self.survey.questions.len() {
            let stays = self.is_tidy() && self.is_computed(question);
            if !self.is_visible(question) && !self.answer(question).is_empty() && !stays {
                self.clear_or_begin(question, &mut queue, &mut changes);
            }
        }
        self.run(queue, &mut changes);
    }

    pub(super) fn mark_inside(&self, question: usize, aspects: Aspects, changes: &mut Changes) {
        changes.mark(question, aspects);
        for inside in self.flow.children(question) {
            self.mark_inside(*inside, aspects, changes);
        }
    }

    pub(super) fn show(
        &mut self,
        shown: Shown,
        holds: bool,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        let mut changed = Vec::new();
        let hidden = match shown {
            Shown::Question(question) if self.is_tidy() && !holds => self.answered_unseen(question),
            _ => Vec::new(),
        };
        let mut note = |change| changed.push(change);
        match shown {
            Shown::Page(page) => self.flow.set_page(page, holds, &mut note),
            Shown::Question(question) => self.flow.set_question(question, holds, &mut note),
            Shown::InRow(question) => self.flow.set_open(question, holds, &mut note),
        }
        for change in changed {
            match change {
                Changed::Page(page) => changes.turn_page(page),
                Changed::Question(question) => {
                    changes.turn(question);
                    if self.row_of(question).is_none() {
                        self.follow(Key::root(Slot::Visibility(question)), None, queue, changes);
                    }
                    self.clear_or_begin(question, queue, changes);
                }
            }
        }
        for question in hidden {
            self.clear_or_begin(question, queue, changes);
        }
    }

    /// What is hidden already of a question that is about to be hidden itself, and of what stands
    /// in it, and is answered all the same.
    pub(super) fn answered_unseen(&self, question: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = if self.flow.holds(question) { vec![question] } else { Vec::new() };
        while let Some(inner) = open.pop() {
            let Some(model) = self.question(inner) else { continue };
            let goes =
                inner == question || self.hidden_mode(model) == HiddenAnswers::OnHiddenContainer;
            if goes && !self.is_visible(inner) && !self.answer(inner).is_empty() {
                found.push(inner);
            }
            open.extend(self.flow.children(inner));
        }
        found
    }

    /// What happens to the answer of a question while it is hidden.
    pub(super) fn hidden_mode(&self, model: &Question) -> HiddenAnswers {
        model.source.hidden_answer.unwrap_or(self.survey.source.hidden_answers)
    }

    /// Drops the answer of a question that was hidden, or gives one that is shown again the
    /// answer it begins with, where the survey wants that at once.
    pub(super) fn clear_or_begin(
        &mut self,
        question: usize,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        let Some(model) = self.question(question) else { return };
        let at_once = match self.hidden_mode(model) {
            HiddenAnswers::None | HiddenAnswers::OnComplete => false,
            HiddenAnswers::OnHidden => self.is_visible(question) || !self.flow.holds(question),
            HiddenAnswers::OnHiddenContainer => true,
        };
        if !at_once || !model.kind.as_type().takes_answer() {
            return;
        }
        if !self.is_visible(question) {
            let fresh = self.row_of(question).is_some_and(|row| self.fresh_rows.contains(&row))
                || (self.is_tidy() && self.is_in_unseen_rows(question));
            // What a session that is taken up again has of hidden answers was not cleared then.
            let stays = self.is_tidy()
                && self.row_of(question).is_none()
                && (self.replaying || self.is_constant(question));
            if !fresh
                && !stays
                && !self.twins(question).into_iter().any(|twin| self.is_visible(twin))
            {
                self.assign(question, Value::Null, queue, changes);
            }
        } else if self.answer(question).is_empty() {
            let default = self.default_of(model);
            self.assign(question, default, queue, changes);
        }
    }
}
