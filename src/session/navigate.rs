//! Where the respondent is, and how they get on.

use std::sync::Arc;

use super::{Changes, Session, Step};
use crate::expr::Expression;
use crate::flow::Place;
use crate::questions::Kind;
use crate::survey::source::{CheckErrors, PageMode, TriggerType};
use crate::survey::{Question, Slot, Target};
use crate::validate::chooses;

impl Session {
    /// Goes on: to the next page or question, or to the review of all answers where the survey
    /// has one; finishes where a trigger or a screen-out ends the survey here. Refused where
    /// answers on the way are not acceptable yet.
    // A session is no iterator, and respondents go "next".
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Step {
        if self.is_complete() || self.reviewing {
            return Step::default();
        }
        if self.ends_early() {
            return self.complete();
        }
        if self.neighbour(true).is_none() && !self.has_preview() {
            return Step::default();
        }
        let mut step = match self.check_errors() {
            CheckErrors::OnComplete => Step::default(),
            _ => self.check(&self.shown_questions()),
        };
        if step.refused {
            return step;
        }
        if self.ends_on_leaving() {
            return self.complete();
        }
        match self.neighbour(true) {
            Some((page, question)) => self.move_to(page, question, &mut step.changes),
            None if self.has_preview() => return self.review(),
            None => {}
        }
        step
    }

    /// Whether a trigger ends the survey with this page. Where answers are made tidy, the page on
    /// which it went off is the last one, and no other.
    fn ends_here(&self) -> bool {
        if cfg!(lean) {
            return false;
        }
        if !self.is_tidy() {
            return !self.ends.is_empty();
        }
        self.flow.is_page_visible(self.page) && self.ends.iter().any(|(_, on)| *on == self.page)
    }

    /// Whether a trigger that ends the survey reads what stands on this page, and holds. It may
    /// have held from the start, without any change that would have set it off.
    fn ends_on_leaving(&mut self) -> bool {
        if cfg!(lean) {
            return false;
        }
        let survey = Arc::clone(&self.survey);
        let shown = self.shown_questions();
        for rule in survey.rules() {
            let Target::Trigger(index) = rule.target else { continue };
            if survey.source.triggers[index].kind != TriggerType::Complete {
                continue;
            }
            let here = |slot: Slot| matches!(slot, Slot::Answer(q) if shown.contains(&q));
            let holds =
                |condition: &Expression| condition.is_true(&self.scope(None), &self.environment);
            if rule.reads().any(here) && rule.condition.as_ref().is_some_and(holds) {
                self.ends.push((index, self.page));
                return true;
            }
        }
        false
    }

    /// Goes back by as much as is shown at once. Nothing is checked, and nothing is lost.
    pub fn previous(&mut self) -> Changes {
        let mut changes = Changes::default();
        if self.is_complete() {
            return changes;
        }
        if self.reviewing {
            self.reviewing = false;
            changes.page = true;
        } else if self.neighbour(false).is_some()
            && let Some(page) = self.skipped_from()
        {
            self.arrive(page, &mut changes);
        } else if let Some((page, question)) = self.neighbour(false) {
            self.move_to(page, question, &mut changes);
        }
        changes
    }

    /// Goes to a visible page without checking this one. There is no way back to a start page.
    pub fn go_to(&mut self, page: usize) -> Changes {
        let mut changes = Changes::default();
        if self.flow.is_page_visible(page) && !self.is_start_page(page) {
            self.arrive(page, &mut changes);
        }
        changes
    }

    /// Goes to a visible page as far as the answers on the way are acceptable: back always,
    /// forward to the first page that is not done.
    pub fn try_go_to(&mut self, page: usize) -> Step {
        let pages = self.visible_pages();
        let place = |page: usize| pages.iter().position(|candidate| *candidate == page);
        let (Some(from), Some(to)) = (place(self.page), place(page)) else {
            return Step::default();
        };
        let mut step = Step::default();
        let checks = self.check_errors() != CheckErrors::OnComplete;
        let way = pages.get(from..to).filter(|_| checks && !self.reviewing).unwrap_or_default();
        for passed in way {
            step = self.check(&self.questions_on(*passed));
            if step.refused {
                self.arrive(*passed, &mut step.changes);
                return step;
            }
        }
        self.arrive(page, &mut step.changes);
        // What the checks have asked again may have hidden it.
        self.keep_place(&mut step.changes);
        step
    }

