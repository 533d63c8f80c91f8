//! Rows that no page has shown yet: what they are read as, and how they come forward.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::expr::Expression;
use crate::session::recalculate::Queue;
use crate::session::state::Row;
use crate::session::{Aspects, Changes, Session};
use crate::survey::source::HiddenAnswers;
use crate::survey::{Key, Offer, Rule, Slot, Target};
use crate::value::{Map, Value};

impl Session {
    /// Whether a rule reads single entries of a question outside rows.
    pub(in crate::session) fn is_looked_into(&self, question: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        let slot = Slot::Answer(question);
        let mut rules = self.survey.rules_reading(Key::root(slot));
        rules.any(|index| {
            let rule = &self.survey.rules()[index];
            // These wait for a change before they read anything.
            if matches!(rule.target, Target::Trigger(_) | Target::Reset(_) | Target::Value(_)) {
                return false;
            }
            let mut expressions = rule.expression.iter().chain(&rule.condition);
            let offered = self.offer_expressions(rule, 0);
            let mut offered = offered.iter();
            expressions.any(|expression| expression.looks_into(slot.encode()))
                || offered.any(|expression| expression.looks_into(slot.encode()))
        })
    }

    /// The conditions of what is offered, where a rule says that.
    pub(in crate::session) fn offer_expressions(
        &self,
        rule: &Rule,
        first: usize,
    ) -> Vec<Expression> {
        let Target::Offer(index) = rule.target else { return Vec::new() };
        let offer = self.question(first + index).and_then(|model| model.offer.as_deref());
        let offered = offer.filter(|_| first > 0 || rule.block == 0).map(Offer::expressions);
        offered.unwrap_or_default().into_iter().cloned().collect()
    }

    /// The answer as its entries make it; as it stands where there are none.
    pub(in crate::session) fn answer_of(&self, question: usize) -> Value {
        if cfg!(lean) {
            return self.answer(question).clone();
        }
        match self.rows(question).is_empty() {
            true => self.answer(question).clone(),
            false => self.answer_from_rows(question, &|_| true),
        }
    }

    /// Lets entries stand ready without counting: nobody has seen them yet.
    pub(in crate::session) fn hold_back(&mut self, question: usize) {
        if cfg!(lean) {
            return;
        }
        self.instances[question].begun = false;
        self.instances[question].given = 0;
        if !self.rows(question).is_empty() {
            self.instances[question].answer = self.answer_from_rows(question, &|_| true);
        }
    }

    /// Whether entries stand ready that do not count yet.
    pub(in crate::session) fn is_held_back(&self, question: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        let instance = &self.instances[question];
        !instance.begun && instance.row.is_none() && !self.rows(question).is_empty()
    }

    /// Whether a question stands in rows that nobody has seen yet, nor any rule read.
    pub(in crate::session) fn is_in_unseen_rows(&self, question: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        let mut outer = question;
        while let Some(row) = self.row_of(outer) {
            outer = self.rows[row].owner;
        }
        outer != question && self.instances[outer].seen.is_none() && !self.is_looked_into(outer)
    }

    /// Lets the entries on some pages count that stand ready there: all on pages that are
    /// shown, those of visible questions where answers are just checked.
    pub(in crate::session) fn bring_forward(
        &mut self,
        pages: &[usize],
        shown: bool,
        changes: &mut Changes,
    ) {
        // What a trigger leads to while the survey loads is shown once it begins.
        if cfg!(lean) || self.following.loading {
            return;
        }
        for page in pages {
            if !self.flow.is_page_visible(*page) {
                continue;
            }
            let mut questions = self.questions_on(*page);
            questions.retain(|question| shown || self.is_visible(*question));
            let mut fresh = questions.clone();
            fresh.retain(|question| self.instances[*question].seen.is_none());
            for question in &fresh {
                self.instances[*question].seen = Some(self.rows(*question).len());
            }
            self.open_rows(&fresh, changes);
            for question in fresh {
                self.begin_rows(question, changes);
            }
        }
    }

    /// Lets entries count that stand ready.
    fn begin_rows(&mut self, question: usize, changes: &mut Changes) {
        if !self.is_held_back(question) {
            return;
        }
        self.instances[question].begun = true;
        let answer = self.answer_from_rows(question, &|_| true);
        if *self.answer(question) != answer {
            self.put(question, answer, changes);
            self.after_standing_ready(question, changes);
        }
    }

    /// Lets the rows of questions count that are looked at before their page is shown.
    pub(in crate::session) fn look_at(&mut self, questions: &[usize], changes: &mut Changes) {
        for question in questions {
            let rows = self.rows(*question).len();
            if self.question(*question).is_some_and(|model| model.rows.is_some())
                && self.instances[*question].seen.is_none()
            {
                self.instances[*question].seen = Some(rows);
                let of_others = |row: &usize| self.rows[*row].owner != *question;
                let mut fresh = std::mem::take(&mut self.fresh_rows);
                fresh.retain(of_others);
                self.fresh_rows = fresh;
                self.open_rows(&[*question], changes);
                self.begin_rows(*question, changes);
            }
        }
    }

