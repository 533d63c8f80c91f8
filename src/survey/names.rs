//! What a name in an expression or a text stands for.

#[cfg(not(lean))]
use std::collections::HashMap;

use super::{Block, Question, QuestionId};
use crate::expr;
use crate::value::lower_case;

/// Something that an expression can read.
///
/// `up` counts the levels of rows between the reader and what it reads: 0 is its own row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// `{id}`: the answer to a question outside all rows.
    Answer(usize),
    /// `{id-comment}`: what was written out beside it.
    Comment(usize),
    /// `{id-total}`: the totals of a table.
    Totals(usize),
    /// `{id}` of a calculated value.
    Calculated(usize),
    /// `{name}`: a value that only triggers set.
    Variable(usize),
    /// `{scores.id}`: the value of a score.
    Score(usize),
    /// `{context.key}`: what the host passed in.
    Context,
    /// Whether a question is visible. No name reads it, but scores rest on it.
    Visibility(usize),
    /// `{row.id}`, `{panel.id}`: the answer to a question in the same row, or in one around it.
    Cell { up: usize, index: usize },
    /// `{rowIndex}`: which row it is, from 0.
    RowIndex,
    /// `{rowName}`: the name of a fixed row.
    RowName,
    /// `{prevRow.id}`: the answers of the row before.
    PreviousRow,
    /// `{nextRow.id}`: the answers of the row after.
    NextRow,
    /// `{totalRow.id}`: the totals of the table that the row stands in.
    OwnTotals,
    /// `{item}`: the choice, row or column that a condition is asked about.
    Item,
    /// What a question offers to choose from: `beside` in the same row, else outside all rows. No
    /// name reads it, but what is carried forward rests on it.
    Offered { beside: bool, index: usize },
}

impl Slot {
    /// The number that compiled expressions know the slot by.
    pub fn encode(self) -> u32 {
        let (kind, up, index) = match self {
            Slot::Answer(index) => (0, 0, index),
            Slot::Comment(index) => (1, 0, index),
            Slot::Totals(index) => (2, 0, index),
            Slot::Calculated(index) => (3, 0, index),
            Slot::Score(index) => (4, 0, index),
            Slot::Context => (5, 0, 0),
            Slot::Visibility(index) => (6, 0, index),
            Slot::Cell { up, index } => (7, up, index),
            Slot::RowIndex => (8, 0, 0),
            Slot::RowName => (9, 0, 0),
            Slot::PreviousRow => (10, 0, 0),
            Slot::NextRow => (11, 0, 0),
            Slot::OwnTotals => (12, 0, 0),
            Slot::Item => (13, 0, 0),
            Slot::Variable(index) => (14, 0, index),
            Slot::Offered { beside, index } => (15, usize::from(beside), index),
        };
        kind | (up.min(7) as u32) << 4 | (index as u32) << 7
    }

    /// The slot behind a number that [`encode`](Slot::encode) gave.
    pub fn decode(number: u32) -> Slot {
        let (up, index) = ((number >> 4 & 7) as usize, (number >> 7) as usize);
        match number & 15 {
            0 => Slot::Answer(index),
            1 => Slot::Comment(index),
            2 => Slot::Totals(index),
            3 => Slot::Calculated(index),
            4 => Slot::Score(index),
            5 => Slot::Context,
            6 => Slot::Visibility(index),
            7 => Slot::Cell { up, index },
            8 => Slot::RowIndex,
            9 => Slot::RowName,
            10 => Slot::PreviousRow,
            11 => Slot::NextRow,
            12 => Slot::OwnTotals,
            13 => Slot::Item,
            14 => Slot::Variable(index),
            _ => Slot::Offered { beside: up == 1, index },
        }
    }
}

/// Surveys may have thousands of names; those that the smaller engine reads have few.
#[cfg(not(lean))]
type Known = HashMap<String, Slot>;
#[cfg(lean)]
type Known = crate::value::Sorted<String, Slot>;

/// All names of a survey outside rows. Upper and lower case are the same in expressions.
#[derive(Clone, Debug, Default)]
pub struct Names {
    slots: Known,
    /// Ids exactly as written: answers are stored under them.
    questions: Known,
    /// The functions that the host adds.
    pub functions: Vec<String>,
}

/// The first one keeps a name.
fn add_first(known: &mut Known, name: String, slot: Slot) {
    #[cfg(not(lean))]
    known.entry(name).or_insert(slot);
    #[cfg(lean)]
    known.or_insert_with(name, || slot);
}

impl Names {
    /// Adds a name; gives back what had it before.
    pub fn add(&mut self, name: &str, slot: Slot) -> Option<Slot> {
        self.slots.insert(lower_case(name), slot)
    }

    /// Adds a question's id and its comment; false if the id was taken.
    pub fn add_question(&mut self, id: &str, index: usize) -> bool {
        if self.questions.insert(id.to_owned(), Slot::Answer(index)).is_some() {
            return false;
        }
        // Ids that differ only in case stay reachable: the first one keeps the loose name.
        for (suffix, slot) in [
            ("", Slot::Answer(index)),
            ("-comment", Slot::Comment(index)),
            ("-total", Slot::Totals(index)),
        ] {
            add_first(&mut self.slots, lower_case(&format!("{id}{suffix}")), slot);
        }
        true
    }