    /// Finishes, if all answers are acceptable; otherwise goes to the first that is not. Where
    /// the survey ends early, only what the respondent has come by counts.
    pub fn complete(&mut self) -> Step {
        if self.is_complete() {
            return Step::default();
        }
        let unchecked = self.is_tidy()
            && self.ends_here()
            && self.neighbour(true).is_some()
            && self.survey.source.check_errors == CheckErrors::OnComplete;
        let mut step = if unchecked { Step::default() } else { self.check_all() };
        if !step.refused {
            self.finish(&mut step.changes);
        }
        step
    }

    /// Shows all answers once more, if they are acceptable.
    pub(super) fn review(&mut self) -> Step {
        if cfg!(lean) {
            return Step::default();
        }
        let mut step = self.check_all();
        if !step.refused {
            self.reviewing = true;
            step.changes.page = true;
        }
        step
    }

    fn check_all(&mut self) -> Step {
        let mut changes = Changes::default();
        if !self.is_tidy() {
            self.bring_forward(&self.visible_pages(), false, &mut changes);
        }
        let mut questions = Vec::new();
        for page in self.flow.visible_pages() {
            questions.extend(self.questions_on(page));
        }
        if self.ends_early() {
            let shown = self.shown_questions();
            // Where answers are made tidy, what was passed by has been looked at on its page.
            let by_page = self.check_errors() != CheckErrors::OnComplete;
            if self.is_tidy() && by_page {
                questions.retain(|question| shown.contains(question));
            }
            let last = shown.last().and_then(|last| questions.iter().position(|q| q == last));
            questions.truncate(last.map_or(questions.len(), |last| last + 1));
        }
        let mut step = self.check(&questions);
        for (question, aspects) in &changes.questions {
            step.changes.mark(*question, *aspects);
        }
        if let Some(question) = self.following.wrong.take() {
            self.go_to_question(question, &mut step.changes);
        }
        step
    }

    /// Goes to where a question is shown.
    pub(super) fn go_to_question(&mut self, question: usize, changes: &mut Changes) {
        let (mut single, page) = (question, self.flow.page_of(question));
        while let Place::Question(around) = self.flow.place(single)
            && !self.is_panel(around)
        {
            single = around;
        }
        let single = self.is_alone(page).then_some(single);
        if self.flow.is_page_visible(page) {
            self.move_to(page, single, changes);
        }
    }

    fn move_to(&mut self, page: usize, question: Option<usize>, changes: &mut Changes) {
        if !self.is_complete() && (self.reviewing || (self.page, self.question) != (page, question))
        {
            (self.page, self.question) = (page, question);
            self.reviewing = false;
            changes.page = true;
            self.bring_forward(&self.shown_pages(), true, changes);
        }
    }

    /// Goes to the beginning of a page.
    pub(super) fn arrive(&mut self, page: usize, changes: &mut Changes) {
        let question = self.single_questions(page).first().copied();
        self.move_to(page, question.filter(|_| self.is_alone(page)), changes);
    }

    /// Goes to the beginning of the survey.
    pub(super) fn begin(&mut self) {
        self.page = self.flow.visible_pages().next().unwrap_or(0);
        if let Some(page) = self.led_to() {
            self.page = page;
        }
        self.keep_place(&mut Changes::default());
        self.bring_forward(&self.shown_pages(), true, &mut Changes::default());
    }

