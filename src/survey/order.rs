//! Bringing rules into an order in which each comes after all that it depends on.

use std::ops::Range;

use super::names::{Key, Names, Slot};
use super::path::Layout;
use super::scoring::Scoring;
use super::source::SurveySource;
use super::tour::from_top_to_bottom;
use super::{QuestionId, Rule, Target};
use crate::definition::Log;
use crate::diagnostic::{Diagnostic, Step};

/// Which rules wait for which key: a sorted list, built once.
#[derive(Clone, Debug, Default)]
pub struct Readers {
    pairs: Vec<(Key, usize)>,
}

impl Readers {
    fn sorted(mut pairs: Vec<(Key, usize)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        Readers { pairs }
    }

    /// The rules that wait for a key, first rule first.
    pub fn of(&self, key: Key) -> impl Iterator<Item = usize> {
        let start = self.pairs.partition_point(|(known, _)| *known < key);
        let from = self.pairs.get(start..).unwrap_or_default().iter();
        from.take_while(move |(known, _)| *known == key).map(|(_, rule)| *rule)
    }
}

/// The rules in order, and which of them wait for each key. A cycle is reported, but where answers
/// are tidy: there, the survey is gone through from top to bottom, as often as it takes.
pub fn in_order(
    rules: Vec<Rule>,
    source: &SurveySource,
    layout: Layout,
    names: &Names,
    scoring: &[Scoring],
    log: &Log,
) -> Option<(Vec<Rule>, Readers)> {
    let readers = readers(&rules, layout, names, scoring);
    let followers: Vec<Vec<usize>> =
        rules.iter().map(|rule| followers(rule, &rules, layout, &readers)).collect();
    let mut open_inputs = vec![0usize; rules.len()];
    followers.iter().flatten().for_each(|follower| open_inputs[*follower] += 1);
    let mut ready: Vec<usize> = (0..rules.len()).rev().filter(|i| open_inputs[*i] == 0).collect();
    let mut order = Vec::with_capacity(rules.len());
    while let Some(next) = ready.pop() {
        order.push(next);
        for follower in &followers[next] {
            open_inputs[*follower] -= 1;
            if open_inputs[*follower] == 0 {
                ready.push(*follower);
            }
        }
    }
    if order.len() < rules.len() && cfg!(not(lean)) && source.tidy {
        let stuck = (0..rules.len()).filter(|rule| open_inputs[*rule] > 0);
        order.extend(stuck);
    }
    if order.len() < rules.len() {
        let stuck = rules.iter().zip(&open_inputs).filter(|(_, open)| **open > 0);
        log.report(|| cycle(stuck.map(|(rule, _)| rule), source, layout));
        return None;
    }
    if cfg!(not(lean)) && source.tidy {
        order = from_top_to_bottom(&rules, &order, layout);
    }
    let mut place = vec![0; rules.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut rules: Vec<Option<Rule>> = rules.into_iter().map(Some).collect();
    let sorted = order.iter().filter_map(|old| rules[*old].take()).collect();
    let moved = readers.pairs.into_iter().map(|(key, old)| (key, place[old])).collect();
    Some((sorted, Readers::sorted(moved)))
}

fn readers(rules: &[Rule], layout: Layout, names: &Names, scoring: &[Scoring]) -> Readers {
    let mut pairs = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        for slot in rule.reads() {
            if let Some(key) = Key::read(slot, rule.block, layout.blocks) {
                pairs.push((key, index));
            }
            // A score changes with the answers under it and with their visibility.
            if let Slot::Score(score) = slot {
                for below in score_slots(&scoring[score], names) {
                    pairs.push((Key::root(below), index));
                }
            }
        }
    }
    Readers::sorted(pairs)
}

fn score_slots(scoring: &Scoring, names: &Names) -> Vec<Slot> {
    let also = scoring.kind.as_metric().also_reads();
    let also = also.into_iter().filter_map(|id| names.question(id));
    let items = scoring.items.iter();
    #[cfg(not(lean))]
    let items = items.chain(&scoring.others);
    let questions = items.map(|item| item.question).chain(also);
    questions.flat_map(|question| [Slot::Answer(question), Slot::Visibility(question)]).collect()
}

