//! Re-evaluating what depends on a change, and only that.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::state::Instance;
use super::{Aspects, Changes, Session};
use crate::expr::Expression;
use crate::survey::source::TriggerType;
use crate::survey::{Key, QuestionId, Rule, Slot, Target, TextPlace};
use crate::value::Value;

/// Rules to run, each with the row to run it in. A rule may stand in it several times.
pub(super) type Queue = BinaryHeap<Reverse<(usize, Option<usize>)>>;

/// What a condition shows or hides.
pub(super) enum Shown {
    Page(usize),
    Question(usize),
    /// A question, with the row that it stands in.
    InRow(usize),
}

impl Session {
    /// Evaluates every rule once, in order: for the start, when nothing is known yet. With
    /// `values`, also those that give answers; a session that is taken up again has its answers.
    pub(super) fn recalculate_all(&mut self, values: bool) {
        let mut queue = Queue::new();
        for (index, rule) in self.survey.rules().iter().enumerate() {
            let runs = match rule.target {
                _ if cfg!(lean) => true,
                // Whether the survey ends is a state; all else that triggers do has happened.
                Target::Trigger(index) => {
                    let kind = self.survey.source.triggers.get(index).map(|trigger| trigger.kind);
                    kind == Some(TriggerType::Complete) && !values
                }
                Target::Reset(_) => false,
                Target::Computed(_) | Target::Value(_) | Target::Default(_) => values,
                _ => true,
            };
            if runs {
                let rows = self.rows_concerned(rule.block, Key::root(Slot::Context), None);
                queue.extend(rows.into_iter().map(|row| Reverse((index, row))));
            }
        }
        (self.replaying, self.starting) = (!values, values);
        self.run(queue, &mut Changes::default());
        (self.replaying, self.starting) = (false, false);
    }

    /// Re-evaluates all that depends on a question that was answered, and shows issues anew
    /// where they are shown already.
    pub(super) fn after_change(&mut self, question: usize, changes: &mut Changes) {
        let mut queue = Queue::new();
        self.spread(question, &mut queue, changes);
        self.queue_steady(&mut queue);
        self.following.setting.push(question);
        self.run(queue, changes);
        self.following.setting.pop();
        self.look_over(question, changes);
        self.keep_place(changes);
        if changes.pages {
            self.bring_forward(&self.shown_pages(), true, changes);
        }
    }

    /// Queues the rules that hold after every change.
    fn queue_steady(&self, queue: &mut Queue) {
        for index in self.survey.steady_rules() {
            let block = self.survey.rules()[*index].block;
            let rows = self.rows_concerned(block, Key::root(Slot::Context), None);
            queue.extend(rows.into_iter().map(|row| Reverse((*index, row))));
        }
    }

    /// The same where nobody answered: entries just came to stand there, which sets nothing off.
    pub(super) fn after_standing_ready(&mut self, question: usize, changes: &mut Changes) {
        if cfg!(lean) {
            return;
        }
        let survey = Arc::clone(&self.survey);
        let mut queue = Queue::new();
        self.following.standing_ready = true;
        self.spread(question, &mut queue, changes);
        self.following.standing_ready = false;
        self.following.built = Some(question);
        if !self.is_tidy() {
            queue.retain(|Reverse((index, _))| {
                !matches!(survey.rules()[*index].target, Target::Trigger(_))
            });
        }
        self.run(queue, changes);
        self.following.built = None;
        if self.is_tidy() {
            self.look_again(changes);
        } else if !self.shown_issues.is_empty() {
            self.renew_issues(changes);
        }
        self.keep_place(changes);
    }