    /// The question with this id, exactly as written.
    pub fn question(&self, id: &str) -> Option<usize> {
        match self.questions.get(id) {
            Some(Slot::Answer(index)) => Some(*index),
            _ => None,
        }
    }

    /// Makes the name under which answers are shared known.
    pub fn add_shared(&mut self, name: &str, index: usize) {
        add_first(&mut self.questions, name.to_owned(), Slot::Answer(index));
        add_first(&mut self.slots, lower_case(name), Slot::Answer(index));
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<Slot> {
        if let Some(slot) = self.questions.get(name) {
            return Some(*slot);
        }
        match self.slots.get(name) {
            Some(slot) => Some(*slot),
            None => self.slots.get(&lower_case(name)).copied(),
        }
    }

    /// Every name, for suggestions.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.slots.keys().map(String::as_str)
    }
}

/// The names that can be read at one place: those of the survey and, inside rows, those of
/// the row and of the rows around it.
pub struct Scope<'a> {
    pub names: &'a Names,
    pub blocks: &'a [Block],
    /// The block that the reader stands in; 0 outside all rows.
    pub block: usize,
    /// Whether `{item}` can be read.
    pub item: bool,
}

impl Scope<'_> {
    pub fn get(&self, name: &str) -> Option<Slot> {
        self.local(name).or_else(|| self.names.get(name))
    }

    fn local(&self, name: &str) -> Option<Slot> {
        if self.item && name.eq_ignore_ascii_case("item") {
            return Some(Slot::Item);
        }
        let block = self.blocks.get(self.block.checked_sub(1)?)?;
        let lower = lower_case(name);
        match lower.as_str() {
            "rowindex" | "panelindex" => return Some(Slot::RowIndex),
            "rowname" | "rowvalue" => return Some(Slot::RowName),
            "prevrow" | "prevpanel" => return Some(Slot::PreviousRow),
            "nextrow" | "nextpanel" => return Some(Slot::NextRow),
            "totalrow" => return Some(Slot::OwnTotals),
            _ => {}
        }
        let (prefix, _) = lower.split_once('.')?;
        let id = name.get(prefix.len() + 1..)?;
        match prefix {
            "row" | "panel" => cell(&block.questions, id, 0),
            "parentrow" | "parentpanel" => {
                let around = self.blocks.get(block.owner.block.checked_sub(1)?)?;
                cell(&around.questions, id, 1)
            }
            _ => None,
        }
    }
}

fn cell(questions: &[Question], id: &str, up: usize) -> Option<Slot> {
    let exact = questions.iter().position(|question| question.source.id == id);
    let index = exact.or_else(|| {
        let id = lower_case(id);
        questions.iter().position(|question| lower_case(&question.source.id) == id)
    })?;
    Some(Slot::Cell { up, index })
}

impl expr::Names for Scope<'_> {
    fn slot(&self, name: &str) -> Option<u32> {
        self.get(name).map(Slot::encode)
    }

    fn has_function(&self, name: &str) -> bool {
        self.names.functions.iter().any(|known| known == name)
    }
}

/// A slot as seen from outside the row that reads it: what a change is announced under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The block in whose rows it stands; 0 outside all rows.
    pub block: usize,
    pub slot: Slot,
}

impl Key {
    /// The key of a slot outside all rows.
    pub fn root(slot: Slot) -> Key {
        Key { block: 0, slot }
    }

    /// The key of the answer to a question, wherever it stands.
    pub fn answer(question: QuestionId) -> Key {
        match question.block {
            0 => Key::root(Slot::Answer(question.index)),
            block => Key { block, slot: Slot::Cell { up: 0, index: question.index } },
        }
    }

    /// The key of what a question offers, wherever it stands.
    pub fn offered(question: QuestionId) -> Key {
        let slot = Slot::Offered { beside: true, index: question.index };
        Key { block: question.block, slot }
    }

    /// What a rule of `block` waits for when it reads `slot`; nothing where it never changes.
    pub fn read(slot: Slot, block: usize, blocks: &[Block]) -> Option<Key> {
        let owner = |block: usize| blocks.get(block.checked_sub(1)?).map(|block| block.owner);
        match slot {
            Slot::Cell { up, index } => {
                let mut block = block;
                for _ in 0..up {
                    block = owner(block)?.block;
                }
                Some(Key { block, slot: Slot::Cell { up: 0, index } })
            }
            Slot::RowIndex => Some(Key { block, slot }),
            Slot::PreviousRow | Slot::NextRow | Slot::OwnTotals => owner(block).map(Key::answer),
            Slot::Totals(index) => Some(Key::root(Slot::Answer(index))),
            Slot::Offered { beside, index } => {
                let question = QuestionId { block: if beside { block } else { 0 }, index };
                Some(Key::offered(question))
            }
            Slot::RowName | Slot::Item => None,
            slot => Some(Key::root(slot)),
        }
    }
}
