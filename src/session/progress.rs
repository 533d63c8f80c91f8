//! How far a respondent has come.

use super::Session;
use crate::survey::source::{PageMode, ProgressType};

/// How far a respondent has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is shown among all that is shown one after the other, from 1.
    pub page: usize,
    pub pages: usize,
    /// Of the visible questions that take an answer.
    pub answered: usize,
    pub questions: usize,
    /// Of those that need one.
    pub required_answered: usize,
    pub required: usize,
}

impl Progress {
    /// How much is done and how much there is, counted as the survey wants it.
    pub fn counted(&self, by: ProgressType) -> (usize, usize) {
        match by {
            ProgressType::Pages => (self.page, self.pages),
            ProgressType::Questions => (self.answered, self.questions),
            ProgressType::RequiredQuestions => (self.required_answered, self.required),
        }
    }
}

impl Session {
    /// How far the respondent has come.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for (question, model) in self.survey.questions.iter().enumerate() {
            let kind = model.kind.as_type();
            let asks = kind.takes_answer() && kind.computed().is_none();
            if !asks || !self.is_visible(question) || !self.flow.shows(question) {
                continue;
            }
            let answered = usize::from(!self.answer(question).is_empty());
            progress.questions += 1;
            progress.answered += answered;
            if self.is_required(question) {
                progress.required += 1;
                progress.required_answered += answered;
            }
        }
        let pages = self.visible_pages();
        (progress.page, progress.pages) = match self.page_mode() {
            PageMode::SinglePage => (1, 1),
            PageMode::Standard => (self.place_among(&pages, self.page), pages.len()),
            PageMode::QuestionPerPage => {
                let mut all = Vec::new();
                for page in pages {
                    all.extend(self.single_questions(page));
                }
                (self.place_among(&all, self.question.unwrap_or(usize::MAX)), all.len())
            }
        };
        progress
    }

    fn place_among(&self, all: &[usize], one: usize) -> usize {
        all.iter().position(|candidate| *candidate == one).map_or(1, |at| at + 1)
    }
}
