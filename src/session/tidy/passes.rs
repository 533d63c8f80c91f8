//! How a survey that wants tidy answers follows a change: in passes from top to bottom, until
//! nothing changes any more, as the tool does whose surveys want that.
//!
//! A rule is a condition, an event of a question (its answer is set or reset), or a trigger. A
//! change first makes passes over the conditions that read it, then sets off events, then
//! triggers. What these change is followed in the same way at once.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Place, Replaced};
use crate::expr::part_of;
use crate::session::recalculate::Queue;
use crate::session::{Changes, Session};
use crate::survey::source::TriggerType;
use crate::survey::{Key, Rule, Slot, Target};
use crate::value::Value;

/// How often conditions are looked at: once, and up to ten times again because others changed
/// what they read.
const PASSES: usize = 11;

/// How often triggers go off because others changed what they read.
const ROUNDS: usize = 3;

/// How much may follow from one change.
const BUDGET: usize = 10_000;

/// How many answers may be set, each because of the one before.
const DEPTH: usize = 100;

impl Session {
    /// Follows what waits for a change.
    pub(in crate::session) fn settle(&mut self, mut due: Queue, changes: &mut Changes) {
        let survey = Arc::clone(&self.survey);
        let mut triggers = Queue::new();
        for item in due.drain() {
            let Reverse(place) = item;
            let following = &mut self.following;
            match survey.rules().get(place.0).map(|rule| rule.target) {
                Some(Target::Trigger(_)) => triggers.push(item),
                Some(Target::Value(_) | Target::Reset(_)) => following.events.push(item),
                _ if following.passing && place > following.at => following.pass.push(item),
                _ => following.next.push(item),
            }
        }
        let written = std::mem::take(&mut self.following.written);
        if !self.following.passing {
            if self.following.setting.len() < 2 {
                self.following.spent = 0;
            }
            if !self.following.loading && !self.following.finishing {
                self.pass(changes);
            }
            self.set_off(changes);
        }
        self.following.written = written;
        self.go_off(triggers, changes);
    }

    /// Looks at conditions, from top to bottom, until nothing changes that they read.
    fn pass(&mut self, changes: &mut Changes) {
        self.following.passing = true;
        for _ in 0..PASSES {
            self.following.again = false;
            let mut pass = std::mem::take(&mut self.following.next);
            self.queue_always(&mut pass);
            self.following.pass = pass;
            while let Some(place) = next(&mut self.following.pass) {
                self.following.at = place;
                self.following.next.push(Reverse(place));
                self.follow_rule(place, changes);
            }
            let totalled = std::mem::take(&mut self.following.totalled);
            if !self.following.again && !totalled {
                break;
            }
        }
        self.following.next.clear();
        self.following.passing = false;
    }

    /// Lets answers be set and reset.
    fn set_off(&mut self, changes: &mut Changes) {
        let mut events = std::mem::take(&mut self.following.events);
        if self.starting || self.replaying {
            return;
        }
        while let Some(place) = next(&mut events) {
            self.follow_rule(place, changes);
        }
    }

    fn go_off(&mut self, mut due: Queue, changes: &mut Changes) {
        let set = self.following.setting.last().copied().or(self.following.built);
        let key = set.map(|question| self.outermost(question));
        let following = &mut self.following;
        if following.trigger.is_none() {
            following.keys.clear();
        }
        if let Some(key) = key.filter(|key| !following.keys.contains(key)) {
            following.keys.push(key);
        }
        if std::mem::take(&mut following.written) {
            // A comment counts beside the answer that it belongs to.
            following.keys.extend(key);
        }
        if let Some(at) = following.trigger {
            for item in due.drain() {
                let later = item.0 > at;
                if later { &mut following.triggers } else { &mut following.next_triggers }
                    .push(item);
            }
            return;
        }
        if following.finishing {
            return;
        }
        following.next_triggers = due;
        for _ in 0..ROUNDS {
            self.following.triggers = std::mem::take(&mut self.following.next_triggers);
            while let Some(place) = next(&mut self.following.triggers) {
                if self.overrules(place.0) || self.follows_wrong_answer(place.0, changes) {
                    continue;
                }
                self.following.trigger = Some(place);
                self.follow_rule(place, changes);
            }
        }
        self.following.trigger = None;
        self.following.next_triggers.clear();
    }

