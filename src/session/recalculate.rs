//! Re-evaluating what depends on a change, and only that.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Aspects, Changes, Session};
use crate::flow::Changed;
use crate::survey::{Slot, Target, TextPlace};
use crate::value::Value;

impl Session {
    /// Evaluates every rule once, in order. For the start, when nothing is known yet.
    pub(super) fn recalculate_all(&mut self) {
        let all = (0..self.survey.rules().len()).collect();
        self.run(all, &mut Changes::default());
    }

    /// Re-evaluates all that reads the changed slots, and shows issues anew where they are
    /// shown already.
    pub(super) fn after_change(&mut self, slots: &[Slot], changes: &mut Changes) {
        let mut queue = BTreeSet::new();
        for slot in slots {
            self.follow(*slot, &mut queue, changes);
        }
        self.run(queue, changes);
        self.renew_issues(changes);
        if changes.pages && !self.flow.is_page_visible(self.page) {
            self.leave_hidden_page(changes);
        }
    }

    /// Rules stand in the order of their dependencies, so the lowest in the queue is next
    /// and none has to run twice.
    fn run(&mut self, mut queue: BTreeSet<usize>, changes: &mut Changes) {
        let survey = Arc::clone(&self.survey);
        while let Some(index) = queue.pop_first() {
            let rule = &survey.rules()[index];
            if let Target::Calculated(calculated) = rule.target {
                let value = rule.expression.evaluate(&*self, &self.environment);
                let value = value.unwrap_or(Value::Null);
                if self.calculated[calculated] != value {
                    self.calculated[calculated] = value;
                    self.follow(Slot::Calculated(calculated), &mut queue, changes);
                }
                continue;
            }
            let holds = rule.expression.is_true(&*self, &self.environment);
            match rule.target {
                Target::PageVisible(page) => self.show(None, page, holds, &mut queue, changes),
                Target::Visible(question) => {
                    self.show(Some(question), 0, holds, &mut queue, changes);
                }
                Target::Required(question) => {
                    let required = holds || survey.questions[question].source.required;
                    if self.required[question] != required {
                        self.required[question] = required;
                        changes.mark(question, Aspects::REQUIRED);
                    }
                }
                Target::Enabled(question) => {
                    if self.enabled[question] != holds {
                        self.enabled[question] = holds;
                        for inside in question..survey.questions[question].end {
                            changes.mark(inside, Aspects::READ_ONLY);
                        }
                    }
                }
                Target::Calculated(_) => {}
            }
        }
    }

    fn show(
        &mut self,
        question: Option<usize>,
        page: usize,
        holds: bool,
        queue: &mut BTreeSet<usize>,
        changes: &mut Changes,
    ) {
        let survey = Arc::clone(&self.survey);
        let mut changed = Vec::new();
        let mut note = |change| changed.push(change);
        match question {
            Some(question) => self.flow.set_question(&survey, question, holds, &mut note),
            None => self.flow.set_page(&survey, page, holds, &mut note),
        }
        for change in changed {
            match change {
                Changed::Page => changes.pages = true,
                Changed::Question(question) => {
                    changes.mark(question, Aspects::VISIBLE);
                    self.follow(Slot::Visibility(question), queue, changes);
                }
            }
        }
    }

    /// Queues the rules that read a slot, and notes the texts that show it.
    fn follow(&self, slot: Slot, queue: &mut BTreeSet<usize>, changes: &mut Changes) {
        queue.extend(self.survey.rules_reading(slot));
        for place in self.survey.texts_reading(slot) {
            match place {
                TextPlace::Question(question) => changes.mark(*question, Aspects::TEXT),
                TextPlace::Heading => changes.headings = true,
            }
        }
    }

    fn renew_issues(&mut self, changes: &mut Changes) {
        for question in self.flagged() {
            let issues = self.find_issues(question);
            if self.issues(question) != issues {
                changes.mark(question, Aspects::ISSUES);
                // An entry without issues stays, so that undoing the correction shows them again.
                self.shown_issues.insert(question, issues);
            }
        }
    }

    fn leave_hidden_page(&mut self, changes: &mut Changes) {
        let next = self.flow.next_page(self.page).or_else(|| self.flow.previous_page(self.page));
        if let Some(next) = next {
            self.page = next;
            changes.page = true;
        }
    }
}
