//! Bringing rules into an order in which each comes after all that it depends on.

use std::collections::BTreeMap;

use super::compile::Compiler;
use super::names::Slot;
use super::scoring::Scoring;
use super::source::SurveySource;
use super::{Page, Question, Rule, Target};
use crate::diagnostic::{Diagnostic, Step};

type Readers = BTreeMap<u32, Vec<usize>>;

/// The rules in order, and which of them read each slot. A cycle is reported.
pub fn in_order(
    rules: Vec<Rule>,
    source: &SurveySource,
    questions: &[Question],
    pages: &[Page],
    scoring: &[Scoring],
    compiler: &Compiler,
) -> Option<(Vec<Rule>, Readers)> {
    let readers = readers(&rules, scoring, compiler);
    let mut open_inputs = vec![0usize; rules.len()];
    let followers: Vec<Vec<usize>> = rules
        .iter()
        .map(|rule| {
            let outputs = outputs(rule.target, questions, pages, &readers);
            let followers = outputs.iter().filter_map(|slot| readers.get(slot)).flatten();
            followers.copied().collect()
        })
        .collect();
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
    if order.len() < rules.len() {
        let stuck = (0..rules.len()).filter(|index| open_inputs[*index] > 0);
        report_cycle(stuck.map(|index| rules[index].target), source, questions, pages, compiler);
        return None;
    }
    let mut place = vec![0; rules.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new);
    let mut sorted: Vec<(usize, Rule)> =
        rules.into_iter().enumerate().map(|(old, rule)| (place[old], rule)).collect();
    sorted.sort_by_key(|(new, _)| *new);
    let moved = |indexes: Vec<usize>| indexes.into_iter().map(|old| place[old]).collect();
    let readers = readers.into_iter().map(|(slot, indexes)| (slot, moved(indexes))).collect();
    Some((sorted.into_iter().map(|(_, rule)| rule).collect(), readers))
}

fn readers(rules: &[Rule], scoring: &[Scoring], compiler: &Compiler) -> Readers {
    let mut readers: Readers = BTreeMap::new();
    for (index, rule) in rules.iter().enumerate() {
        for slot in rule.expression.reads() {
            readers.entry(*slot).or_default().push(index);
            // A score changes with the answers under it and with their visibility.
            if let Slot::Score(score) = Slot::decode(*slot) {
                for below in score_slots(&scoring[score], compiler) {
                    readers.entry(below.encode()).or_default().push(index);
                }
            }
        }
    }
    for indexes in readers.values_mut() {
        indexes.sort_unstable();
        indexes.dedup();
    }
    readers
}

fn score_slots(scoring: &Scoring, compiler: &Compiler) -> Vec<Slot> {
    let also = scoring.kind.as_metric().also_reads();
    let also = also.into_iter().filter_map(|id| compiler.names.question(id));
    let questions = scoring.items.iter().map(|item| item.question).chain(also);
    questions.flat_map(|question| [Slot::Answer(question), Slot::Visibility(question)]).collect()
}

/// The slots whose values a rule decides, as far as anything reads them.
fn outputs(target: Target, questions: &[Question], pages: &[Page], readers: &Readers) -> Vec<u32> {
    let visibility = |range: std::ops::Range<usize>| {
        let slots = range.map(|question| Slot::Visibility(question).encode());
        slots.filter(|slot| readers.contains_key(slot)).collect()
    };
    match target {
        Target::Calculated(index) => vec![Slot::Calculated(index).encode()],
        Target::Visible(question) => visibility(question..questions[question].end),
        Target::PageVisible(page) => visibility(pages[page].questions.clone()),
        Target::Required(_) | Target::Enabled(_) => Vec::new(),
    }
}

fn report_cycle(
    targets: impl Iterator<Item = Target>,
    source: &SurveySource,
    questions: &[Question],
    pages: &[Page],
    compiler: &Compiler,
) {
    let mut names = Vec::new();
    let mut path = Vec::new();
    for target in targets {
        let (name, section, index) = match target {
            Target::Calculated(index) => (&source.calculated[index].id, "calculated", index),
            Target::PageVisible(page) => (&pages[page].source.id, "pages", page),
            Target::Visible(q) | Target::Required(q) | Target::Enabled(q) => {
                (&questions[q].source.id, "pages", questions[q].page)
            }
        };
        if path.is_empty() {
            path = vec![Step::Key(section.to_owned()), Step::Index(index)];
        }
        names.push(format!("`{name}`"));
    }
    let message = format!("these depend on each other in a circle: {}", names.join(", "));
    compiler.log.push(Diagnostic::error("cycle", path, message));
}
