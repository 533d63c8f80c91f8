//! How often each choice of a list was made.

use super::names::Names;
use crate::report::plan::List;
use crate::report::record::Choice;

#[derive(Clone, Debug)]
pub struct Chosen {
    /// How many answered.
    pub answered: u64,
    /// How often each choice was made: those of the list, then others.
    pub counts: Vec<u64>,
    /// Names of choices that the list does not hold.
    pub unlisted: Names,
    listed: usize,
}

impl Chosen {
    pub fn new(list: &List) -> Chosen {
        let listed = list.choices.len();
        Chosen { answered: 0, counts: vec![0; listed], unlisted: Names::default(), listed }
    }

    pub fn count(&mut self, made: &[Choice]) {
        self.answered += u64::from(!made.is_empty());
        for choice in made {
            match choice {
                Choice::Listed(at) => self.add(*at, 1),
                Choice::Unlisted(name) => self.add_unlisted(name, 1),
            }
        }
    }

    pub fn merge(&mut self, other: &Chosen) {
        self.answered += other.answered;
        for (at, count) in other.counts.iter().enumerate() {
            match at.checked_sub(other.listed).and_then(|at| other.unlisted.list.get(at)) {
                Some(name) => self.add_unlisted(name, *count),
                None => self.add(at, *count),
            }
        }
    }

    fn add_unlisted(&mut self, name: &str, count: u64) {
        let place = self.listed + self.unlisted.place(name);
        self.add(place, count);
    }

    fn add(&mut self, place: usize, count: u64) {
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        if let Some(sum) = self.counts.get_mut(place) {
            *sum += count;
        }
    }
}
