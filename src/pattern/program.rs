//! From a pattern's tree to steps for the machine.

use super::classes::{Set, WORD, fold, is_within};
use super::parser::{Count, Node};

/// One step. Reading steps go backwards inside of what looks behind.
#[derive(Clone, Debug)]
pub enum Step {
    Unit {
        unit: u16,
        backward: bool,
    },
    Set {
        set: usize,
        backward: bool,
    },
    /// Repeats what a group has matched.
    Back {
        group: usize,
        backward: bool,
    },
    /// Tries the first way, then the second; `index` counts such steps.
    Split {
        first: usize,
        second: usize,
        index: usize,
    },
    Jump(usize),
    /// Notes the position in a slot.
    Save(usize),
    /// Forgets slots.
    Clear(usize, usize),
    /// Fails where the position is still that of the slot: an empty round leads nowhere new.
    Moved(usize),
    Start,
    End,
    WordEdge(bool),
    /// Runs the steps behind it up to their `Done`, then goes on at `next`.
    Look {
        negated: bool,
        next: usize,
    },
    Done,
}

#[derive(Clone, Debug)]
pub struct Program {
    pub steps: Vec<Step>,
    pub sets: Vec<Set>,
    pub slots: usize,
    pub splits: usize,
    pub ignore_case: bool,
    /// Whether what is left to match depends on more than step and position.
    pub remembers: bool,
}

/// Far beyond any pattern that somebody writes, and nothing for memory.
const MOST_STEPS: usize = 10_000;

/// Compiles a tree; nothing where it gets too long.
pub fn compile(tree: &Node, ignore_case: bool) -> Option<Program> {
    let mut groups = 0;
    let mut remembers = false;
    survey(tree, &mut groups, &mut remembers);
    let program = Program {
        steps: Vec::new(),
        sets: Vec::new(),
        slots: (groups + 1) * 2,
        splits: 0,
        ignore_case,
        remembers,
    };
    let mut compiler = Compiler { program, written: Vec::new() };
    compiler.node(tree, false)?;
    compiler.emit(Step::Done)?;
    Some(compiler.program)
}

fn survey(node: &Node, groups: &mut usize, remembers: &mut bool) {
    match node {
        Node::Back(_) => *remembers = true,
        Node::Sequence(nodes) | Node::Either(nodes) => {
            nodes.iter().for_each(|node| survey(node, groups, remembers));
        }
        Node::Group(index, node) => {
            *groups = (*groups).max(*index);
            survey(node, groups, remembers);
        }
        Node::Repeat(node, _) | Node::Look { node, .. } => survey(node, groups, remembers),
        _ => {}
    }
}

struct Compiler {
    program: Program,
    /// The sets as they are written, beside those of the program.
    written: Vec<Set>,
}

impl Compiler {
    fn emit(&mut self, step: Step) -> Option<usize> {
        let at = self.program.steps.len();
        self.program.steps.push(step);
        (at < MOST_STEPS).then_some(at)
    }

    fn split(&mut self) -> Option<usize> {
        let index = self.program.splits;
        self.program.splits += 1;
        self.emit(Step::Split { first: 0, second: 0, index })
    }

    /// Sets where the ways of a split lead.
    fn lead(&mut self, split: usize, [a, b]: [usize; 2], greedy: bool) {
        if let Some(Step::Split { first, second, .. }) = self.program.steps.get_mut(split) {
            (*first, *second) = if greedy { (a, b) } else { (b, a) };
        }
    }

    fn here(&self) -> usize {
        self.program.steps.len()
    }

    fn set(&mut self, set: &Set) -> usize {
        // Folding takes time, and a repetition asks for the same set again and again.
        self.written.iter().position(|known| known == set).unwrap_or_else(|| {
            let folded = if self.program.ignore_case { set.folded() } else { set.clone() };
            self.program.sets.push(folded);
            self.written.push(set.clone());
            self.written.len() - 1
        })
    }

