//! What of the survey the respondent sees now.

use super::Session;
use crate::flow::Place;
use crate::questions::Kind;
use crate::survey::source::PageMode;

impl Session {
    /// Whether questions of a page are shown one at a time.
    pub(super) fn is_alone(&self, page: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        self.page_mode() == PageMode::QuestionPerPage && !self.is_start_page(page)
    }

    pub(super) fn is_panel(&self, question: usize) -> bool {
        self.question(question).is_some_and(|model| matches!(model.kind, Kind::Panel(_)))
    }

    /// The visible questions of a page that can be shown alone, panels being just frames.
    pub(super) fn single_questions(&self, page: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open: Vec<usize> = self.flow.on_page(page).iter().rev().copied().collect();
        while let Some(question) = open.pop() {
            if self.is_panel(question) {
                open.extend(self.flow.children(question).iter().rev());
            } else if self.is_visible(question) && self.flow.shows(question) {
                found.push(question);
            }
        }
        found
    }

    /// Every question that is shown now, in order: what going on looks at.
    pub fn shown_questions(&self) -> Vec<usize> {
        let mut shown = Vec::new();
        for page in self.shown_pages() {
            shown.extend(self.questions_on(page));
        }
        if let Some(question) = self.question {
            shown.retain(|candidate| self.stands_in(*candidate, question));
        }
        shown
    }

    /// Whether a question is such that there is something to see of it.
    pub fn is_seen(&self, question: usize) -> bool {
        self.flow.shows(question)
    }

    pub(super) fn stands_in(&self, mut question: usize, around: usize) -> bool {
        loop {
            if question == around {
                return true;
            }
            match self.flow.place(question) {
                Place::Question(outer) => question = outer,
                Place::Page(_) => return false,
            }
        }
    }

    /// The pages that are shown at once.
    pub fn shown_pages(&self) -> Vec<usize> {
        match self.page_mode() {
            PageMode::SinglePage if !self.is_start_page(self.page) => self.visible_pages(),
            _ => vec![self.page],
        }
    }

    /// The questions that stand directly on a page, in the order in which they are asked.
    pub fn on_page(&self, page: usize) -> &[usize] {
        self.flow.on_page(page)
    }

    /// The one question that is shown, where they are shown one at a time.
    pub fn single_question(&self) -> Option<usize> {
        self.question
    }

    /// The index of the current page.
    pub fn page(&self) -> usize {
        self.page
    }

    /// Whether a page comes before the survey proper.
    pub fn is_start_page(&self, page: usize) -> bool {
        if cfg!(lean) {
            return false;
        }
        page == 0 && self.has_start_page()
    }

    /// The visible pages in order; a start page is none of them.
    pub fn visible_pages(&self) -> Vec<usize> {
        self.flow.visible_pages().filter(|page| !self.is_start_page(*page)).collect()
    }
}