    /// Goes somewhere else where what is shown was hidden.
    pub(super) fn keep_place(&mut self, changes: &mut Changes) {
        if !self.flow.is_page_visible(self.page) {
            let next = match self.is_tidy() {
                // There, all begins anew.
                true => self.visible_pages().first().copied(),
                false => {
                    self.flow.next_page(self.page).or_else(|| self.flow.previous_page(self.page))
                }
            };
            if let Some(next) = next {
                self.arrive(next, changes);
            }
        }
        let hidden = self.question.is_none_or(|question| !self.is_visible(question));
        if self.is_alone(self.page) && hidden {
            let question = self.question.unwrap_or(0);
            let visible = self.single_questions(self.page);
            let all = self.questions_on(self.page);
            let place = |question: usize| all.iter().position(|candidate| *candidate == question);
            let next = visible.iter().find(|candidate| place(**candidate) > place(question));
            let question = next.or(visible.last()).copied();
            self.move_to(self.page, question, changes);
        }
    }

    /// What comes after, or before, what is shown.
    fn neighbour(&self, forward: bool) -> Option<(usize, Option<usize>)> {
        if self.page_mode() == PageMode::SinglePage && !self.is_start_page(self.page) {
            return None;
        }
        if self.is_alone(self.page) {
            let questions = self.single_questions(self.page);
            let here = questions.iter().position(|question| Some(*question) == self.question);
            let there = here.and_then(|at| if forward { Some(at + 1) } else { at.checked_sub(1) });
            if let Some(question) = there.and_then(|at| questions.get(at)) {
                return Some((self.page, Some(*question)));
            }
        }
        let page = match forward {
            true => self.flow.next_page(self.page)?,
            false => {
                self.flow.previous_page(self.page).filter(|page| !self.is_start_page(*page))?
            }
        };
        let questions = self.single_questions(page);
        let question = if forward { questions.first() } else { questions.last() };
        Some((page, question.copied().filter(|_| self.is_alone(page))))
    }

    /// Whether this answer was the last that was open here, given by one choice, so that the
    /// survey may go on by itself.
    pub fn may_advance(&self, question: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        let source = &self.survey.source;
        if !source.auto_advance || (self.finishes_here() && !source.auto_complete) {
            return false;
        }
        let Some(model) = self.question(question) else { return false };
        let choice = matches!(
            model.kind,
            Kind::SingleChoice(_) | Kind::Rating(_) | Kind::Nps(_) | Kind::YesNo(_)
        );
        let other = model.kind.as_type().other();
        let writes = other.is_some_and(|other| chooses(self.answer(question), other));
        let mut open = self.shown_questions();
        open.retain(|candidate| {
            let takes_answer = |model: &Question| model.kind.as_type().takes_answer();
            self.is_visible(*candidate)
                && self.is_seen(*candidate)
                && !self.is_read_only(*candidate)
                && self.question(*candidate).is_some_and(takes_answer)
        });
        let done = |question: &usize| {
            !self.answer(*question).is_empty() && self.find_issues(*question).is_empty()
        };
        choice && !writes && open.last() == Some(&question) && open.iter().all(done)
    }

    /// Whether there is no way back.
    pub fn is_first_page(&self) -> bool {
        !self.reviewing && self.neighbour(false).is_none()
    }

    /// Whether this is what respondents see first.
    pub fn is_opening(&self) -> bool {
        let starts = self.has_start_page() && self.flow.is_page_visible(0);
        if starts { self.page == 0 } else { self.is_first_page() }
    }

    /// Whether there is no way on but to finish, or to the review before that.
    pub fn is_last_page(&self) -> bool {
        self.ends_here() || self.neighbour(true).is_none()
    }

    /// Whether all answers are shown once more.
    pub fn is_reviewing(&self) -> bool {
        if cfg!(lean) {
            return false;
        }
        self.reviewing
    }

    /// Whether going on from here finishes the survey, as far as the respondent is to know: a
    /// screen-out comes unannounced.
    pub fn finishes_here(&self) -> bool {
        self.reviewing || self.ends_here() || (self.is_last_page() && !self.has_preview())
    }

    /// Whether a trigger or a screen-out makes this the end.
    pub fn ends_early(&self) -> bool {
        self.ends_here() || self.screen_out().is_some()
    }
}
