//! Re-evaluating what depends on a change, and only that.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use super::state::Instance;
use super::{Aspects, Changes, Session};
use crate::expr::{Expression, Scope};
use crate::flow::{Changed, Place};
use crate::survey::source::{HiddenAnswers, TriggerType};
use crate::survey::{Key, Question, QuestionId, Rule, Slot, Target, TextPlace};
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
                // Whether the survey ends is a state; all else that triggers do has happened.
                // Where answers are made tidy, to begin with one is a change as well.
                Target::Trigger(index) => {
                    let kind = self.survey.source.triggers.get(index).map(|trigger| trigger.kind);
                    match kind {
                        Some(TriggerType::Complete) => !values,
                        Some(TriggerType::Skip) | None => false,
                        Some(_) => {
                            values && self.survey.source.tidy && self.has_begun_with(rule, None)
                        }
                    }
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
        for index in self.survey.steady_rules() {
            let block = self.survey.rules()[*index].block;
            let rows = self.rows_concerned(block, Key::root(Slot::Context), None);
            queue.extend(rows.into_iter().map(|row| Reverse((*index, row))));
        }
        if self.survey.source.tidy {
            self.queue_defaults(&mut queue);
        }
        self.run(queue, changes);
        self.show_at_once(question);
        if !self.shown_issues.is_empty() {
            self.renew_issues(changes);
        }
        self.keep_place(changes);
        if changes.pages {
            self.bring_forward(&self.shown_pages(), true, changes);
        }
    }

    /// The same where nobody answered: entries just came to stand there, which sets nothing off.
    pub(super) fn after_standing_ready(&mut self, question: usize, changes: &mut Changes) {
        let survey = Arc::clone(&self.survey);
        let mut queue = Queue::new();
        self.spread(question, &mut queue, changes);
        queue.retain(|Reverse((index, _))| {
            !matches!(survey.rules()[*index].target, Target::Trigger(_))
        });
        self.run(queue, changes);
        if !self.shown_issues.is_empty() {
            self.renew_issues(changes);
        }
        self.keep_place(changes);
    }

    /// Queues all that waits for a question whose answer or comment just changed.
    fn spread(&mut self, question: usize, queue: &mut Queue, changes: &mut Changes) {
        for question in self.carry(question, changes) {
            let Instance { id, row, .. } = self.instances[question];
            let aspects = changes.of(question);
            if aspects.has(Aspects::ROWS) {
                self.queue_rows(question, queue);
            }
            if aspects.has(Aspects::ANSWER) {
                self.follow(Key::answer(id), row, queue, changes);
            }
            if aspects.has(Aspects::COMMENT) && id.block == 0 {
                self.follow(Key::root(Slot::Comment(id.index)), None, queue, changes);
            }
        }
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
        if self.survey.source.tidy
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
        }
    }

    /// Where rows came or went, every rule of the rows runs: indexes and neighbours differ.
    fn queue_rows(&self, owner: usize, queue: &mut Queue) {
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

    fn apply(&mut self, rule: &Rule, row: Option<usize>, queue: &mut Queue, changes: &mut Changes) {
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
                }
            }
            // Only what is plainly false closes a question, as authors know it.
            Target::Enabled(index) => {
                let enabled = value() != Value::Bool(false);
                let question = first + index;
                if self.instances[question].enabled != enabled {
                    self.instances[question].enabled = enabled;
                    self.mark_inside(question, Aspects::READ_ONLY, changes);
                    if enabled && self.survey.source.tidy {
                        self.queue_computed(queue);
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
                    if enabled && self.survey.source.tidy {
                        self.queue_computed(queue);
                    }
                }
            }
            Target::Default(index) => {
                let own = self.survey.source.tidy && self.setting == Some(first + index);
                if !self.instances[first + index].edited && !own {
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
                let own = self.setting == Some(first + index);
                if happens && !own && is_true(&rule.condition) {
                    let value = value();
                    self.assign(first + index, value, queue, changes);
                }
            }
            Target::Reset(index) => {
                let own = self.setting == Some(first + index);
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
                let goes_off = is_true(&rule.condition) && !self.answers_itself(index, rule);
                self.trigger(index, goes_off, queue, changes);
            }
        }
    }

    /// Whether a computed value waits until it is no longer among what can only be read.
    fn stands_still(&self, question: usize) -> bool {
        if !self.survey.source.tidy {
            return false;
        }
        // Pages and panels close only after what is in them was computed for the first time.
        self.is_in_unseen_rows(question)
            || if self.starting {
                self.is_closed_off(question)
            } else {
                self.is_read_only(question)
            }
    }

    /// Whether a question is defined to be only read, itself or what it stands in.
    fn is_closed_off(&self, question: usize) -> bool {
        let own = self.question(question).is_some_and(|model| model.source.read_only);
        let around = match self.flow.place(question) {
            Place::Page(_) => self.survey.source.read_only,
            Place::Question(around) => self.is_closed_off(around),
        };
        own || around
    }

    /// Computes what stands in rows that are seen for the first time, and drops what entries
    /// were given for questions hidden there, where the survey wants that at once.
    pub(super) fn open_rows(&mut self, questions: &[usize], changes: &mut Changes) {
        if !self.survey.source.tidy || questions.iter().all(|owner| self.rows(*owner).is_empty()) {
            return;
        }
        let mut queue = Queue::new();
        self.queue_computed(&mut queue);
        for owner in questions {
            if !self.counts_entries(*owner) || !self.is_visible(*owner) {
                continue;
            }
            for row in self.rows(*owner).to_vec() {
                for question in self.row_questions(row) {
                    if !self.is_visible(question) {
                        self.clear_or_begin(question, &mut queue, changes);
                    }
                }
            }
        }
        self.run(queue, changes);
    }

    /// Drops answers that hidden questions begin with, where the survey wants none of them.
    pub(super) fn clear_hidden(&mut self) {
        let mut queue = Queue::new();
        let mut changes = Changes::default();
        for question in 0..self.survey.questions.len() {
            let stays = self.survey.source.tidy && self.is_computed(question);
            if !self.is_visible(question) && !self.answer(question).is_empty() && !stays {
                self.clear_or_begin(question, &mut queue, &mut changes);
            }
        }
        self.run(queue, &mut changes);
    }

    /// Queues what stood still in a part of the survey that has just been opened.
    fn queue_computed(&self, queue: &mut Queue) {
        let rules = self.survey.rules().iter().enumerate();
        for (index, rule) in rules.filter(|(_, rule)| matches!(rule.target, Target::Computed(_))) {
            let rows = self.rows_concerned(rule.block, Key::root(Slot::Context), None);
            queue.extend(rows.into_iter().map(|row| Reverse((index, row))));
        }
    }

    /// Whether a survey begins with something that a rule reads: to begin with it is a change.
    fn has_begun_with(&self, rule: &Rule, row: Option<usize>) -> bool {
        let scope = self.scope(row);
        let mut reads = rule.reads().peekable();
        match reads.peek() {
            Some(_) => reads.any(|slot| !scope.value(slot.encode()).is_empty()),
            None => self.instances.iter().any(|instance| !instance.answer.is_empty()),
        }
    }

    /// Queues the expressions that give an answer to begin with, where there is none: what a
    /// respondent took away comes back with the next change elsewhere.
    fn queue_defaults(&self, queue: &mut Queue) {
        for (index, rule) in self.survey.rules().iter().enumerate() {
            let Target::Default(question) = rule.target else { continue };
            for row in self.rows_concerned(rule.block, Key::root(Slot::Context), None) {
                let first = row.map_or(0, |row| self.rows[row].first);
                if self.answer(first + question).is_empty() && self.may_begin(first + question) {
                    queue.push(Reverse((index, row)));
                }
            }
        }
    }

    /// Whether a question is given what it begins with: hidden ones only where they keep it.
    fn may_begin(&self, question: usize) -> bool {
        let mode = self.question(question).map(|model| self.hidden_mode(model));
        let keeps = matches!(mode, Some(HiddenAnswers::None | HiddenAnswers::OnComplete));
        keeps || self.is_visible(question)
    }

    /// Whether a trigger would overrule the very answer that sets it off.
    fn answers_itself(&self, index: usize, rule: &Rule) -> bool {
        let trigger = self.survey.source.triggers.get(index).filter(|_| self.survey.source.tidy);
        let Some(trigger) = trigger else { return false };
        let gives = matches!(trigger.kind, TriggerType::Set | TriggerType::Copy);
        let to = trigger.to.as_deref().filter(|_| gives);
        let Some(to) = to.and_then(|to| self.survey.index_of(to)) else { return false };
        let mut reads = rule.reads().peekable();
        let only = reads.peek().is_some() && reads.all(|slot| slot == Slot::Answer(to));
        only || self.setting == Some(to)
    }

    fn is_computed(&self, question: usize) -> bool {
        self.question(question).is_some_and(|model| model.kind.as_type().computed().is_some())
    }

    /// Whether the value of a question is computed from nothing that changes.
    fn is_constant(&self, question: usize) -> bool {
        self.survey.rules().iter().any(|rule| {
            rule.target == Target::Computed(question)
                && rule.block == 0
                && rule.reads().next().is_none()
        })
    }

    fn trigger(&mut self, index: usize, goes_off: bool, queue: &mut Queue, changes: &mut Changes) {
        let survey = Arc::clone(&self.survey);
        let trigger = &survey.source.triggers[index];
        if trigger.kind == TriggerType::Complete {
            if self.ends_here != goes_off {
                changes.turn_page(Changes::END);
            }
            self.ends_here = goes_off;
            self.ends_on = self.page;
        }
        if !goes_off {
            return;
        }
        let named = |name: &Option<String>| survey.index_of(name.as_deref().unwrap_or_default());
        let value = match trigger.kind {
            TriggerType::Complete => return,
            TriggerType::Skip => {
                if let Some(question) = named(&trigger.goto) {
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
                if value.is_null() && survey.source.tidy {
                    return;
                }
                value
            }
        };
        let Some(to) = &trigger.to else { return };
        match survey.scope(0).get(to) {
            Some(Slot::Answer(question)) => self.assign(question, value, queue, changes),
            Some(Slot::Variable(variable)) => {
                self.variables[variable] = value;
                self.follow(Key::root(Slot::Variable(variable)), None, queue, changes);
            }
            _ => {}
        }
    }

    fn mark_inside(&self, question: usize, aspects: Aspects, changes: &mut Changes) {
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
            Shown::Question(question) if self.survey.source.tidy && !holds => {
                self.answered_unseen(question)
            }
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
    fn answered_unseen(&self, question: usize) -> Vec<usize> {
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
                || (self.survey.source.tidy && self.is_in_unseen_rows(question));
            // What a session that is taken up again has of hidden answers was not cleared then.
            let stays = self.survey.source.tidy
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
