//! What happens to questions, and to their answers, as they are hidden and shown.

use super::recalculate::{Queue, Shown};
use super::{Aspects, Changes, Session};
use crate::flow::Changed;
use crate::questions::Kind;
use crate::survey::source::HiddenAnswers;
use crate::survey::{Key, Question, Slot};
use crate::value::{Map, Value};

impl Session {
    /// Drops answers that hidden questions begin with, where the survey wants none of them.
    pub(super) fn clear_hidden(&mut self) {
        if cfg!(lean) {
            return;
        }
        let mut queue = Queue::new();
        let mut changes = Changes::default();
        for question in 0..self.survey.questions.len() {
            // What is computed is computed after it was hidden.
            let computed = self.is_tidy()
                && self.question(question).is_some_and(|m| m.kind.as_type().computed().is_some());
            if !self.is_visible(question) && !self.answer(question).is_empty() && !computed {
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
        // It may be hidden by what is around it, and is hidden or shown by itself now.
        let itself = match shown {
            Shown::Question(question) if self.is_tidy() && holds != self.flow.holds(question) => {
                Some(question)
            }
            _ => None,
        };
        let page = match shown {
            Shown::Page(page) if self.is_tidy() && holds != self.flow.page_condition(page) => {
                Some(page)
            }
            _ => None,
        };
        let mut note = |change| changed.push(change);
        match shown {
            Shown::Page(page) => self.flow.set_page(page, holds, &mut note),
            Shown::Question(question) => self.flow.set_question(question, holds, &mut note),
            Shown::InRow(question) => self.flow.set_open(question, holds, &mut note),
        }
        for change in &changed {
            match *change {
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
        if self.is_tidy() {
            // What was said about an answer goes when its question is hidden by itself.
            if let Some(question) = itself.filter(|question| !holds && !self.is_panel(*question)) {
                self.show_issues(question, super::check::Shown::default(), changes);
            }
            // A page with nothing to see is as good as hidden.
            if let Some(page) = page.filter(|page| !self.flow.is_page_visible(*page)) {
                self.turn_inside(self.flow.on_page(page).to_vec(), false, queue, changes);
            }
            self.turn_containers(&changed, itself, queue, changes);
        }
    }

    /// What is in a page or panel that was hidden goes, where it goes with its container, and
    /// what is in one that was shown begins anew.
    fn turn_containers(
        &mut self,
        changed: &[Changed],
        itself: Option<usize>,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        if let Some(question) = itself {
            let shown = self.is_shown_itself(question);
            let is_it = |change: &Changed| matches!(change, Changed::Question(q) if *q == question);
            let gone = changed.iter().any(is_it);
            if !self.answer(question).is_null() && !shown && !gone {
                self.clear_or_begin(question, queue, changes);
            }
            if self.question(question).is_some_and(|model| model.rows.is_none()) {
                let inside = self.flow.children(question).to_vec();
                self.turn_inside(inside, shown, queue, changes);
            }
        }
        for change in changed {
            match *change {
                Changed::Page(page) => {
                    let shown = self.flow.is_page_visible(page);
                    self.turn_inside(self.flow.on_page(page).to_vec(), shown, queue, changes);
                    if !self.starting && (shown || page == self.page()) {
                        self.keep_place(changes);
                    }
                }
                Changed::Question(question) => {
                    let shown = self.is_visible(question);
                    let model = self.question(question);
                    if model.is_some_and(|model| matches!(model.kind, Kind::Panel(_))) {
                        let inside = self.flow.children(question).to_vec();
                        self.turn_inside(inside, shown, queue, changes);
                    }
                }
            }
        }
    }

    /// Whether a question or panel is shown, as far as what is around it allows.
    fn is_shown_itself(&self, question: usize) -> bool {
        let is_panel =
            self.question(question).is_some_and(|model| matches!(model.kind, Kind::Panel(_)));
        let mut inside = self.flow.children(question).iter();
        self.flow.holds(question) && (!is_panel || inside.any(|inner| self.is_shown_itself(*inner)))
    }

    fn turn_inside(
        &mut self,
        inside: Vec<usize>,
        shown: bool,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        for question in inside {
            let Some(model) = self.question(question) else { continue };
            if model.rows.is_none() {
                let children = self.flow.children(question).to_vec();
                self.turn_inside(children, shown, queue, changes);
            }
            let Some(model) = self.question(question) else { continue };
            let mode = self.hidden_mode(model);
            let keeps = matches!(mode, HiddenAnswers::None | HiddenAnswers::OnComplete);
            let empty = self.answer(question).is_empty();
            let default = self.default_of(model);
            if !model.kind.as_type().takes_answer() || self.replaying {
                continue;
            }
            if shown && empty && (keeps || self.flow.holds(question)) && !is_blank(&default) {
                self.assign(question, default, queue, changes);
            } else if !shown
                && !self.answer(question).is_null()
                && mode == HiddenAnswers::OnHiddenContainer
            {
                self.clear_or_begin(question, queue, changes);
            }
        }
    }

    /// What happens to the answer of a question while it is hidden.
    pub(super) fn hidden_mode(&self, model: &Question) -> HiddenAnswers {
        if cfg!(lean) {
            return HiddenAnswers::OnComplete;
        }
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
        if cfg!(lean) {
            return;
        }
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
                && match self.row_of(question).map(|row| self.rows[row].owner) {
                    None => self.replaying || self.following.shrunk == Some(question),
                    // What surrounds the entries does not count as hiding what is in them.
                    Some(owner) => {
                        let (holds, owner_holds) =
                            (self.flow.holds(question), self.flow.holds(owner));
                        let shrunk = self.following.shrunk == Some(owner) && !owner_holds;
                        self.counts_entries(owner) && ((holds && owner_holds) || shrunk)
                    }
                };
            if !fresh
                && !stays
                && !self.twins(question).into_iter().any(|twin| self.is_visible(twin))
            {
                let dropped = !self.answer(question).is_null();
                let inside = self.survey.source.hidden_answers;
                let whole = inside == HiddenAnswers::OnHiddenContainer;
                if self.is_tidy() && whole && self.counts_entries(question) {
                    self.empty_entries(question, changes);
                }
                self.assign(question, Value::Null, queue, changes);
                if dropped {
                    self.keep_rows(question, changes);
                }
            }
        } else if self.answer(question).is_empty() {
            let default = self.default_of(model);
            // Entries that nothing is written in are no answer to begin with.
            if !self.is_tidy() || !is_blank(&default) {
                self.assign(question, default, queue, changes);
            }
        }
    }
}

/// Whether nothing stands in a value, nor in entries that it has.
fn is_blank(value: &Value) -> bool {
    value.is_empty()
        || value.as_list().is_some_and(|entries| {
            entries.iter().all(|entry| entry.as_map().is_some_and(Map::is_empty))
        })
}
