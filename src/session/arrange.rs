//! The order of questions and pages, where chance decides it.

use std::sync::Arc;

use super::Session;
use crate::flow::Place;
use crate::order::{seed_for, shuffled};
use crate::questions::{Kind, QuestionOrder};

impl Session {
    /// Brings everything into the order that the session's seed gives.
    pub(super) fn arrange(&mut self) {
        if cfg!(lean) {
            return;
        }
        let survey = Arc::clone(&self.survey);
        let common = survey.source.question_order;
        for (page, model) in survey.pages.iter().enumerate() {
            let name = String::from("page") + &model.source.id;
            self.arrange_in(Place::Page(page), [model.source.question_order, common], &name);
        }
        for (question, model) in survey.questions.iter().enumerate() {
            if let Kind::Panel(panel) = &model.kind {
                let name = String::from("panel") + &model.source.id;
                self.arrange_in(Place::Question(question), [panel.order, common], &name);
            }
        }
        if survey.source.page_order == QuestionOrder::Random {
            self.arrange_pages();
        }
    }

    fn arrange_in(&mut self, place: Place, [own, common]: [QuestionOrder; 2], name: &str) {
        let order = if own == QuestionOrder::Default { common } else { own };
        if order != QuestionOrder::Random {
            return;
        }
        let inside = match place {
            Place::Page(page) => self.flow.on_page(page),
            Place::Question(around) => self.flow.children(around),
        };
        let moves = |question: &usize| {
            self.question(*question).filter(|model| model.source.randomize).map(|_| "")
        };
        let groups: Vec<Option<&str>> = inside.iter().map(moves).collect();
        let order = shuffled(&groups, seed_for(self.start.seed, name));
        let order = order.into_iter().filter_map(|place| inside.get(place).copied()).collect();
        self.flow.arrange(place, order);
    }

    /// Shuffles the blocks of pages; a page without a block is one by itself.
    fn arrange_pages(&mut self) {
        let survey = Arc::clone(&self.survey);
        let mut blocks: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        for (page, model) in survey.pages.iter().enumerate() {
            let name = model.source.block.as_deref();
            let known = blocks.iter_mut().find(|(known, _)| name.is_some() && *known == name);
            match known {
                Some((_, pages)) => pages.push(page),
                None => blocks.push((name, vec![page])),
            }
        }
        let moves = |(_, pages): &(Option<&str>, Vec<usize>)| {
            let first = *pages.first()?;
            let moves = survey.pages.get(first)?.source.randomize && !self.is_start_page(first);
            moves.then_some("")
        };
        let groups: Vec<Option<&str>> = blocks.iter().map(moves).collect();
        let mut order = Vec::new();
        for place in shuffled(&groups, seed_for(self.start.seed, "pages")) {
            order.extend(blocks.get(place).into_iter().flat_map(|(_, pages)| pages));
        }
        self.flow.arrange_pages(order);
    }
}