    fn node(&mut self, node: &Node, backward: bool) -> Option<()> {
        match node {
            Node::Unit(unit) => {
                let unit = if self.program.ignore_case { fold(*unit) } else { *unit };
                self.emit(Step::Unit { unit, backward })?;
            }
            Node::Set(set) => {
                let set = self.set(set);
                self.emit(Step::Set { set, backward })?;
            }
            Node::Back(group) => {
                self.emit(Step::Back { group: *group, backward })?;
            }
            Node::Start => drop(self.emit(Step::Start)?),
            Node::End => drop(self.emit(Step::End)?),
            Node::WordEdge(is_edge) => drop(self.emit(Step::WordEdge(*is_edge))?),
            Node::Sequence(nodes) => {
                for at in 0..nodes.len() {
                    let at = if backward { nodes.len() - 1 - at } else { at };
                    self.node(nodes.get(at)?, backward)?;
                }
            }
            Node::Either(branches) => self.either(branches, backward)?,
            Node::Group(index, inside) => {
                let [open, close] = if backward { [1, 0] } else { [0, 1] };
                self.emit(Step::Save(index * 2 + open))?;
                self.node(inside, backward)?;
                self.emit(Step::Save(index * 2 + close))?;
            }
            Node::Repeat(inside, count) => self.repeat(inside, count, backward)?,
            Node::Look { ahead, negated, node } => {
                let look = self.emit(Step::Look { negated: *negated, next: 0 })?;
                self.node(node, !ahead)?;
                self.emit(Step::Done)?;
                let after = self.here();
                if let Some(Step::Look { next, .. }) = self.program.steps.get_mut(look) {
                    *next = after;
                }
            }
        }
        Some(())
    }

    fn either(&mut self, branches: &[Node], backward: bool) -> Option<()> {
        let mut jumps = Vec::new();
        let Some((last, others)) = branches.split_last() else { return Some(()) };
        for branch in others {
            let split = self.split()?;
            self.node(branch, backward)?;
            jumps.push(self.emit(Step::Jump(0))?);
            let next = self.here();
            self.lead(split, [split + 1, next], true);
        }
        self.node(last, backward)?;
        let end = self.here();
        for jump in jumps {
            if let Some(step) = self.program.steps.get_mut(jump) {
                *step = Step::Jump(end);
            }
        }
        Some(())
    }

    fn repeat(&mut self, node: &Node, count: &Count, backward: bool) -> Option<()> {
        for _ in 0..count.min {
            let before = self.here();
            self.round(node, count, backward)?;
            if self.here() == before {
                break;
            }
        }
        let mark = self.program.slots;
        self.program.slots += 1;
        let Some(max) = count.max else {
            let split = self.split()?;
            self.emit(Step::Save(mark))?;
            self.round(node, count, backward)?;
            self.emit(Step::Moved(mark))?;
            self.emit(Step::Jump(split))?;
            let end = self.here();
            self.lead(split, [split + 1, end], count.greedy);
            return Some(());
        };
        let mut splits = Vec::new();
        for _ in count.min..max {
            splits.push(self.split()?);
            self.emit(Step::Save(mark))?;
            self.round(node, count, backward)?;
            self.emit(Step::Moved(mark))?;
        }
        let end = self.here();
        for split in splits {
            self.lead(split, [split + 1, end], count.greedy);
        }
        Some(())
    }

    fn round(&mut self, node: &Node, count: &Count, backward: bool) -> Option<()> {
        if self.program.remembers && !count.groups.is_empty() {
            self.emit(Step::Clear(count.groups.start * 2, count.groups.end * 2))?;
        }
        self.node(node, backward)
    }
}

/// Whether a unit belongs to a word, as `\b` sees it.
pub fn is_word(unit: Option<&u16>) -> bool {
    unit.is_some_and(|unit| is_within(WORD, *unit))
}
