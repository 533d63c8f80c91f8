//! Where in a definition a question stands: worked out only when something is to be reported.

use super::{Block, Page, Question, QuestionId};
use crate::diagnostic::Step;
use crate::questions::Contents;

/// The parts of a survey that places depend on.
#[derive(Clone, Copy)]
pub struct Layout<'a> {
    pub pages: &'a [Page],
    pub questions: &'a [Question],
    pub blocks: &'a [Block],
}

impl Layout<'_> {
    /// The questions of a block; 0 are those outside all rows.
    pub fn block(&self, block: usize) -> &[Question] {
        match block.checked_sub(1) {
            None => self.questions,
            Some(index) => self.blocks.get(index).map_or(&[], |block| &block.questions),
        }
    }

    /// The path of a question's object.
    pub fn path(&self, id: QuestionId) -> Vec<Step> {
        let question = &self.block(id.block)[id.index];
        let (mut path, field) = match (question.parent, id.block.checked_sub(1)) {
            (Some(parent), _) => (self.path(QuestionId { index: parent, ..id }), "questions"),
            (None, Some(own)) => {
                let owner = self.blocks[own].owner;
                let field = match self.block(owner.block)[owner.index].kind.as_type().contents() {
                    Contents::Rows { field, .. } => field,
                    _ => "questions",
                };
                (self.path(owner), field)
            }
            (None, None) => {
                let page = vec![Step::Key("pages".to_owned()), Step::Index(question.page)];
                (page, "questions")
            }
        };
        path.push(Step::Key(field.to_owned()));
        path.push(Step::Index(question.position));
        path
    }
}

/// A path with one more field.
pub fn within(mut path: Vec<Step>, field: &str) -> Vec<Step> {
    path.push(Step::Key(field.to_owned()));
    path
}

/// A path from the root of the definition.
pub fn path(steps: &[(&str, Option<usize>)]) -> Vec<Step> {
    let step = |(key, index): &(&str, Option<usize>)| {
        [Some(Step::Key((*key).to_owned())), index.map(Step::Index)].into_iter().flatten()
    };
    steps.iter().flat_map(step).collect()
}
