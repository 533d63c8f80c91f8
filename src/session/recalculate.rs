//! Re-evaluating what depends on a change, and only that.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::state::Instance;
use super::{Aspects, Changes, Session};
use crate::flow::Changed;
use crate::survey::{Key, QuestionId, Rule, Slot, Target, TextPlace};
use crate::value::Value;

/// Rules to run, each with the row to run it in.
type Queue = BTreeSet<(usize, Option<usize>)>;

impl Session {
    /// Evaluates every rule once, in order. For the start, when nothing is known yet.
    pub(super) fn recalculate_all(&mut self) {
        let mut queue = Queue::new();
        for (index, rule) in self.survey.rules().iter().enumerate() {
            let rows = self.rows_concerned(rule.block, Key::root(Slot::Context), None);
            queue.extend(rows.into_iter().map(|row| (index, row)));
        }
        self.run(queue, &mut Changes::default());
    }

    /// Re-evaluates all that waits for the changed answers, and shows issues anew where they
    /// are shown already.
    pub(super) fn after_change(&mut self, changes: &mut Changes) {
        let mut queue = Queue::new();
        self.queue_new_rows(&mut queue, changes);
        let answered: Vec<(usize, Aspects)> =
            changes.questions.iter().map(|(question, aspects)| (*question, *aspects)).collect();
        for (question, aspects) in answered {
            let Instance { id, row, .. } = self.instances[question];
            if aspects.has(Aspects::ANSWER) {
                self.follow(Key::answer(id), row, &mut queue, changes);
            }
            if aspects.has(Aspects::COMMENT) && id.block == 0 {
                self.follow(Key::root(Slot::Comment(id.index)), None, &mut queue, changes);
            }
        }
        self.run(queue, changes);
        if !self.shown_issues.is_empty() {
            self.renew_issues(changes);
        }
        if changes.pages && !self.flow.is_page_visible(self.page) {
            self.leave_hidden_page(changes);
        }
    }

    /// Where rows came or went, every rule of the rows runs: indexes and neighbours differ.
    fn queue_new_rows(&self, queue: &mut Queue, changes: &Changes) {
        let changed = |question: &usize| changes.of(*question).has(Aspects::ROWS);
        let owners: Vec<usize> = changes.questions.keys().copied().filter(changed).collect();
        for owner in owners {
            let Some(block) = self.question(owner).and_then(|model| model.rows) else { continue };
            for (index, rule) in self.survey.rules().iter().enumerate() {
                if rule.block == block {
                    queue.extend(self.rows(owner).iter().map(|row| (index, Some(*row))));
                }
            }
        }
    }

    /// Rules stand in the order of their dependencies, so the lowest in the queue is next.
    /// Only rules inside rows that read their own owner can queue each other again; the budget
    /// ends that.
    fn run(&mut self, mut queue: Queue, changes: &mut Changes) {
        let survey = Arc::clone(&self.survey);
        let mut budget = 1000 + 10 * (queue.len() + survey.rules().len());
        while let Some((index, row)) = queue.pop_first()
            && budget > 0
        {
            budget -= 1;
            self.apply(&survey.rules()[index], row, &mut queue, changes);
        }
    }

    fn apply(&mut self, rule: &Rule, row: Option<usize>, queue: &mut Queue, changes: &mut Changes) {
        let first = row.map_or(0, |row| self.rows[row].first);
        if let Target::Calculated(calculated) = rule.target {
            let value = rule.expression.evaluate(&self.scope(row), &self.environment);
            let value = value.unwrap_or(Value::Null);
            if self.calculated[calculated] != value {
                self.calculated[calculated] = value;
                self.follow(Key::root(Slot::Calculated(calculated)), None, queue, changes);
            }
            return;
        }
        let holds = rule.expression.is_true(&self.scope(row), &self.environment);
        match rule.target {
            Target::PageVisible(page) => self.show(None, page, holds, queue, changes),
            Target::Visible(index) => self.show(Some(first + index), 0, holds, queue, changes),
            Target::Required(index) => {
                let question = first + index;
                let always = self.question(question).is_some_and(|model| model.source.required);
                if self.instances[question].required != (holds || always) {
                    self.instances[question].required = holds || always;
                    changes.mark(question, Aspects::REQUIRED);
                }
            }
            Target::Enabled(index) => {
                let question = first + index;
                if self.instances[question].enabled != holds {
                    self.instances[question].enabled = holds;
                    self.mark_inside(question, Aspects::READ_ONLY, changes);
                }
            }
            Target::Calculated(_) => {}
        }
    }

    fn mark_inside(&self, question: usize, aspects: Aspects, changes: &mut Changes) {
        changes.mark(question, aspects);
        for inside in self.flow.children(question) {
            self.mark_inside(*inside, aspects, changes);
        }
    }

    fn show(
        &mut self,
        question: Option<usize>,
        page: usize,
        holds: bool,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        let mut changed = Vec::new();
        let mut note = |change| changed.push(change);
        match question {
            Some(question) => self.flow.set_question(question, holds, &mut note),
            None => self.flow.set_page(page, holds, &mut note),
        }
        for change in changed {
            match change {
                Changed::Page => changes.pages = true,
                Changed::Question(question) => {
                    changes.mark(question, Aspects::VISIBLE);
                    if self.row_of(question).is_none() {
                        self.follow(Key::root(Slot::Visibility(question)), None, queue, changes);
                    }
                }
            }
        }
    }

    /// Queues the rules that wait for a key, and notes the texts that show it.
    fn follow(&self, key: Key, row: Option<usize>, queue: &mut Queue, changes: &mut Changes) {
        for index in self.survey.rules_reading(key) {
            let rows = self.rows_concerned(self.survey.rules()[*index].block, key, row);
            queue.extend(rows.into_iter().map(|row| (*index, row)));
        }
        for place in self.survey.texts_reading(key) {
            match place {
                TextPlace::Heading => changes.headings = true,
                TextPlace::Question(QuestionId { block, index }) => {
                    for row in self.rows_concerned(*block, key, row) {
                        let first = row.map_or(0, |row| self.rows[row].first);
                        changes.mark(first + index, Aspects::TEXT);
                    }
                }
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