    /// Queues all that waits for a question whose answer or comment just changed.
    pub(super) fn spread(&mut self, question: usize, queue: &mut Queue, changes: &mut Changes) {
        let mut woken = Queue::new();
        for question in self.carry(question, changes) {
            let Instance { id, row, .. } = self.instances[question];
            let aspects = changes.of(question);
            if aspects.has(Aspects::ROWS) {
                self.queue_rows(question, &mut woken);
            }
            if aspects.has(Aspects::ANSWER) {
                self.follow(Key::answer(id), row, &mut woken, changes);
            }
            if aspects.has(Aspects::COMMENT) && self.is_tidy() && row.is_none() {
                self.follow(Key::answer(id), row, &mut woken, changes);
            }
            if aspects.has(Aspects::COMMENT) && id.block == 0 {
                self.follow(Key::root(Slot::Comment(id.index)), None, &mut woken, changes);
            }
        }
        if self.is_tidy() {
            self.leave_asleep(&mut woken);
            self.queue_steady(&mut woken);
        }
        queue.append(&mut woken);
    }

    /// A rule gives a question its answer.
    pub(super) fn assign(
        &mut self,
        question: usize,
        value: Value,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        let mut value = value;
        if self.is_tidy()
            && let Some(kind) = self.kind(question)
        {
            value = kind.as_type().tidied(value, self.answer(question));
            if !self.starting && kind.as_type().is_beyond(&value) {
                self.instances[question].waiting = value;
                return;
            }
            self.instances[question].waiting = Value::Null;
            value = self.kept_entries(question, value);
        }
        if *self.answer(question) != value {
            self.put(question, value, changes);
            self.spread(question, queue, changes);
            self.following.assigned.push(question);
        }
    }

    /// Where rows came or went, every rule of the rows runs: indexes and neighbours differ.
    fn queue_rows(&self, owner: usize, queue: &mut Queue) {
        if cfg!(lean) {
            return;
        }
        let Some(block) = self.question(owner).and_then(|model| model.rows) else { return };
        for (index, rule) in self.survey.rules().iter().enumerate() {
            if rule.block == block {
                queue.extend(self.rows(owner).iter().map(|row| Reverse((index, Some(*row)))));
            }
        }
    }

    /// Rules stand in the order of their dependencies, so the lowest in the queue is next.
    /// Only events (triggers, resets, answers dropped when hidden) and rules inside rows that
    /// read their own owner can queue earlier ones again; the budget ends that.
    pub(super) fn run(&mut self, mut queue: Queue, changes: &mut Changes) {
        if self.is_tidy() {
            return self.settle(queue, changes);
        }
        let survey = Arc::clone(&self.survey);
        let mut budget = 1000 + 10 * (queue.len() + survey.rules().len());
        while let Some(Reverse((index, row))) = queue.pop()
            && budget > 0
        {
            while queue.peek() == Some(&Reverse((index, row))) {
                queue.pop();
            }
            budget -= 1;
            self.apply(&survey.rules()[index], row, &mut queue, changes);
        }
    }