/// The rules that have to come after a rule, because they read what it decides.
fn followers(rule: &Rule, rules: &[Rule], layout: Layout, readers: &Readers) -> Vec<usize> {
    let mut found = Vec::new();
    for key in outputs(rule, layout, readers) {
        found.extend(readers.of(key));
    }
    // What stands in rows is part of its owner's answer too. Rules inside those rows may read
    // that answer (the row before, a sum over all rows) without depending on themselves.
    let mut block = rule.block;
    while let (true, Some(owner)) = (decides_answer(rule.target), owner(block, layout)) {
        let outside = readers.of(Key::answer(owner));
        found.extend(outside.filter(|reader| !stands_in(rules[*reader].block, block, layout)));
        block = owner.block;
    }
    found
}

fn decides_answer(target: Target) -> bool {
    matches!(target, Target::Computed(_) | Target::Value(_) | Target::Default(_))
}

fn owner(block: usize, layout: Layout) -> Option<QuestionId> {
    layout.blocks.get(block.checked_sub(1)?).map(|block| block.owner)
}

/// Whether one block is another, or stands in its rows.
fn stands_in(mut block: usize, around: usize, layout: Layout) -> bool {
    loop {
        if block == around {
            return true;
        }
        match owner(block, layout) {
            Some(owner) => block = owner.block,
            None => return false,
        }
    }
}

/// The keys whose values a rule decides, as far as anything waits for them.
fn outputs(rule: &Rule, layout: Layout, readers: &Readers) -> Vec<Key> {
    let visibility = |range: Range<usize>| {
        let keys = range.map(|question| Key::root(Slot::Visibility(question)));
        keys.filter(|key| readers.of(*key).next().is_some()).collect()
    };
    match rule.target {
        Target::Calculated(index) => vec![Key::root(Slot::Calculated(index))],
        Target::Computed(index) | Target::Value(index) | Target::Default(index) => {
            vec![Key::answer(QuestionId { block: rule.block, index })]
        }
        Target::Visible(index) if rule.block == 0 => visibility(index..layout.questions[index].end),
        Target::PageVisible(page) => visibility(layout.pages[page].questions.clone()),
        // That choices leave an answer is an event too: two questions may well offer only what
        // the other one left.
        Target::Offer(index) => {
            let id = QuestionId { block: rule.block, index };
            let mut keys = vec![Key::offered(id)];
            if id.block == 0 && layout.questions[index].kind.as_type().is_voidable() {
                keys.extend(visibility(index..index + 1));
            }
            keys
        }
        // Resets and triggers are events rather than definitions of a value: they may well
        // act on each other, and the session ends that after a while.
        _ => Vec::new(),
    }
}

fn cycle<'r>(
    stuck: impl Iterator<Item = &'r Rule>,
    source: &SurveySource,
    layout: Layout,
) -> Diagnostic {
    let mut names = Vec::new();
    let mut path = Vec::new();
    for rule in stuck {
        let (name, place) = match rule.target {
            Target::Calculated(index) => {
                (&source.calculated[index].id, super::path::path(&[("calculated", Some(index))]))
            }
            Target::Trigger(_) => continue,
            Target::PageVisible(page) | Target::PageEnabled(page) => {
                (&layout.pages[page].source.id, super::path::path(&[("pages", Some(page))]))
            }
            Target::Visible(index)
            | Target::Required(index)
            | Target::Enabled(index)
            | Target::Default(index)
            | Target::Computed(index)
            | Target::Value(index)
            | Target::Reset(index)
            | Target::Offer(index) => {
                let id = QuestionId { block: rule.block, index };
                (&layout.block(id.block)[index].source.id, layout.path(id))
            }
        };
        if path.is_empty() {
            path = place;
        }
        names.push(format!("`{name}`"));
    }
    names.dedup();
    let message = format_args!("these depend on each other in a circle: {}", names.join(", "));
    Diagnostic::error("cycle", path as Vec<Step>, message)
}
