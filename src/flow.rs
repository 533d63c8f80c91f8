//! Which questions and pages are visible, and which page comes next.

use crate::survey::Survey;

/// The visibility of every question and page, kept up to date at the cost of what changes.
///
/// A question is visible where its own condition and those of all panels around it and of
/// its page hold. A panel or page is visible where, besides, something visible stands in it.
#[derive(Clone, Debug)]
pub struct Flow {
    questions: Vec<Element>,
    pages: Vec<Element>,
}

#[derive(Clone, Copy, Debug)]
struct Element {
    /// Whether its own condition holds.
    own: bool,
    visible: bool,
    /// For panels and pages: how many visible questions stand in it, panels not counted.
    inside: usize,
}

impl Flow {
    /// Everything whose own condition is not known yet counts as the definition says.
    pub fn new(survey: &Survey) -> Self {
        let element = |own| Element { own, visible: false, inside: 0 };
        let mut flow = Flow {
            questions: survey.questions.iter().map(|q| element(q.source.visible)).collect(),
            pages: survey.pages.iter().map(|_| element(true)).collect(),
        };
        for page in &survey.pages {
            flow.refresh(survey, page.questions.clone(), &mut |_| {});
        }
        flow
    }

    pub fn is_visible(&self, question: usize) -> bool {
        self.questions.get(question).is_some_and(|element| element.visible)
    }

    pub fn is_page_visible(&self, page: usize) -> bool {
        self.pages.get(page).is_some_and(|element| element.visible)
    }

    /// The visible pages, in order.
    pub fn visible_pages(&self) -> impl DoubleEndedIterator<Item = usize> {
        (0..self.pages.len()).filter(|page| self.pages[*page].visible)
    }

    /// The page after this one.
    pub fn next_page(&self, page: usize) -> Option<usize> {
        self.visible_pages().find(|candidate| *candidate > page)
    }

    /// The page before this one.
    pub fn previous_page(&self, page: usize) -> Option<usize> {
        self.visible_pages().rfind(|candidate| *candidate < page)
    }

    /// Takes in whether a question's own condition holds; `changed` hears of every question
    /// and page whose visibility changes by it.
    pub fn set_question(
        &mut self,
        survey: &Survey,
        question: usize,
        own: bool,
        changed: &mut dyn FnMut(Changed),
    ) {
        if self.questions[question].own != own {
            self.questions[question].own = own;
            self.refresh(survey, question..survey.questions[question].end, changed);
        }
    }

    /// Takes in whether a page's own condition holds.
    pub fn set_page(
        &mut self,
        survey: &Survey,
        page: usize,
        own: bool,
        changed: &mut dyn FnMut(Changed),
    ) {
        if self.pages[page].own != own {
            self.pages[page].own = own;
            self.refresh(survey, survey.pages[page].questions.clone(), changed);
            // Its questions may all have been hidden anyway.
            self.settle_page(page, changed);
        }
    }

    fn refresh(
        &mut self,
        survey: &Survey,
        range: std::ops::Range<usize>,
        changed: &mut dyn FnMut(Changed),
    ) {
        for index in range {
            let question = &survey.questions[index];
            let holds_others = !question.kind.as_type().takes_answer() && question.end > index + 1;
            let is_empty_panel = matches!(question.kind, crate::questions::Kind::Panel(_));
            if holds_others || is_empty_panel {
                self.settle_panel(survey, index, changed);
                continue;
            }
            let visible = self.questions[index].own && self.surroundings_hold(survey, index);
            if self.questions[index].visible == visible {
                continue;
            }
            self.questions[index].visible = visible;
            changed(Changed::Question(index));
            self.count(survey, index, visible, changed);
        }
    }

    fn surroundings_hold(&self, survey: &Survey, index: usize) -> bool {
        let mut parent = survey.questions[index].parent;
        while let Some(panel) = parent {
            if !self.questions[panel].own {
                return false;
            }
            parent = survey.questions[panel].parent;
        }
        self.pages[survey.questions[index].page].own
    }

    /// Counts one question more or less in all panels around it and its page.
    fn count(
        &mut self,
        survey: &Survey,
        index: usize,
        more: bool,
        changed: &mut dyn FnMut(Changed),
    ) {
        let counted = |element: &mut Element| {
            element.inside =
                if more { element.inside + 1 } else { element.inside.saturating_sub(1) }
        };
        let mut parent = survey.questions[index].parent;
        while let Some(panel) = parent {
            counted(&mut self.questions[panel]);
            self.settle_panel(survey, panel, changed);
            parent = survey.questions[panel].parent;
        }
        let page = survey.questions[index].page;
        counted(&mut self.pages[page]);
        self.settle_page(page, changed);
    }

    fn settle_panel(&mut self, survey: &Survey, panel: usize, changed: &mut dyn FnMut(Changed)) {
        let holds = self.questions[panel].own && self.surroundings_hold(survey, panel);
        let visible = holds && self.questions[panel].inside > 0;
        if self.questions[panel].visible != visible {
            self.questions[panel].visible = visible;
            changed(Changed::Question(panel));
        }
    }

    fn settle_page(&mut self, page: usize, changed: &mut dyn FnMut(Changed)) {
        let element = &mut self.pages[page];
        let visible = element.own && element.inside > 0;
        if element.visible != visible {
            element.visible = visible;
            changed(Changed::Page);
        }
    }
}

/// What became visible or hidden.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Changed {
    Question(usize),
    Page,
}
