//! Submissions counted in one pass: sums by what the report tells, never the submissions themselves.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell::Cell;
use super::comments::{Band, Comments};
use super::dates;
use super::model::Report;
use super::moments::Moments;
use super::plan::{MOST_CATEGORIES, Plan, Subject};
use super::record::{Choice, Record};
use super::scoring::{self, Scorer};
use super::seen::Seen;
use super::settings::{Comparison, Wave};
use super::summary;
use crate::submission::Status;
use crate::value::number_text;

/// What was read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub lines: u64,
    /// Those that the figures rest on.
    pub counted: u64,
    /// Those that would count, but for the conditions.
    pub left_out: u64,
    pub duplicates: u64,
    pub other_survey: u64,
    pub unreadable: u64,
    /// By [`STATUSES`].
    pub statuses: [u64; STATUSES.len()],
}

pub const STATUSES: [Status; 5] =
    [Status::Complete, Status::Partial, Status::ScreenedOut, Status::QuotaFull, Status::TimedOut];

/// Names that turn up, in the order in which they do.
#[derive(Clone, Debug, Default)]
pub struct Names {
    places: HashMap<String, usize>,
    pub list: Vec<String>,
}

impl Names {
    /// The place of a name; a last place is shared by all for which there is no room.
    fn place(&mut self, name: &str) -> usize {
        // A few are found faster by looking at each.
        let known = match self.list.len() {
            ..=16 => self.list.iter().position(|known| known == name),
            _ => self.places.get(name).copied(),
        };
        if let Some(place) = known {
            return place;
        }
        if self.list.len() >= MOST_CATEGORIES {
            return self.list.len();
        }
        self.places.insert(name.to_owned(), self.list.len());
        self.list.push(name.to_owned());
        self.list.len() - 1
    }
}

