//! Which rules are due besides those that a change wakes, and what triggers do.

use std::cmp::Reverse;
use std::sync::Arc;

use super::recalculate::Queue;
use super::{Changes, Session};
use crate::expr::Scope;
use crate::survey::source::{HiddenAnswers, TriggerType};
use crate::survey::{Key, Rule, Slot, Target};
use crate::value::Value;

impl Session {
    /// Whether a computed value waits until it is no longer among what can only be read.
    pub(super) fn stands_still(&self, question: usize) -> bool {
        if !self.is_tidy() {
            return false;
        }
        self.is_in_unseen_rows(question) || self.is_read_only(question)
    }

    /// Queues what is computed in the rows of a question.
    pub(super) fn queue_computed(&self, owner: usize, queue: &mut Queue) {
        for row in self.rows(owner) {
            let block = self.rows[*row].block;
            let rules = self.survey.rules().iter().enumerate();
            for (index, rule) in rules.filter(|(_, rule)| rule.block == block) {
                if matches!(rule.target, Target::Computed(_)) {
                    queue.push(Reverse((index, Some(*row))));
                }
            }
            for inner in self.row_questions(*row) {
                self.queue_computed(inner, queue);
            }
        }
    }

    /// Whether a survey begins with something that a rule reads: to begin with it is a change.
    pub(super) fn has_begun_with(&self, rule: &Rule, row: Option<usize>) -> bool {
        let scope = self.scope(row);
        let mut reads = rule.reads().peekable();
        match reads.peek() {
            Some(_) => reads.any(|slot| !scope.value(slot.encode()).is_empty()),
            None => self.instances.iter().any(|instance| !instance.answer.is_empty()),
        }
    }

    /// Whether a question is given what it begins with: hidden ones only where they keep it.
    pub(super) fn may_begin(&self, question: usize) -> bool {
        let mode = self.question(question).map(|model| self.hidden_mode(model));
        let keeps = matches!(mode, Some(HiddenAnswers::None | HiddenAnswers::OnComplete));
        keeps || self.is_visible(question)
    }

    /// The question that a trigger answers, if it answers one.
    pub(super) fn gives(&self, trigger: usize) -> Option<usize> {
        let trigger = self.survey.source.triggers.get(trigger)?;
        let gives = matches!(trigger.kind, TriggerType::Set | TriggerType::Copy);
        self.survey.index_of(trigger.to.as_deref().filter(|_| gives)?)
    }

    pub(super) fn trigger(
        &mut self,
        index: usize,
        goes_off: bool,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        if cfg!(lean) {
            return;
        }
        let survey = Arc::clone(&self.survey);
        let trigger = &survey.source.triggers[index];
        if trigger.kind == TriggerType::Complete {
            let ended = !self.ends.is_empty();
            self.ends.retain(|(trigger, _)| *trigger != index);
            if goes_off {
                // Where nothing is shown yet, it is not this page that the survey ends on.
                let nowhere = self.is_tidy() && !self.flow.is_page_visible(self.page);
                self.ends.push((index, if nowhere { usize::MAX } else { self.page }));
            }
            if ended == self.ends.is_empty() {
                changes.turn_page(Changes::END);
            }
        }
        if !goes_off {
            return;
        }
        let named = |name: &Option<String>| survey.index_of(name.as_deref().unwrap_or_default());
        let value = match trigger.kind {
            TriggerType::Complete => return,
            TriggerType::Skip => {
                let question = named(&trigger.goto);
                if let Some(question) = question.filter(|q| !self.is_tidy() || self.flow.holds(*q))
                {
                    self.note_skip(question);
                    self.go_to_question(question, changes);
                }
                return;
            }
            TriggerType::Set => trigger.value.clone().unwrap_or_default(),
            TriggerType::Copy => {
                named(&trigger.from).map_or(Value::Null, |from| self.answer(from).clone())
            }
            TriggerType::Run => {
                let expression = survey.runs.get(index).and_then(Option::as_ref);
                let value = expression.map(|e| e.evaluate(&self.scope(None), &self.environment));
                let value = value.and_then(Result::ok).unwrap_or(Value::Null);
                if value.is_null() && self.is_tidy() {
                    return;
                }
                value
            }
        };
        let Some(to) = &trigger.to else { return };
        match survey.scope(0).get(to) {
            Some(Slot::Answer(question)) => {
                // It counts as answered: what is computed to begin with stands back.
                self.instances[question].edited |= self.is_tidy() && !value.is_empty();
                self.assign(question, value, queue, changes);
            }
            Some(Slot::Variable(variable)) => {
                self.variables[variable] = value;
                self.follow(Key::root(Slot::Variable(variable)), None, queue, changes);
            }
            _ => {}
        }
    }
}
