//! What a name in an expression or a text stands for.

use std::collections::BTreeMap;

use crate::expr;

/// Something that an expression can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// `{id}`: the answer to a question.
    Answer(usize),
    /// `{id-comment}`: what was written out beside it.
    Comment(usize),
    /// `{id}` of a calculated value.
    Calculated(usize),
    /// `{scores.id}`: the value of a score.
    Score(usize),
    /// `{context.key}`: what the host passed in.
    Context,
    /// Whether a question is visible. No name reads it, but scores rest on it.
    Visibility(usize),
}

impl Slot {
    /// The number that compiled expressions know the slot by.
    pub fn encode(self) -> u32 {
        let (kind, index) = match self {
            Slot::Answer(index) => (0, index),
            Slot::Comment(index) => (1, index),
            Slot::Calculated(index) => (2, index),
            Slot::Score(index) => (3, index),
            Slot::Context => (4, 0),
            Slot::Visibility(index) => (5, index),
        };
        (index as u32) << 3 | kind
    }

    /// The slot behind a number that [`encode`](Slot::encode) gave.
    pub fn decode(number: u32) -> Slot {
        let index = (number >> 3) as usize;
        match number & 7 {
            0 => Slot::Answer(index),
            1 => Slot::Comment(index),
            2 => Slot::Calculated(index),
            3 => Slot::Score(index),
            4 => Slot::Context,
            _ => Slot::Visibility(index),
        }
    }
}

/// All names of a survey. Upper and lower case are the same in expressions.
#[derive(Clone, Debug, Default)]
pub struct Names {
    slots: BTreeMap<String, Slot>,
    /// Ids exactly as written: answers are stored under them.
    questions: BTreeMap<String, usize>,
}

impl Names {
    /// Adds a name; gives it back if it was taken.
    pub fn add(&mut self, name: &str, slot: Slot) -> Option<Slot> {
        self.slots.insert(name.to_lowercase(), slot)
    }

    /// Adds a question's id and its comment; false if the id was taken.
    pub fn add_question(&mut self, id: &str, index: usize) -> bool {
        if self.questions.insert(id.to_owned(), index).is_some() {
            return false;
        }
        // Ids that differ only in case stay reachable: the first one keeps the loose name.
        self.slots.entry(id.to_lowercase()).or_insert(Slot::Answer(index));
        self.slots.entry(format!("{id}-comment").to_lowercase()).or_insert(Slot::Comment(index));
        true
    }

    /// The question with this id, exactly as written.
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions.get(id).copied()
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<Slot> {
        match self.slots.get(name) {
            Some(slot) => Some(*slot),
            None => self.slots.get(&name.to_lowercase()).copied(),
        }
    }

    /// Every name, for suggestions.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.slots.keys().map(String::as_str)
    }
}

impl expr::Names for Names {
    fn slot(&self, name: &str) -> Option<u32> {
        match self.questions.get(name) {
            Some(index) => Some(Slot::Answer(*index).encode()),
            None => self.get(name).map(Slot::encode),
        }
    }
}
