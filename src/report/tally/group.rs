//! Submissions by one thing that they are told apart by.

use super::category::Category;
use super::names::Names;
use crate::report::plan::Plan;

pub struct Group {
    /// The names of its categories, behind those that the survey lists.
    pub names: Names,
    pub categories: Vec<Category>,
    /// Those who say nothing about it.
    pub rest: Category,
}

impl Group {
    pub fn new(plan: &Plan, rated: bool) -> Group {
        Group { names: Names::default(), categories: Vec::new(), rest: Category::new(plan, rated) }
    }

    /// Hands over the category at a place, or that of those who say nothing.
    pub fn category(&mut self, place: Option<usize>, take: impl FnOnce(&mut Category)) {
        let Some(place) = place else { return take(&mut self.rest) };
        if self.categories.len() <= place {
            self.categories.resize_with(place + 1, || self.rest.emptied());
        }
        if let Some(category) = self.categories.get_mut(place) {
            take(category);
        }
    }

    /// Adds what another has counted; so many categories are `fixed` by the survey.
    pub fn merge(&mut self, other: &Group, fixed: usize) {
        self.rest.merge(&other.rest);
        for (at, category) in other.categories.iter().enumerate() {
            let name = at.checked_sub(fixed).and_then(|at| other.names.list.get(at));
            let place = name.map_or(at, |name| fixed + self.names.place(name));
            self.category(Some(place), |own| own.merge(category));
        }
    }
}
