//! What an action changed, so that a view updates just that.

use crate::value::Sorted;
use std::ops::BitOrAssign;

/// Exactly what changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The questions that changed, and in what.
    pub questions: Sorted<usize, Aspects>,
    /// Which pages are visible, or which is the last one.
    pub pages: bool,
    /// Which page is current.
    pub page: bool,
    /// The wording of a heading of the survey or a page.
    pub headings: bool,
    /// The language.
    pub locale: bool,
    /// Something is wanted from outside; see [`Session::wanted`](super::Session::wanted).
    pub wants: bool,
    /// The survey is finished.
    pub complete: bool,
    /// Pages that were shown or hidden an odd number of times on the way.
    pub(super) turned: Vec<usize>,
}

impl Changes {
    /// Stands for the end of the survey among the pages.
    pub(super) const END: usize = usize::MAX;

    /// Whether nothing changed at all.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// Notes that a question changed in some aspects.
    pub fn mark(&mut self, question: usize, aspects: Aspects) {
        *self.questions.or_insert_with(question, Aspects::default) |= aspects;
    }

    /// Notes that a question was shown or hidden; twice is as good as never.
    pub(super) fn turn(&mut self, question: usize) {
        let aspects = self.questions.or_insert_with(question, Aspects::default);
        aspects.0 ^= Aspects::VISIBLE.0;
        if aspects.0 == 0 {
            self.questions.remove(&question);
        }
    }

    /// Notes that a page was shown or hidden; `END` that the end moved.
    pub(super) fn turn_page(&mut self, page: usize) {
        match self.turned.iter().position(|turned| *turned == page) {
            Some(at) => drop(self.turned.swap_remove(at)),
            None => self.turned.push(page),
        }
        self.pages = !self.turned.is_empty();
    }

    /// The aspects in which a question changed.
    pub fn of(&self, question: usize) -> Aspects {
        self.questions.get(&question).copied().unwrap_or_default()
    }
}

/// In what a question changed: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aspects(u16);

impl Aspects {
    pub const ANSWER: Aspects = Aspects(1);
    pub const COMMENT: Aspects = Aspects(2);
    pub const VISIBLE: Aspects = Aspects(4);
    pub const REQUIRED: Aspects = Aspects(8);
    pub const READ_ONLY: Aspects = Aspects(16);
    pub const ISSUES: Aspects = Aspects(32);
    pub const TEXT: Aspects = Aspects(64);
    /// How many rows there are.
    pub const ROWS: Aspects = Aspects(128);
    /// Which choices, rows or columns there are, or their order.
    pub const OFFER: Aspects = Aspects(256);

    /// Whether the set holds all of `aspects`.
    pub fn has(self, aspects: Aspects) -> bool {
        self.0 & aspects.0 == aspects.0
    }
}

impl BitOrAssign for Aspects {
    fn bitor_assign(&mut self, other: Aspects) {
        self.0 |= other.0;
    }
}

/// What came of trying to go on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    pub changes: Changes,
    /// Whether answers on the way are not acceptable yet; the session shows their issues.
    pub refused: bool,
}
