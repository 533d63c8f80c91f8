//! What is known of those who are alike in one thing.

use super::add_all;
use crate::report::cell::{Cell, Cells};
use crate::report::plan::{Grid, Plan};
use crate::report::record::Record;

/// What is known of the submissions in one category of a group.
#[derive(Clone, Debug, Default)]
pub struct Category {
    pub n: u64,
    /// By score.
    pub scores: Vec<Cell>,
    /// By rating.
    pub ratings: Cells,
    /// By grid: how many chose each cell.
    pub grids: Vec<Vec<u64>>,
}

impl Category {
    /// Without ratings where nobody asks for them.
    pub fn new(plan: &Plan, rated: bool) -> Category {
        let ratings = if rated { plan.ratings.len() } else { 0 };
        let grids = if rated { plan.grids.as_slice() } else { &[] };
        let cells = |grid: &Grid| vec![0; grid.rows.len() * grid.columns.len()];
        Category {
            n: 0,
            scores: vec![Cell::default(); plan.scores.len()],
            ratings: Cells::new(ratings),
            grids: grids.iter().map(cells).collect(),
        }
    }

    /// One of the same shape in which nobody is.
    pub fn emptied(&self) -> Category {
        Category {
            n: 0,
            scores: vec![Cell::default(); self.scores.len()],
            ratings: Cells::new(self.ratings.len()),
            grids: self.grids.iter().map(|grid| vec![0; grid.len()]).collect(),
        }
    }

    pub fn count(&mut self, plan: &Plan, record: &Record) {
        self.n += 1;
        self.ratings.add(&record.ratings);
        for ((counts, chosen), grid) in self.grids.iter_mut().zip(&record.cells).zip(&plan.grids) {
            for (row, column) in chosen {
                if let Some(count) = counts.get_mut(row * grid.columns.len() + column) {
                    *count += 1;
                }
            }
        }
    }

    /// Adds a respondent's figure to a score.
    pub fn score(&mut self, index: usize, figure: &Cell) {
        if let Some(cell) = self.scores.get_mut(index) {
            cell.merge(figure);
        }
    }

    pub fn merge(&mut self, other: &Category) {
        self.n += other.n;
        self.scores.iter_mut().zip(&other.scores).for_each(|(one, two)| one.merge(two));
        self.ratings.merge(&other.ratings);
        self.grids.iter_mut().zip(&other.grids).for_each(|(one, two)| add_all(one, two));
    }
}