    pub(super) fn apply(
        &mut self,
        rule: &Rule,
        row: Option<usize>,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        let first = row.map_or(0, |row| self.rows[row].first);
        let value = || {
            let expression = rule.expression.as_ref();
            let value = expression.map(|e| e.evaluate(&self.scope(row), &self.environment));
            value.and_then(Result::ok).unwrap_or(Value::Null)
        };
        let is_true = |expression: &Option<Expression>| {
            expression.as_ref().is_none_or(|e| e.is_true(&self.scope(row), &self.environment))
        };
        match rule.target {
            Target::Calculated(calculated) => {
                let value = value();
                if self.calculated[calculated] != value {
                    self.calculated[calculated] = value;
                    self.following.again = true;
                    self.follow(Key::root(Slot::Calculated(calculated)), None, queue, changes);
                }
            }
            Target::PageVisible(page) => {
                let holds = is_true(&rule.expression);
                self.show(Shown::Page(page), holds, queue, changes);
            }
            Target::Visible(index) => {
                self.instances[first + index].holds = is_true(&rule.expression);
                self.settle_own(first + index, queue, changes);
            }
            Target::Required(index) => {
                let question = first + index;
                let always = self.question(question).is_some_and(|model| model.source.required);
                let required = always || is_true(&rule.expression);
                if self.instances[question].required != required {
                    self.instances[question].required = required;
                    changes.mark(question, Aspects::REQUIRED);
                    if self.is_tidy() {
                        self.forget_required(question, changes);
                    }
                }
            }
            // Only what is plainly false closes a question, as authors know it.
            Target::Enabled(index) => {
                let enabled = value() != Value::Bool(false);
                let question = first + index;
                if self.instances[question].enabled != enabled {
                    self.instances[question].enabled = enabled;
                    self.mark_inside(question, Aspects::READ_ONLY, changes);
                    if self.is_tidy() {
                        self.forget_issues(&[question], enabled, changes);
                        self.look_at_tables(&[question], true, changes);
                    }
                }
            }
            Target::PageEnabled(page) => {
                let enabled = value() != Value::Bool(false);
                if self.pages_enabled[page] != enabled {
                    self.pages_enabled[page] = enabled;
                    for question in self.questions_on(page) {
                        changes.mark(question, Aspects::READ_ONLY);
                    }
                    if self.is_tidy() {
                        let inside = self.questions_on(page);
                        self.forget_issues(&inside, enabled, changes);
                        self.look_at_tables(&inside, false, changes);
                    }
                }
            }
            // No rare word, no such rule.
            Target::Default(_) | Target::Value(_) | Target::Reset(_) | Target::Offer(_)
                if cfg!(lean) => {}
            Target::Default(index) => {
                let waits = self.is_tidy()
                    && (self.setting == Some(first + index) || !self.may_begin(first + index));
                if !self.instances[first + index].edited && !waits {
                    let value = value();
                    self.assign(first + index, value, queue, changes);
                }
            }
            Target::Computed(index) => {
                if !self.stands_still(first + index) {
                    let value = value();
                    self.assign(first + index, value, queue, changes);
                }
            }
            Target::Value(index) => {
                let happens = !self.starting || self.has_begun_with(rule, row);
                let own = self.is_being_set(first + index);
                if happens && !own && is_true(&rule.condition) {
                    let value = value();
                    self.assign(first + index, value, queue, changes);
                }
            }
            Target::Reset(index) => {
                let own = self.is_being_set(first + index);
                if !own
                    && !self.answer(first + index).is_empty()
                    && is_true(&rule.expression)
                    && let Some(model) = self.question(first + index)
                {
                    let default = self.default_of(model);
                    self.assign(first + index, default, queue, changes);
                }
            }
            Target::Offer(index) => self.renew_offer(first + index, queue, changes),
            Target::Trigger(index) => {
                let goes_off = is_true(&rule.condition);
                self.trigger(index, goes_off, queue, changes);
            }
        }
    }

    /// Computes what stands in rows that are seen for the first time, and drops what entries
    /// were given for questions hidden there, where the survey wants that at once.
    pub(super) fn open_rows(&mut self, questions: &[usize], changes: &mut Changes) {
        if cfg!(lean) {
            return;
        }
        if !self.is_tidy() || questions.iter().all(|owner| self.rows(*owner).is_empty()) {
            return;
        }
        let mut queue = Queue::new();
        for owner in questions {
            self.compute_cells(*owner, changes);
            if !self.counts_entries(*owner) {
                continue;
            }
            let shown = self.is_visible(*owner);
            for row in self.rows(*owner).to_vec() {
                for question in self.row_questions(row) {
                    let visible = match shown {
                        true => self.is_visible(question),
                        false => self.flow.holds(question),
                    };
                    if !visible {
                        self.clear_or_begin(question, &mut queue, changes);
                    }
                }
            }
        }
        self.run(queue, changes);
        if self.is_at_rest() {
            self.look_again(changes);
        }
    }

    /// Queues the rules that wait for a key, and notes the texts that show it.
    pub(super) fn follow(
        &self,
        key: Key,
        row: Option<usize>,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        for index in self.survey.rules_reading(key) {
            let rows = self.rows_concerned(self.survey.rules()[index].block, key, row);
            queue.extend(rows.into_iter().map(|row| Reverse((index, row))));
        }
        for place in self.survey.texts_reading(key) {
            match place {
                TextPlace::Heading => changes.headings = true,
                TextPlace::Question(QuestionId { block, index }) => {
                    for row in self.rows_concerned(block, key, row) {
                        let first = row.map_or(0, |row| self.rows[row].first);
                        changes.mark(first + index, Aspects::TEXT);
                    }
                }
            }
        }
    }
}
