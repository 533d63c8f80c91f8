//! Two tallies of the same plan become one.

use super::{Tally, add_all};

impl Tally {
    /// Adds what another tally of the same plan has counted.
    pub fn merge(&mut self, other: Tally) {
        self.counts.merge(&other.counts);
        self.all.merge(&other.all);
        self.steps.iter_mut().zip(&other.steps).for_each(|(one, other)| add_all(one, other));
        self.lists.iter_mut().zip(&other.lists).for_each(|(one, two)| one.merge(two));
        self.rows.iter_mut().zip(&other.rows).for_each(|(one, other)| add_all(one, other));
        for ((plan, one), two) in self.plan.groups.iter().zip(&mut self.groups).zip(&other.groups) {
            one.merge(two, self.plan.fixed(&plan.subject));
        }
        for (one, two) in self.pairs.iter_mut().flatten().zip(other.pairs.iter().flatten()) {
            one.iter_mut().zip(two).for_each(|(one, two)| one.merge(two));
        }
        for (one, two) in self.gaps.iter_mut().zip(&other.gaps) {
            one.resize(one.len().max(two.len()), Default::default());
            for (one, two) in one.iter_mut().flatten().zip(two.iter().flatten()) {
                one.merge(two);
            }
        }
        self.drivers.merge(&other.drivers);
        self.scales.iter_mut().zip(&other.scales).for_each(|(one, two)| one.merge(two));
        self.comments.iter_mut().zip(other.comments).for_each(|(one, two)| one.merge(two));
        add_all(&mut self.bands, &other.bands);
        add_all(&mut self.pages, &other.pages);
        add_all(&mut self.seconds, &other.seconds);
        for name in &other.versions.list {
            self.versions.place(name);
        }
    }
}