    pub(in crate::session) fn follow_rule(&mut self, (index, row): Place, changes: &mut Changes) {
        self.following.spent += 1;
        let waits = row.is_some_and(|row| {
            let owner = self.rows.get(row).filter(|row| row.stands).map(|row| row.owner);
            owner.is_none() || (owner == self.following.grown && !self.fresh_rows.contains(&row))
        });
        let waits = waits || self.reads_what_waits(index);
        let deep = self.following.setting.len() > DEPTH;
        if self.following.spent > BUDGET || deep || waits {
            return;
        }
        let survey = Arc::clone(&self.survey);
        let Some(rule) = survey.rules().get(index) else { return };
        let first = row.and_then(|row| self.rows.get(row)).map_or(0, |row| row.first);
        let idle = match rule.target {
            Target::Reset(question) => self.answer(first + question).is_empty(),
            _ => false,
        };
        for expression in rule.expression.iter().chain(&rule.condition).filter(|_| !idle) {
            self.open_what_is_read(std::slice::from_ref(expression), changes);
        }
        self.open_what_is_read(&self.offer_expressions(rule, first), changes);
        let mut due = Queue::new();
        self.apply(rule, row, &mut due, changes);
        let outer = self.following.setting.len();
        let assigned = std::mem::take(&mut self.following.assigned);
        self.following.setting.extend(assigned);
        self.settle(due, changes);
        self.following.setting.truncate(outer);
        if self.following.passing {
            self.look_again_in_passing(changes);
        }
    }

    /// Whether a rule outside rows reads entries whose own conditions wait: it waits too.
    fn reads_what_waits(&self, rule: usize) -> bool {
        let Some(owner) = self.following.grown.filter(|_| !self.following.loading) else {
            return false;
        };
        let Some(rule) = self.survey.rules().get(rule).filter(|rule| rule.block == 0) else {
            return false;
        };
        let slot = Slot::Answer(owner).encode();
        let mut expressions = rule.expression.iter().chain(&rule.condition);
        expressions.any(|expression| expression.looks_into(slot))
    }

    /// Whether no change is being followed.
    pub(in crate::session) fn is_at_rest(&self) -> bool {
        let following = &self.following;
        !following.passing && !following.loading && following.trigger.is_none()
    }

    /// Computes at once what stands in the rows of a question.
    pub(in crate::session) fn compute_cells(&mut self, owner: usize, changes: &mut Changes) {
        let mut queue = Queue::new();
        self.queue_computed(owner, &mut queue);
        while let Some(place) = next(&mut queue) {
            self.follow_rule(place, changes);
        }
    }

    /// Whether an answer, or that of what it stands in, is being set: its events stand back.
    pub(in crate::session) fn is_being_set(&self, question: usize) -> bool {
        if !self.is_tidy() {
            return self.setting == Some(question);
        }
        let outer = self.outermost(question);
        let setting = &self.following.setting;
        setting.contains(&question) || setting.contains(&outer)
    }

    /// Remembers from where a trigger leads on: there the way back leads.
    pub(in crate::session) fn note_skip(&mut self, question: usize) {
        if self.is_tidy() && self.flow.holds(question) {
            let to = self.flow.page_of(question);
            // What leads somewhere before anything was shown leads from nowhere.
            let from = if self.following.loading { usize::MAX } else { self.page() };
            self.following.skips.push((from, to));
        }
    }

    /// Where triggers have led before the survey began.
    pub(in crate::session) fn led_to(&self) -> Option<usize> {
        let (_, to) = self.following.skips.last()?;
        self.flow.is_page_visible(*to).then_some(*to)
    }

    /// The page from which a trigger led to this one, once.
    pub(in crate::session) fn skipped_from(&mut self) -> Option<usize> {
        let here = self.page();
        let skips = &mut self.following.skips;
        let at = skips.iter().position(|(_, to)| *to == here)?;
        let (from, _) = skips.remove(at);
        self.flow.is_page_visible(from).then_some(from)
    }

    /// Whether a trigger would overrule the very answer that sets it off, and nothing else does.
    fn overrules(&self, rule: usize) -> bool {
        let Some(Target::Trigger(trigger)) = self.survey.rules().get(rule).map(|rule| rule.target)
        else {
            return false;
        };
        self.following.keys.len() == 1
            && self.gives(trigger) == self.following.keys.first().copied()
    }

    /// Whether a trigger would end the survey, or lead elsewhere, after an answer that is not
    /// acceptable.
    fn follows_wrong_answer(&mut self, rule: usize, changes: &mut Changes) -> bool {
        let survey = Arc::clone(&self.survey);
        let Some(Target::Trigger(trigger)) = survey.rules().get(rule).map(|rule| rule.target)
        else {
            return false;
        };
        let kind = survey.source.triggers.get(trigger).map(|trigger| trigger.kind);
        if kind == Some(TriggerType::Complete) && (self.following.loading || self.starting) {
            return true;
        }
        let set = self.following.setting.last().map(|question| self.outermost(*question));
        match set {
            Some(set) if matches!(kind, Some(TriggerType::Complete | TriggerType::Skip)) => {
                self.look_at(&[set], changes);
                self.is_wrong(set)
            }
            _ => false,
        }
    }

