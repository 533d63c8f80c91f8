//! Which answers are not acceptable yet, and which of that is shown.

use super::{Changes, Session, Step};
use crate::expr::Scope;
use crate::issue::{Issue, Level};
use crate::validate::{self, Given};

impl Session {
    /// Looks at the answers on some pages and shows their issues.
    pub(super) fn check(&mut self, pages: &[usize]) -> Step {
        let mut step = Step::default();
        for page in pages {
            for question in self.questions_on(*page) {
                let issues = self.find_issues(question);
                step.refused |= issues.iter().any(|issue| issue.level == Level::Error);
                self.show_issues(question, issues, false, &mut step.changes);
            }
        }
        step
    }

    /// Every question on a page in order, those in panels and rows included.
    pub fn questions_on(&self, page: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open: Vec<usize> = self.flow.on_page(page).iter().rev().copied().collect();
        while let Some(question) = open.pop() {
            found.push(question);
            open.extend(self.flow.children(question).iter().rev());
        }
        found
    }

    /// Looks again at the answers whose issues are shown.
    pub(super) fn renew_issues(&mut self, changes: &mut Changes) {
        let flagged: Vec<usize> = self.shown_issues.keys().copied().collect();
        for question in flagged {
            let issues = self.find_issues(question);
            // An entry without issues stays, so that undoing the correction shows them again.
            self.show_issues(question, issues, true, changes);
        }
    }

    fn show_issues(
        &mut self,
        question: usize,
        issues: Vec<Issue>,
        keep_empty: bool,
        changes: &mut Changes,
    ) {
        if self.issues(question) != issues {
            changes.mark(question, super::Aspects::ISSUES);
        }
        if issues.is_empty() && !keep_empty {
            self.shown_issues.remove(&question);
        } else {
            self.shown_issues.insert(question, issues);
        }
    }

    /// What is wrong with a question's answer at this moment, shown or not.
    pub fn find_issues(&self, question: usize) -> Vec<Issue> {
        if !self.is_visible(question) || self.is_read_only(question) {
            return Vec::new();
        }
        let Some(model) = self.question(question) else { return Vec::new() };
        let given = Given {
            answer: self.answer(question),
            comment: self.comment(question),
            required: self.is_required(question),
        };
        let scope: &dyn Scope = &self.scope(self.row_of(question));
        validate::issues(model, &given, |validator| {
            model.validators[validator].is_true(scope, &self.environment)
        })
    }

    /// The issues to show: none until going on was refused.
    pub fn issues(&self, question: usize) -> &[Issue] {
        self.shown_issues.get(&question).map_or(&[], Vec::as_slice)
    }

    /// Every issue that is shown, in the order of the survey.
    pub fn all_issues(&self) -> impl Iterator<Item = (usize, &Issue)> {
        let questions = match self.shown_issues.is_empty() {
            true => Vec::new(),
            false => {
                self.visible_pages().iter().flat_map(|page| self.questions_on(*page)).collect()
            }
        };
        let shown = questions.into_iter().filter_map(|q| Some((q, self.shown_issues.get(&q)?)));
        shown.flat_map(|(question, issues)| issues.iter().map(move |issue| (question, issue)))
    }
}