/// What is known of the submissions in one category of a group.
#[derive(Clone, Debug, Default)]
pub struct Category {
    pub n: u64,
    /// By score.
    pub scores: Vec<Cell>,
    /// By rating.
    pub ratings: Vec<Cell>,
    /// By grid: how many chose each cell.
    pub grids: Vec<Vec<u64>>,
}

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
    /// By list: how many answered, and how often each choice was made.
    pub(super) lists: Vec<(u64, Vec<u64>)>,
    /// By list, names of choices that it does not hold.
    pub(super) unlisted: Vec<Names>,
    /// By grid: how many answered each row.
    pub(super) rows: Vec<Vec<u64>>,
    /// By group: the names of its categories, and what is known of each; the last is of those that
    /// say nothing about it.
    pub(super) groups: Vec<(Names, Vec<Category>, Category)>,
    /// By score: for each pair of ratings that are compared, both and their difference.
    pub(super) pairs: Vec<Vec<[Cell; 3]>>,
    pub(super) drivers: Moments,
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
        let bins = |rating: &super::plan::Rating| match rating.steps.len() {
            0 => vec![0; 10],
            steps => vec![0; steps],
        };
        let group =
            |(at, _)| (Names::default(), Vec::new(), Category::new(plan, plan.teams.contains(&at)));
        Tally {
            seen,
            record: Record::new(plan),
            scorer: Scorer::new(plan),
            waves: Waves::default(),
            counts: Counts::default(),
            all: Category::new(plan, true),
            steps: plan.ratings.iter().map(bins).collect(),
            lists: plan.lists.iter().map(|list| (0, vec![0; list.choices.len()])).collect(),
            unlisted: vec![Names::default(); plan.lists.len()],
            rows: plan.grids.iter().map(|grid| vec![0; grid.rows.len()]).collect(),
            groups: plan.groups.iter().enumerate().map(group).collect(),
            pairs: plan.scores.iter().map(|s| vec![Default::default(); s.others.len()]).collect(),
            drivers: Moments::new(drivers.map(middle).collect()),
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
        let meets = plan.filters.iter().all(|(subject, condition)| match subject {
            Subject::Rating(rating) => {
                let value = record.ratings.get(*rating).copied();
                condition.holds_for_number(value.filter(|value| !value.is_nan()))
            }
            Subject::List(list) if plan.lists.get(*list).is_some_and(|list| list.several) => {
                let chosen = record.choices.get(*list).map_or(&[][..], Vec::as_slice);
                let is = |choice| condition.holds_for_name(choice_name(plan, *list, choice));
                match condition.comparison {
                    Comparison::IsNot => chosen.iter().all(is),
                    _ => chosen.iter().any(is),
                }
            }
            subject => self::name(plan, record, subject, |name| condition.holds_for_name(name)),
        });
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
        self.count_choices(plan, record);
        self.count_ratings(plan, record);
        let mut places = Vec::with_capacity(plan.groups.len());
        for (group, (names, categories, rest)) in plan.groups.iter().zip(&mut self.groups) {
            let place = self.waves.place(plan, record, &group.subject, names);
            if let Some(place) = place
                && categories.len() <= place
            {
                categories.resize_with(place + 1, || rest.emptied());
            }
            places.push(place);
        }
        let (all, groups) = (&mut self.all, &mut self.groups);
        let mut each = |count: &mut dyn FnMut(&mut Category)| {
            count(all);
            for ((_, categories, rest), place) in groups.iter_mut().zip(&places) {
                match place.map(|place| categories.get_mut(place)) {
                    Some(Some(category)) => count(category),
                    Some(None) => {}
                    None => count(rest),
                }
            }
        };
        each(&mut |category| category.count(plan, record));
        let kinds = &plan.survey.scoring;
        let mut take = |index: usize, score: &crate::metrics::Score| {
            let Some(entry) = kinds.get(index) else { return };
            each(&mut |category| {
                if let Some(cell) = category.scores.get_mut(index) {
                    scoring::add(cell, &entry.kind, score);
                }
            });
        };
        if Scorer::needs_replay(plan, record) {
            scoring::replay(plan, record, line, &mut take);
        } else {
            self.scorer.each(plan, record, &mut take);
        }
    }

    fn count_choices(&mut self, plan: &Plan, record: &Record) {
        let lists = self.lists.iter_mut().zip(&mut self.unlisted);
        for ((((answered, counts), unlisted), chosen), list) in
            lists.zip(&record.choices).zip(&plan.lists)
        {
            *answered += u64::from(!chosen.is_empty());
            for choice in chosen {
                let place = match choice {
                    Choice::Listed(at) => *at,
                    Choice::Unlisted(name) => list.choices.len() + unlisted.place(name),
                };
                if counts.len() <= place {
                    counts.resize(place + 1, 0);
                }
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
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

    /// Adds what another tally of the same plan has counted.
    pub fn merge(&mut self, other: Tally) {
        self.counts.merge(&other.counts);
        self.all.merge(&other.all);
        self.steps.iter_mut().zip(&other.steps).for_each(|(one, other)| add_all(one, other));
        let lists = self.lists.iter_mut().zip(&mut self.unlisted).zip(&self.plan.lists);
        for (((one, unlisted), list), (two, others)) in
            lists.zip(other.lists.iter().zip(&other.unlisted))
        {
            one.0 += two.0;
            let known = list.choices.len();
            for (at, count) in two.1.iter().enumerate() {
                let name = at.checked_sub(known).and_then(|at| others.list.get(at));
                let place = name.map_or(at, |name| known + unlisted.place(name));
                if one.1.len() <= place {
                    one.1.resize(place + 1, 0);
                }
                if let Some(place) = one.1.get_mut(place) {
                    *place += count;
                }
            }
        }
        self.rows.iter_mut().zip(&other.rows).for_each(|(one, other)| add_all(one, other));
        for ((plan, one), two) in self.plan.groups.iter().zip(&mut self.groups).zip(other.groups) {
            let (names, categories, rest) = one;
            rest.merge(&two.2);
            let fixed = self.plan.fixed(&plan.subject);
            for (at, category) in two.1.iter().enumerate() {
                let name = at.checked_sub(fixed).and_then(|at| two.0.list.get(at));
                let place = name.map_or(at, |name| fixed + names.place(name));
                if categories.len() <= place {
                    categories.resize_with(place + 1, || category.emptied());
                }
                if let Some(place) = categories.get_mut(place) {
                    place.merge(category);
                }
            }
        }
        for (one, two) in self.pairs.iter_mut().flatten().zip(other.pairs.iter().flatten()) {
            one.iter_mut().zip(two).for_each(|(one, two)| one.merge(two));
        }
        self.drivers.merge(&other.drivers);
        self.comments.iter_mut().zip(other.comments).for_each(|(one, two)| one.merge(two));
        add_all(&mut self.bands, &other.bands);
        add_all(&mut self.pages, &other.pages);
        add_all(&mut self.seconds, &other.seconds);
        for name in &other.versions.list {
            self.versions.place(name);
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
}

impl Counts {
    fn merge(&mut self, other: &Counts) {
        self.lines += other.lines;
        self.counted += other.counted;
        self.left_out += other.left_out;
        self.duplicates += other.duplicates;
        self.other_survey += other.other_survey;
        self.unreadable += other.unreadable;
        add_all(&mut self.statuses, &other.statuses);
    }
}

impl Category {
    /// Without ratings where nobody asks for them.
    fn new(plan: &Plan, rated: bool) -> Category {
        let ratings = if rated { plan.ratings.len() } else { 0 };
        let grids = if rated { plan.grids.as_slice() } else { &[] };
        let cells = |grid: &super::plan::Grid| vec![0; grid.rows.len() * grid.columns.len()];
        Category {
            n: 0,
            scores: vec![Cell::default(); plan.scores.len()],
            ratings: vec![Cell::default(); ratings],
            grids: grids.iter().map(cells).collect(),
        }
    }

    /// One of the same shape in which nobody is.
    fn emptied(&self) -> Category {
        Category {
            n: 0,
            scores: vec![Cell::default(); self.scores.len()],
            ratings: vec![Cell::default(); self.ratings.len()],
            grids: self.grids.iter().map(|grid| vec![0; grid.len()]).collect(),
        }
    }

    fn count(&mut self, plan: &Plan, record: &Record) {
        self.n += 1;
        for (cell, value) in self.ratings.iter_mut().zip(&record.ratings) {
            if !value.is_nan() {
                cell.add(*value);
            }
        }
        for ((counts, chosen), grid) in self.grids.iter_mut().zip(&record.cells).zip(&plan.grids) {
            for (row, column) in chosen {
                if let Some(count) = counts.get_mut(row * grid.columns.len() + column) {
                    *count += 1;
                }
            }
        }
    }

    fn merge(&mut self, other: &Category) {
        self.n += other.n;
        self.scores.iter_mut().zip(&other.scores).for_each(|(one, two)| one.merge(two));
        self.ratings.iter_mut().zip(&other.ratings).for_each(|(one, two)| one.merge(two));
        self.grids.iter_mut().zip(&other.grids).for_each(|(one, two)| add_all(one, two));
    }
}

fn add_all(one: &mut [u64], other: &[u64]) {
    one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
}

/// The waves of the hours that turned up, so that most dates need no calendar.
#[derive(Default)]
struct Waves {
    hours: HashMap<([u8; 13], i32, Wave), Option<usize>>,
}

/// So many hours are remembered.
const MOST_HOURS: usize = 20_000;

impl Waves {
    /// The category of a submission; nothing where it says nothing about it.
    fn place(
        &mut self,
        plan: &Plan,
        record: &Record,
        subject: &Subject,
        names: &mut Names,
    ) -> Option<usize> {
        match subject {
            Subject::List(list) => {
                let fixed = plan.fixed(subject);
                record.choices.get(*list)?.first().map(|choice| match choice {
                    Choice::Listed(at) => *at,
                    Choice::Unlisted(name) => fixed + names.place(name),
                })
            }
            Subject::Time(wave) => {
                let hour = record.completed.as_bytes().first_chunk().copied();
                let known = |hour| (hour, record.utc_offset, *wave);
                if let Some(place) = hour.and_then(|hour| self.hours.get(&known(hour))) {
                    return *place;
                }
                let name = dates::wave(&record.completed, record.utc_offset, *wave);
                let place = name.map(|name| names.place(&name));
                // Clocks that are not whole hours ahead cut an hour in two.
                if let Some(hour) = hour
                    && record.utc_offset % 60 == 0
                    && self.hours.len() < MOST_HOURS
                {
                    self.hours.insert(known(hour), place);
                }
                place
            }
            subject => {
                let mut place = None;
                name(plan, record, subject, |name| {
                    place = (!name.is_empty()).then(|| names.place(name));
                    true
                });
                place
            }
        }
    }
}

fn choice_name<'a>(plan: &'a Plan, list: usize, choice: &'a Choice) -> &'a str {
    match choice {
        Choice::Listed(at) => {
            plan.lists.get(list).and_then(|list| list.names.get(*at)).map_or("", String::as_str)
        }
        Choice::Unlisted(name) => name,
    }
}

/// Hands over what a submission says about a subject; blank where that is nothing.
fn name(
    plan: &Plan,
    record: &Record,
    subject: &Subject,
    mut take: impl FnMut(&str) -> bool,
) -> bool {
    match subject {
        Subject::List(list) => {
            let chosen = record.choices.get(*list).and_then(|chosen| chosen.first());
            take(chosen.map_or("", |choice| choice_name(plan, *list, choice)))
        }
        Subject::Rating(rating) => {
            let value = record.ratings.get(*rating).copied().filter(|value| !value.is_nan());
            take(&value.map(number_text).unwrap_or_default())
        }
        Subject::Channel => take(&record.channel),
        Subject::Locale => take(&record.locale),
        Subject::Status => take(&record.status),
        Subject::Version => take(&record.version),
        Subject::Entry(entry) => take(record.entries.get(*entry).map_or("", String::as_str)),
        Subject::Time(wave) => {
            let wave = dates::wave(&record.completed, record.utc_offset, *wave);
            take(&wave.unwrap_or_default())
        }
    }
}