    /// The question outside rows that a question stands in, or itself.
    pub(in crate::session) fn outermost(&self, question: usize) -> usize {
        let mut outer = question;
        while let Some(row) = self.row_of(outer) {
            outer = self.rows[row].owner;
        }
        outer
    }

    /// Queues what in the rows of a question reads its row: it counts as another now.
    pub(in crate::session) fn queue_cells(&self, question: usize, due: &mut Queue) {
        let reads_row = |slot| {
            matches!(
                slot,
                Slot::Cell { .. }
                    | Slot::RowIndex
                    | Slot::PreviousRow
                    | Slot::NextRow
                    | Slot::OwnTotals
            )
        };
        for row in self.rows(question) {
            let block = self.rows[*row].block;
            for (index, rule) in self.survey.rules().iter().enumerate() {
                let event = matches!(rule.target, Target::Value(_) | Target::Reset(_));
                if rule.block == block && !event && rule.reads().any(reads_row) {
                    due.push(Reverse((index, Some(*row))));
                }
            }
            for inner in self.row_questions(*row) {
                self.queue_cells(inner, due);
            }
        }
    }

    /// What every pass computes: answers to begin with, and what reads nothing that could change.
    fn queue_always(&self, pass: &mut Queue) {
        if self.replaying {
            return;
        }
        for index in self.survey.rules_of_every_pass() {
            let block = self.survey.rules()[*index].block;
            let rows = self.rows_concerned(block, Key::root(Slot::Context), None);
            pass.extend(rows.into_iter().map(|row| Reverse((*index, row))));
        }
    }

    /// What an expression gives a question outside rows to begin with.
    pub(in crate::session) fn computed_default(&self, question: usize) -> Option<Value> {
        let is_it = |rule: &&Rule| rule.block == 0 && rule.target == Target::Default(question);
        let rule = self.survey.rules().iter().find(is_it).filter(|_| self.may_begin(question))?;
        let value = rule.expression.as_ref()?.evaluate(&self.scope(None), &self.environment);
        let value = value.ok().filter(|value| !value.is_null())?;
        Some(self.kind(question)?.as_type().tidied(value, &Value::Null))
    }

    /// Takes out what reads parts of an answer that were not touched: a trigger looks whether its
    /// part is another now, all else sleeps where the whole answer is gone.
    pub(in crate::session) fn leave_asleep(&mut self, due: &mut Queue) {
        let Some(replaced) = self.following.replaced.take() else { return };
        self.notice(&replaced);
        let Replaced { question, before, gone, .. } = replaced;
        self.following.again = true;
        // Totals are answers of their own, which conditions set.
        self.following.totalled |= self.totals_over(question, &before) != self.totals(question);
        self.queue_cells(question, due);
        let slot = Slot::Answer(question).encode();
        if gone {
            // What waits for a part of it, and for nothing else, sleeps again.
            let sleeps = |Reverse((index, _)): &Reverse<Place>| {
                let Some(rule) = self.survey.rules().get(*index) else { return true };
                let mut expressions = rule.expression.iter().chain(&rule.condition);
                rule.block == 0
                    && rule.reads().all(|read| read == Slot::Answer(question))
                    && rule.reads().next().is_some()
                    && expressions.all(|e| e.parts_of(slot).all(|part| !part.is_empty()))
            };
            let mut queued = std::mem::take(&mut self.following.next);
            queued.retain(|item| !sleeps(item));
            self.following.next = queued;
            let mut queued = std::mem::take(&mut self.following.pass);
            queued.retain(|item| !sleeps(item));
            self.following.pass = queued;
        }
        let now = self.answer(question);
        due.retain(|Reverse((index, _))| {
            let Some(rule) = self.survey.rules().get(*index) else { return false };
            let is_trigger = matches!(rule.target, Target::Trigger(_));
            if rule.block != 0 || rule.waits_for.contains(&Slot::Answer(question)) {
                return true;
            }
            let mut reads = false;
            for expression in rule.expression.iter().chain(&rule.condition) {
                for part in expression.parts_of(slot) {
                    reads = true;
                    let wakes = match (part.is_empty(), is_trigger) {
                        (true, _) => true,
                        (false, true) => part_of(&before, part) != part_of(now, part),
                        (false, false) => !gone,
                    };
                    if wakes {
                        return true;
                    }
                }
            }
            !reads
        });
    }
}

/// The first of what is queued; what stands in the queue several times counts once.
fn next(queue: &mut Queue) -> Option<Place> {
    let Reverse(place) = queue.pop()?;
    while queue.peek() == Some(&Reverse(place)) {
        queue.pop();
    }
    Some(place)
}
