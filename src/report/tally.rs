//! Submissions counted in one pass: sums by what the report tells, never the submissions themselves.

mod category;
mod counts;
mod group;
mod list;
mod merge;
mod names;
mod subject;

use std::sync::Arc;

use super::cell::Cell;
use super::comments::{Band, Comments};
use super::model::{Drivers, Report};
use super::moments::Moments;
use super::plan::{Plan, Rating};
use super::record::Record;
use super::scoring::{self, Scorer};
use super::seen::Seen;
use super::summary;
use crate::metrics::{Detail, ItemGap, Score};
use crate::submission::Status;
pub use category::Category;
pub use counts::{Counts, STATUSES};
pub use group::Group;
pub use list::Chosen;
use names::Names;
use subject::Waves;

/// All that is known of the submissions read so far.
pub struct Tally {
    pub(super) plan: Arc<Plan>,
    seen: Seen,
    record: Record,
    scorer: Scorer,
    waves: Waves,
    pub(super) counts: Counts,
    pub(super) all: Category,
    /// By rating: how often each step was chosen, or each tenth of a long scale.
    pub(super) steps: Vec<Vec<u64>>,
    pub(super) lists: Vec<Chosen>,
    /// By grid: how many answered each row.
    pub(super) rows: Vec<Vec<u64>>,
    pub(super) groups: Vec<Group>,
    /// By group: the category that the submission at hand is in.
    places: Vec<Option<usize>>,
    /// By score: for each pair of ratings that are compared, both and their difference.
    pub(super) pairs: Vec<Vec<[Cell; 3]>>,
    /// By score, by item: required level, rated level, gap and importance.
    pub(super) gaps: Vec<Vec<[Cell; 4]>>,
    pub(super) drivers: Moments,
    /// By scale.
    pub(super) scales: Vec<Moments>,
    pub(super) comments: Vec<Comments>,
    /// By band of the outcome: how many there are.
    pub(super) bands: [u64; 4],
    /// By page: how many answered something on it.
    pub(super) pages: Vec<u64>,
    /// How many took so many seconds; the last stands for all that took longer.
    pub(super) seconds: Vec<u64>,
    pub(super) versions: Names,
}

/// Longer than two hours is not told apart.
const MOST_SECONDS: usize = 7200;

impl Tally {
    pub fn new(plan: &Arc<Plan>) -> Tally {
        Tally::sharing(plan, Seen::default())
    }

    /// A tally that leaves out what others who share `seen` have counted.
    pub fn sharing(plan: &Arc<Plan>, seen: Seen) -> Tally {
        let middle = |rating: usize| {
            plan.ratings.get(rating).map_or(0.0, |rating| (rating.min + rating.max) / 2.0)
        };
        let drivers = plan.drivers.iter().copied().chain(plan.outcome);
        let bins = |rating: &Rating| match rating.steps.len() {
            0 => vec![0; 10],
            steps => vec![0; steps],
        };
        let group = |at| Group::new(plan, plan.teams.contains(&at));
        Tally {
            seen,
            record: Record::new(plan),
            scorer: Scorer::new(plan),
            waves: Waves::default(),
            counts: Counts::default(),
            all: Category::new(plan, true),
            steps: plan.ratings.iter().map(bins).collect(),
            lists: plan.lists.iter().map(Chosen::new).collect(),
            rows: plan.grids.iter().map(|grid| vec![0; grid.rows.len()]).collect(),
            groups: (0..plan.groups.len()).map(group).collect(),
            places: Vec::with_capacity(plan.groups.len()),
            pairs: plan.scores.iter().map(|s| vec![Default::default(); s.others.len()]).collect(),
            gaps: vec![Vec::new(); plan.scores.len()],
            drivers: Moments::new(drivers.map(middle).collect()),
            scales: plan.scales.iter().map(|scale| scale.moments(&plan.ratings)).collect(),
            comments: vec![Comments::default(); plan.texts.len()],
            bands: [0; 4],
            pages: vec![0; plan.survey.pages.len()],
            seconds: vec![0; MOST_SECONDS + 1],
            versions: Names::default(),
            plan: Arc::clone(plan),
        }
    }

    /// Reads lines of JSON, each a submission or mere answers.
    pub fn read(&mut self, lines: &str) {
        for line in lines.split('\n') {
            self.read_line(line);
        }
    }

    pub fn read_line(&mut self, line: &str) {
        let line = line.trim_ascii();
        if line.is_empty() {
            return;
        }
        let plan = Arc::clone(&self.plan);
        let mut record = std::mem::take(&mut self.record);
        self.counts.lines += 1;
        match record.read(line, &plan) {
            Ok(()) => self.take(&plan, &record, line),
            Err(_) => self.counts.unreadable += 1,
        }
        self.record = record;
    }

    /// Counts a line that could not be told apart from others.
    pub fn read_unreadable(&mut self) {
        self.counts.lines += 1;
        self.counts.unreadable += 1;
    }

