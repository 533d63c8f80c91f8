//! Runs a pattern's steps over a text, going back to the last choice where they fail.

use super::classes::fold;
use super::program::{Program, Step, is_word};

/// How many steps a search may take.
const BUDGET: u32 = 1_000_000;
/// How many bits may be spent on noting what was tried: a megabyte.
const MOST_TRIED: usize = 1 << 23;
/// The content of a slot that nothing was noted in.
const UNSET: usize = usize::MAX;

enum Undo {
    /// Another way to try from here.
    Way { step: usize, at: usize },
    /// What a slot held before.
    Slot { slot: usize, held: usize },
}

struct Machine<'a> {
    program: &'a Program,
    text: &'a [u16],
    slots: Vec<usize>,
    undo: Vec<Undo>,
    /// A bit per split and position: what was tried there once and failed fails again, unless
    /// the pattern refers back. It keeps nested repetitions from taking exponential time.
    tried: Vec<u64>,
    /// The bits that were set since the start of what looks around.
    fresh: Vec<usize>,
    left: u32,
}

/// Whether a pattern is found anywhere in a text.
pub fn is_found(program: &Program, text: &[u16]) -> bool {
    let bits = program.splits * (text.len() + 1);
    let notes = if program.remembers || bits > MOST_TRIED { 0 } else { bits.div_ceil(64) };
    let mut machine = Machine {
        program,
        text,
        slots: vec![UNSET; program.slots],
        undo: Vec::new(),
        tried: vec![0; notes],
        fresh: Vec::new(),
        left: BUDGET,
    };
    (0..=text.len()).any(|start| {
        machine.undo.clear();
        machine.fresh.clear();
        machine.run(0, start) || machine.left == 0
    })
}

impl Machine<'_> {
    /// Runs from a step up to its `Done`; false too where the budget has run out.
    fn run(&mut self, step: usize, at: usize) -> bool {
        let base = self.undo.len();
        let (mut step, mut at) = (step, at);
        loop {
            if self.left == 0 {
                return false;
            }
            self.left -= 1;
            let program = self.program;
            let on = match program.steps.get(step) {
                None | Some(Step::Done) => return true,
                Some(Step::Look { negated, next }) => {
                    (self.look(step + 1, at) != *negated).then_some((*next, at))
                }
                Some(Step::Split { first, second, index }) => {
                    if self.was_tried(*index, at) {
                        None
                    } else {
                        self.undo.push(Undo::Way { step: *second, at });
                        Some((*first, at))
                    }
                }
                Some(plain) => self.plain(plain, step, at),
            };
            match on.or_else(|| self.go_back(base)) {
                Some(next) => (step, at) = next,
                None => return false,
            }
        }
    }

    /// Takes a step that leaves no choice: where it leads, if anywhere.
    fn plain(&mut self, step: &Step, number: usize, at: usize) -> Option<(usize, usize)> {
        let next = number + 1;
        let on = match step {
            Step::Unit { unit, backward } => {
                let (read, after) = self.read(at, *backward)?;
                (self.common(read) == *unit).then_some(after)
            }
            Step::Set { set, backward } => {
                let (read, after) = self.read(at, *backward)?;
                self.program.sets.get(*set)?.holds(self.common(read)).then_some(after)
            }
            Step::Back { group, backward } => self.again(*group, at, *backward),
            Step::Jump(target) => return Some((*target, at)),
            Step::Save(slot) => {
                self.save(*slot, at);
                Some(at)
            }
            Step::Clear(from, to) => {
                (*from..*to).for_each(|slot| self.save(slot, UNSET));
                Some(at)
            }
            Step::Moved(slot) => (self.slots.get(*slot) != Some(&at)).then_some(at),
            Step::Start => (at == 0).then_some(at),
            Step::End => (at == self.text.len()).then_some(at),
            Step::WordEdge(wanted) => {
                let before = at.checked_sub(1).and_then(|before| self.text.get(before));
                let is_edge = is_word(before) != is_word(self.text.get(at));
                (is_edge == *wanted).then_some(at)
            }
            Step::Look { .. } | Step::Split { .. } | Step::Done => None,
        };
        on.map(|at| (next, at))
    }

    /// Whether what stands around this position matches. Its choices are final.
    fn look(&mut self, step: usize, at: usize) -> bool {
        let base = self.undo.len();
        let noted = self.fresh.len();
        let found = self.run(step, at);
        if found {
            // What was tried on the way has not failed.
            for bit in self.fresh.split_off(noted) {
                if let Some(word) = self.tried.get_mut(bit / 64) {
                    *word &= !(1 << (bit % 64));
                }
            }
            let mut kept = self.undo.split_off(base);
            kept.retain(|undo| matches!(undo, Undo::Slot { .. }));
            self.undo.append(&mut kept);
        }
        found
    }

    fn was_tried(&mut self, split: usize, at: usize) -> bool {
        let bit = split * (self.text.len() + 1) + at;
        let Some(word) = self.tried.get_mut(bit / 64) else { return false };
        let mask = 1 << (bit % 64);
        let was = *word & mask != 0;
        *word |= mask;
        if !was {
            self.fresh.push(bit);
        }
        was
    }

    fn go_back(&mut self, base: usize) -> Option<(usize, usize)> {
        while self.undo.len() > base {
            match self.undo.pop()? {
                Undo::Way { step, at } => return Some((step, at)),
                Undo::Slot { slot, held } => {
                    if let Some(content) = self.slots.get_mut(slot) {
                        *content = held;
                    }
                }
            }
        }
        None
    }

    fn save(&mut self, slot: usize, at: usize) {
        if let Some(content) = self.slots.get_mut(slot) {
            self.undo.push(Undo::Slot { slot, held: *content });
            *content = at;
        }
    }

    fn read(&self, at: usize, backward: bool) -> Option<(u16, usize)> {
        let (from, after) = if backward { (at.checked_sub(1)?, at - 1) } else { (at, at + 1) };
        self.text.get(from).map(|unit| (*unit, after))
    }

    fn common(&self, unit: u16) -> u16 {
        if self.program.ignore_case { fold(unit) } else { unit }
    }

    /// Reads what a group has matched once more; a group that has not matches nothing.
    fn again(&mut self, group: usize, at: usize, backward: bool) -> Option<usize> {
        let (start, end) = (*self.slots.get(group * 2)?, *self.slots.get(group * 2 + 1)?);
        let Some(part) = self.text.get(start..end).filter(|_| start != UNSET && end != UNSET)
        else {
            return Some(at);
        };
        let (from, after) = if backward {
            let from = at.checked_sub(part.len())?;
            (from, from)
        } else {
            (at, at + part.len())
        };
        self.left = self.left.saturating_sub(part.len() as u32);
        let here = self.text.get(from..from + part.len())?;
        let same = here.iter().zip(part).all(|(a, b)| self.common(*a) == self.common(*b));
        same.then_some(after)
    }
}