    /// Lets the rows of tables count that stand among some questions, or in them.
    pub(in crate::session) fn look_at_tables(
        &mut self,
        questions: &[usize],
        own: bool,
        changes: &mut Changes,
    ) {
        for question in questions {
            let whole = own || self.flow.holds(*question);
            if !self.counts_entries(*question) && whole {
                self.look_at(&[*question], changes);
            }
            if self.question(*question).is_some_and(|model| model.rows.is_none()) {
                let inside = self.flow.children(*question).to_vec();
                self.look_at_tables(&inside, false, changes);
            }
        }
    }

    /// Whether the number of its entries says something, as with panels.
    pub(in crate::session) fn counts_entries(&self, question: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        self.question(question).is_some_and(|model| model.kind.as_type().counts_entries())
    }

    /// Whether entries are known by number alone, since nobody has seen them yet.
    pub(in crate::session) fn waits_unseen(&self, question: usize) -> bool {
        let unseen = self.instances[question].seen.is_none() && !self.following.finishing;
        unseen
            && self.counts_entries(question)
            && !self.exact_rows
            && self.row_of(question).is_none()
    }

    /// Whether entries stay, with nothing in them, though their answer goes.
    pub(in crate::session) fn keeps_entries(&self, question: usize, stood: usize) -> bool {
        let settled = self.counts_entries(question)
            && !self.exact_rows
            && !self.following.finishing
            && self.row_of(question).is_none()
            && self.instances[question].seen == Some(stood);
        settled || self.waits_unseen(question)
    }

    /// Whether entries just given fill what is hidden in them and goes at once: then the
    /// conditions in the entries that stood there before wait for the next change.
    pub(in crate::session) fn fills_hidden_cells(&self, owner: usize) -> bool {
        let survey = Arc::clone(&self.survey);
        for row in self.fresh_rows.iter().filter(|row| self.rows[**row].owner == owner) {
            let Row { block, first, .. } = self.rows[*row];
            for rule in survey.rules() {
                let Target::Visible(index) = rule.target else { continue };
                let Some(model) = self.question(first + index).filter(|_| rule.block == block)
                else {
                    continue;
                };
                let mode = self.hidden_mode(model);
                let goes =
                    matches!(mode, HiddenAnswers::OnHidden | HiddenAnswers::OnHiddenContainer);
                let scope = self.scope(Some(*row));
                let holds =
                    rule.expression.as_ref().is_none_or(|e| e.is_true(&scope, &self.environment));
                if goes && !holds && !self.answer(first + index).is_empty() {
                    return true;
                }
            }
        }
        false
    }

    /// Where other than so many entries are given, conditions in those that stay are looked at
    /// before: they may still wait since entries came to stand there last.
    pub(in crate::session) fn catch_up_entries(
        &mut self,
        owner: usize,
        given: &Value,
        changes: &mut Changes,
    ) {
        let entries = given.as_list().map_or(0, <[Value]>::len);
        let (counts, rows) = (self.counts_entries(owner), self.rows(owner));
        let seen = self.is_tidy() && counts && self.instances[owner].seen.is_some();
        if !seen || entries == 0 || entries == rows.len() {
            return;
        }
        let staying = rows.get(..entries.min(rows.len())).unwrap_or_default().to_vec();
        let mut queue = Queue::new();
        self.queue_cells(owner, &mut queue);
        queue.retain(|Reverse((_, row))| row.is_some_and(|row| staying.contains(&row)));
        self.run(queue, changes);
    }

    /// Lets entries count that expressions read one by one: reading them makes them.
    pub(in crate::session) fn open_what_is_read(
        &mut self,
        expressions: &[Expression],
        changes: &mut Changes,
    ) {
        for expression in expressions {
            for slot in expression.reads() {
                if let Slot::Answer(question) = Slot::decode(*slot)
                    && self.instances[question].seen.is_none()
                    && expression.looks_into(*slot)
                {
                    self.look_at(&[question], changes);
                }
            }
        }
    }

    /// Lets all rows of a table count once something in them was dropped.
    pub(in crate::session) fn keep_rows(&mut self, cell: usize, changes: &mut Changes) {
        let Some(owner) = self.row_of(cell).map(|row| self.rows[row].owner) else { return };
        let rows = self.rows(owner).len();
        if !self.is_tidy() || self.counts_entries(owner) || rows <= self.instances[owner].given {
            return;
        }
        self.instances[owner].given = rows;
        self.instances[owner].answer = self.answer_from_rows(owner, &|_| true);
        changes.mark(owner, Aspects::ANSWER);
    }

    /// What is left where all entries are to go: where answers are tidy, as many of them as
    /// there were when they were first seen, if there are more or fewer.
    pub(in crate::session) fn kept_entries(&self, question: usize, value: Value) -> Value {
        let asked = self.is_tidy() && value.is_null() && !self.exact_rows;
        if !asked || !self.counts_entries(question) {
            return value;
        }
        let wanted = self.instances[question].seen.unwrap_or(0);
        let mut entries = self.list(question);
        if wanted == 0 || entries.is_empty() || entries.len() == wanted {
            return value;
        }
        entries.resize(wanted, Value::Map(Map::new()));
        Value::List(entries)
    }
}