    fn take(&mut self, plan: &Plan, record: &Record, line: &str) {
        if record.is_submission {
            if !record.survey.is_empty() && record.survey != plan.survey.source.id {
                self.counts.other_survey += 1;
                return;
            }
            if !self.seen.is_new(&record.id) {
                self.counts.duplicates += 1;
                return;
            }
        }
        let meets = plan
            .filters
            .iter()
            .all(|(subject, condition)| subject::meets(plan, record, subject, condition));
        let status = STATUSES.iter().position(|status| status.name() == record.status);
        // Answers without more are those of someone who reached the end.
        let status = status.unwrap_or(0);
        let counts = match STATUSES.get(status) {
            Some(Status::Complete | Status::TimedOut) => true,
            Some(Status::Partial) => plan.settings.partial,
            _ => false,
        };
        if !meets {
            self.counts.left_out += u64::from(counts);
            return;
        }
        if let Some(count) = self.counts.statuses.get_mut(status) {
            *count += 1;
        }
        for (count, answered) in self.pages.iter_mut().zip(&record.pages) {
            *count += u64::from(*answered);
        }
        if counts {
            self.count(plan, record, line);
        }
    }

    fn count(&mut self, plan: &Plan, record: &Record, line: &str) {
        self.counts.counted += 1;
        if !record.version.is_empty() {
            self.versions.place(&record.version);
        }
        if let Some(duration) = record.duration {
            let second = usize::try_from(duration / 1000).unwrap_or(MOST_SECONDS);
            if let Some(count) = self.seconds.get_mut(second.min(MOST_SECONDS)) {
                *count += 1;
            }
        }
        for (chosen, made) in self.lists.iter_mut().zip(&record.choices) {
            chosen.count(made);
        }
        self.count_rows(record);
        self.count_ratings(plan, record);
        self.places.clear();
        for (group, subject) in self.groups.iter_mut().zip(&plan.groups) {
            let place = self.waves.place(plan, record, &subject.subject, &mut group.names);
            self.places.push(place);
            group.category(place, |category| category.count(plan, record));
        }
        self.all.count(plan, record);
        let (all, groups, places) = (&mut self.all, &mut self.groups, &self.places);
        let gaps = &mut self.gaps;
        let mut take = |index: usize, score: &Score| {
            let Some(entry) = plan.survey.scoring.get(index) else { return };
            if let (Detail::Gap { items, .. }, Some(cells)) = (&score.detail, gaps.get_mut(index)) {
                add_gaps(cells, items);
            }
            let Some(figure) = scoring::figure(&entry.kind, score) else { return };
            all.score(index, &figure);
            for (group, place) in groups.iter_mut().zip(places) {
                group.category(*place, |category| category.score(index, &figure));
            }
        };
        if Scorer::needs_replay(plan, record) {
            scoring::replay(plan, record, line, &mut take);
        } else {
            self.scorer.each(plan, record, &mut take);
        }
    }

    fn count_rows(&mut self, record: &Record) {
        for (counts, cells) in self.rows.iter_mut().zip(&record.cells) {
            let mut before = None;
            for (row, _) in cells {
                if before != Some(*row)
                    && let Some(count) = counts.get_mut(*row)
                {
                    *count += 1;
                }
                before = Some(*row);
            }
        }
    }

    fn count_ratings(&mut self, plan: &Plan, record: &Record) {
        for ((counts, rating), value) in
            self.steps.iter_mut().zip(&plan.ratings).zip(&record.ratings)
        {
            if let Some(step) = rating.step(*value)
                && let Some(count) = counts.get_mut(step)
            {
                *count += 1;
            }
        }
        let value = |rating: &usize| record.ratings.get(*rating).copied().unwrap_or(f64::NAN);
        for (pairs, score) in self.pairs.iter_mut().zip(&plan.scores) {
            for ((cells, item), other) in pairs.iter_mut().zip(&score.items).zip(&score.others) {
                let (item, other) = (value(item), value(other));
                if !item.is_nan() && !other.is_nan() {
                    let figures = [item, other, item - other];
                    for (cell, figure) in cells.iter_mut().zip(figures) {
                        cell.add(figure);
                    }
                }
            }
        }
        for (moments, scale) in self.scales.iter_mut().zip(&plan.scales) {
            moments.add(scale.items.iter().map(|(item, factor)| factor * value(item)));
        }
        if plan.outcome.is_some() {
            self.drivers.add(plan.drivers.iter().chain(&plan.outcome).map(value));
        }
        let outcome = plan.outcome.and_then(|outcome| plan.ratings.get(outcome).zip(Some(outcome)));
        let band =
            outcome.map_or(Band::None, |(rating, at)| Band::of(value(&at), rating.min, rating.max));
        if let Some(count) = self.bands.get_mut(band as usize) {
            *count += 1;
        }
        for (comments, text) in self.comments.iter_mut().zip(&record.texts) {
            comments.add(band, record, text);
        }
    }

    /// Whether every line could be read.
    pub fn is_whole(&self) -> bool {
        self.counts.unreadable == 0
    }

    /// The report of all that was read.
    pub fn report(&self) -> Report {
        summary::report(self)
    }

    /// What goes with the outcome, which takes longest: for a page that does one thing after the other.
    pub fn drivers(&self) -> Option<Drivers> {
        summary::drivers(self)
    }

    /// The report with what [`Tally::drivers`] gave.
    pub fn report_with(&self, drivers: Option<Drivers>) -> Report {
        summary::report_with(self, drivers)
    }
}

fn add_gaps(cells: &mut Vec<[Cell; 4]>, items: &[ItemGap]) {
    cells.resize(items.len(), Default::default());
    for (cells, item) in cells.iter_mut().zip(items) {
        let Some(((required, rated), gap)) = item.required.zip(item.rated).zip(item.gap) else {
            continue;
        };
        let figures = [required, rated, gap, item.weight()];
        cells.iter_mut().zip(figures).for_each(|(cell, figure)| cell.add(figure));
    }
}

fn add_all(one: &mut [u64], other: &[u64]) {
    one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
}
