//! How hidden answers go at the end, where answers are tidy: one after the other, so that events
//! follow each, while conditions and triggers stand still.

use std::cmp::Reverse;

use crate::session::recalculate::Queue;
use crate::session::{Changes, Session};
use crate::survey::Target;
use crate::survey::source::HiddenAnswers;
use crate::value::Value;

impl Session {
    /// Drops the answers of hidden questions outside rows, each with what follows from it.
    pub(in crate::session) fn drop_hidden(&mut self, changes: &mut Changes) {
        for question in 0..self.survey.questions.len() {
            let totals = self.totals(question);
            if !totals.is_empty() {
                self.following.totals.push((question, totals));
            }
        }
        self.following.finishing = true;
        for question in 0..self.survey.questions.len() {
            let Some(model) = self.question(question) else { continue };
            let stays = self.is_visible(question)
                || self.hidden_mode(model) == HiddenAnswers::None
                || self.is_start_page(model.page)
                || self.twins(question).into_iter().any(|twin| self.is_visible(twin));
            let mut queue = Queue::new();
            if !model.kind.as_type().takes_answer() {
                continue;
            }
            if stays {
                if self.is_visible(question) && self.counts_entries(question) {
                    self.drop_hidden_cells(question, changes);
                }
                continue;
            }
            if self.counts_entries(question) {
                self.empty_entries(question, changes);
            }
            if !self.answer(question).is_null() {
                self.assign(question, Value::Null, &mut queue, changes);
            }
            if !self.comment(question).is_empty() {
                self.instances[question].comment = Value::Null;
            }
            self.renew_carried(&queue, changes);
            let assigned = std::mem::take(&mut self.following.assigned);
            self.following.setting.extend(assigned);
            self.settle(queue, changes);
            self.following.setting.clear();
        }
        self.following.finishing = false;
        self.look_again(changes);
    }

    /// Looks at choices that come from an answer that just went; they do not stand still.
    fn renew_carried(&mut self, due: &Queue, changes: &mut Changes) {
        for Reverse((rule, _)) in due {
            let target = self.survey.rules().get(*rule).map(|rule| (rule.block, rule.target));
            let Some((0, Target::Offer(question))) = target else { continue };
            let offer = self.question(question).and_then(|model| model.offer.as_deref());
            if offer.is_some_and(|offer| offer.carry.is_some()) {
                self.renew_offer(question, &mut Queue::new(), changes);
            }
        }
    }

    /// Drops what is hidden in entries that are shown.
    fn drop_hidden_cells(&mut self, question: usize, changes: &mut Changes) {
        for row in self.rows(question).to_vec() {
            for inner in self.row_questions(row) {
                let mode = self.question(inner).map(|model| self.hidden_mode(model));
                let goes = !self.flow.holds(inner) && mode != Some(HiddenAnswers::None);
                if goes && !self.answer(inner).is_empty() {
                    let mut queue = Queue::new();
                    self.assign(inner, Value::Null, &mut queue, changes);
                    self.settle(queue, changes);
                }
            }
        }
        self.following.assigned.clear();
    }

    /// Empties entries: of a question that is hidden itself all that is in them, of one that
    /// stands in something hidden what is hidden in them too.
    pub(in crate::session) fn empty_entries(&mut self, question: usize, changes: &mut Changes) {
        let itself = !self.flow.holds(question);
        for row in self.rows(question).to_vec() {
            for inner in self.row_questions(row) {
                if (itself || !self.flow.holds(inner)) && !self.answer(inner).is_empty() {
                    self.put(inner, Value::Null, changes);
                }
            }
        }
        if self.instances[question].begun && !self.rows(question).is_empty() {
            self.instances[question].answer = self.answer_from_rows(question, &|_| true);
        }
    }
}
