//! Bringing rules into the order in which a survey is written: that of surveys whose answers are
//! tidy, which are gone through from top to bottom, again and again until nothing changes.

use std::cmp::Reverse;

use super::path::Layout;
use super::{QuestionId, Rule, Target};

/// Where a rule stands: calculated values, then pages and what is on them, then events.
type Place = Vec<(usize, Reverse<usize>, usize)>;

/// The same rules in the order of writing; calculated values stay in that of their dependencies.
pub fn from_top_to_bottom(rules: &[Rule], order: &[usize], layout: Layout) -> Vec<usize> {
    let mut placed = Vec::new();
    for (at, index) in order.iter().enumerate() {
        placed.extend(rules.get(*index).map(|rule| (place(rule, layout), at, *index)));
    }
    placed.sort_unstable();
    placed.into_iter().map(|(_, _, index)| index).collect()
}

fn place(rule: &Rule, layout: Layout) -> Place {
    let page = |page: usize, rank: usize| {
        let end = layout.pages.get(page).map_or(0, |page| page.questions.end);
        vec![(1, Reverse(0), 0), (end, Reverse(0), rank)]
    };
    let (phase, index, rank) = match rule.target {
        Target::Calculated(_) => return vec![(0, Reverse(0), 0)],
        Target::Trigger(index) => return vec![(3, Reverse(0), index)],
        Target::PageVisible(index) => return page(index, 1),
        Target::PageEnabled(index) => return page(index, 2),
        Target::Visible(index) => (1, index, 0),
        Target::Enabled(index) => (1, index, 1),
        Target::Required(index) => (1, index, 2),
        Target::Computed(index) => (1, index, 3),
        Target::Offer(index) => (1, index, 4),
        Target::Default(index) => (1, index, 6),
        Target::Reset(index) => (2, index, 0),
        Target::Value(index) => (2, index, 1),
    };
    let mut place = vec![(phase, Reverse(0), 0)];
    around(QuestionId { block: rule.block, index }, rank, layout, &mut place);
    place
}

/// What stands in a panel comes before it, and what stands in rows between their owner's rules.
fn around(id: QuestionId, rank: usize, layout: Layout, place: &mut Place) {
    if let Some(block) = id.block.checked_sub(1).and_then(|block| layout.blocks.get(block)) {
        around(block.owner, 5, layout, place);
    }
    let end = layout.block(id.block).get(id.index).map_or(0, |question| question.end);
    // A page ends where its last question does, and comes after it.
    place.push((end, Reverse(id.index + 1), rank));
}
