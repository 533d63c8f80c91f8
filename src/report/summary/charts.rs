//! Distributions, drivers, maps, choices and grids.

use super::super::breakdown::{hidden_categories, teams};
use super::super::model::{
    Attribute, Choices, Chosen, Distribution, Driver, Drivers, Figure, Grid, GridRow, GridTeam,
    ImportanceMap, Part, SUPPRESSED, Step,
};
use super::super::plan::Rating;
use super::super::record;
use super::super::tally::Tally;
use super::super::titles::Titles;
use super::{mean, share};
use crate::metrics::{Crosshair as Asked, Kind};
use crate::stats::drivers::of_moments;
use crate::stats::importance::{Crosshair, Quadrant, quadrants};
use crate::value::{Sorted, number_text};

/// Of more drivers, orders of entry are sampled: all of them take longer than a page may stand still.
const MOST_EXACT: usize = 12;

fn few(tally: &Tally, n: u64) -> bool {
    n > 0 && (n as usize) < tally.plan.settings.minimum
}

pub fn distributions(tally: &Tally, titles: &Titles) -> Vec<Distribution> {
    let ratings = tally.plan.ratings.iter().zip(&tally.steps).enumerate();
    let all = ratings.map(|(at, (rating, counts))| {
        let cell = tally.all.ratings.get(at).unwrap_or_default();
        let hide = few(tally, cell.n);
        let step = |(at, n): (usize, &u64)| {
            let (value, label) = match rating.steps.get(at) {
                Some(value) => (*value, titles.step(rating, *value)),
                None => class(rating, at),
            };
            Step { label, value, n: *n, share: *n as f64 / (cell.n.max(1)) as f64 }
        };
        let steps = counts.iter().enumerate().map(step).collect();
        Distribution {
            id: rating.id.clone(),
            title: titles.rating(rating),
            group: titles.group(rating),
            min: rating.min,
            max: rating.max,
            mean: if hide { Figure::suppressed() } else { mean(&cell) },
            steps: if hide { Vec::new() } else { steps },
        }
    });
    all.collect()
}

/// A tenth of a long scale.
fn class(rating: &Rating, at: usize) -> (f64, String) {
    let width = (rating.max - rating.min) / 10.0;
    let from = rating.min + width * at as f64;
    (from, format!("{}–{}", number_text(from), number_text(from + width)))
}

pub fn drivers(tally: &Tally, titles: &Titles) -> Option<Drivers> {
    let plan = &tally.plan;
    let outcome = plan.ratings.get(plan.outcome?)?;
    let ratings: Vec<&Rating> =
        plan.drivers.iter().filter_map(|driver| plan.ratings.get(*driver)).collect();
    if ratings.is_empty() {
        return None;
    }
    let n = tally.drivers.n;
    let mut drivers = Drivers {
        outcome: outcome.id.clone(),
        title: titles.rating(outcome),
        n: Some(n),
        r2: None,
        reason: None,
        orders: None,
        left_out: plan.more_drivers,
        drivers: Vec::new(),
    };
    if few(tally, n) {
        (drivers.n, drivers.reason) = (None, Some(SUPPRESSED));
        return Some(drivers);
    }
    let Some(matrix) = tally.drivers.covariance() else {
        drivers.reason = Some(if n == 0 { "no-answers" } else { "too-few-rows" });
        return Some(drivers);
    };
    let names = ratings.iter().map(|rating| rating.id.clone()).collect();
    let found = of_moments(names, n as usize, &tally.drivers.means(), &matrix, MOST_EXACT);
    drivers.orders = found.sampled.as_ref().map(|sampled| sampled.orders);
    drivers.r2 = found.r2.ok();
    drivers.reason = found.r2.err().map(|reason| reason.code());
    for (at, rating) in ratings.iter().enumerate() {
        let of = |figures: &[crate::stats::Figure]| figures.get(at).and_then(|f| f.ok());
        let shapley = of(&found.shapley);
        let share = shapley.zip(drivers.r2).filter(|(_, r2)| *r2 > 0.0);
        drivers.drivers.push(Driver {
            id: rating.id.clone(),
            title: titles.rating(rating),
            shapley,
            shapley_error: found.sampled.as_ref().and_then(|s| s.errors.get(at).copied()),
            share: share.map(|(shapley, r2)| shapley / r2),
            pearson: of(&found.pearson),
            beta: of(&found.beta),
        });
    }
    let by_share = |one: &Driver, other: &Driver| {
        let of = |driver: &Driver| driver.shapley.or(driver.pearson).unwrap_or(f64::MIN);
        of(other).total_cmp(&of(one))
    };
    drivers.drivers.sort_by(by_share);
    Some(drivers)
}

/// The maps that the survey asks for, and one with the importance that the drivers tell.
pub fn maps(tally: &Tally, titles: &Titles, drivers: Option<&Drivers>) -> Vec<ImportanceMap> {
    let plan = &tally.plan;
    let mut maps = Vec::new();
    for (at, entry) in plan.survey.scoring.iter().enumerate() {
        let Kind::ImportancePerformance(metric) = &entry.kind else { continue };
        let (Some(pairs), Some(score)) = (tally.pairs.get(at), plan.scores.get(at)) else {
            continue;
        };
        let mut points = Vec::new();
        for (cells, item) in pairs.iter().zip(&score.items) {
            let [performance, importance, gap] = cells;
            let rating = plan.ratings.get(*item);
            let (Some(rating), Some(performed), Some(important)) =
                (rating, performance.mean(), importance.mean())
            else {
                continue;
            };
            if !few(tally, performance.n) {
                let gap = gap.mean().map(|gap| 0.0 - gap);
                points.push((rating, performance.n, important, performed, gap));
            }
        }
        let (crosshair, name) = match metric.crosshair {
            Asked::Means => (Crosshair::Means, "means"),
            Asked::Medians => (Crosshair::Medians, "medians"),
            Asked::Middle => {
                let middle =
                    entry.items.first().map(|item| (item.scale.min + item.scale.max) / 2.0);
                let middle = middle.unwrap_or_default();
                (Crosshair::At(middle, middle), "middle")
            }
        };
        let title = titles.text(entry.source.title.as_ref(), &entry.source.id);
        maps.extend(map(&entry.source.id, title, ("asked", name), crosshair, &points, titles));
    }
    if let Some(drivers) = drivers.filter(|drivers| drivers.r2.is_some()) {
        let mut points = Vec::new();
        for driver in &drivers.drivers {
            let at = plan.ratings.iter().position(|rating| rating.id == driver.id);
            let found = at.and_then(|at| plan.ratings.get(at).zip(tally.all.ratings.get(at)));
            let Some((rating, cell)) = found else { continue };
            let reach =
                cell.mean().map(|mean| 100.0 * (mean - rating.min) / (rating.max - rating.min));
            if let (Some(importance), Some(performance), false) =
                (driver.share, reach, few(tally, cell.n))
            {
                points.push((rating, cell.n, 100.0 * importance, performance, None));
            }
        }
        let title = drivers.title.clone();
        let names = ("derived", "means");
        maps.extend(map(&drivers.outcome, title, names, Crosshair::Means, &points, titles));
    }
    maps
}

type Point<'a> = (&'a Rating, u64, f64, f64, Option<f64>);

fn map(
    id: &str,
    title: String,
    (importance, name): (&'static str, &'static str),
    crosshair: Crosshair,
    points: &[Point],
    titles: &Titles,
) -> Option<ImportanceMap> {
    let plain: Vec<(f64, f64)> = points.iter().map(|point| (point.2, point.3)).collect();
    let (lines, quadrants) = (crosshair.lines(&plain).ok()?, quadrants(&plain, crosshair).ok()?);
    let attributes = points.iter().zip(quadrants).map(|(point, quadrant)| Attribute {
        id: point.0.id.clone(),
        title: titles.rating(point.0),
        n: point.1,
        importance: point.2,
        performance: point.3,
        gap: point.4,
        quadrant: match quadrant {
            Quadrant::ConcentrateHere => "concentrate-here",
            Quadrant::KeepUp => "keep-up",
            Quadrant::LowPriority => "low-priority",
            Quadrant::PossibleOverkill => "possible-overkill",
        },
    });
    Some(ImportanceMap {
        id: id.to_owned(),
        title,
        importance,
        crosshair: name,
        lines: [lines.0, lines.1],
        attributes: attributes.collect(),
    })
}

/// Questions with several choices, by how often each was made, and those with one in their order.
pub fn choices(tally: &Tally, titles: &Titles) -> (Vec<Choices>, Vec<Choices>) {
    let plan = &tally.plan;
    let (mut several, mut single) = (Vec::new(), Vec::new());
    for (at, (list, made)) in plan.lists.iter().zip(&tally.lists).enumerate() {
        let (n, counts) = (made.answered, &made.counts);
        let mentions: u64 = counts.iter().sum();
        let mut chosen: Vec<Chosen> = Vec::new();
        for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let listed = list.names.get(place).cloned();
            let name = listed.or_else(|| made.unlisted.list.get(place - list.names.len()).cloned());
            let value = name.unwrap_or_else(|| String::from("…"));
            let choice = match place < list.names.len() {
                true => record::Choice::Listed(place),
                false => record::Choice::Unlisted(value.clone()),
            };
            let label = titles.chosen(at, &choice);
            let share = *count as f64 / n.max(1) as f64;
            chosen.push(Chosen { value, label, n: *count, share, cumulative: 0.0 });
        }
        chosen.sort_by_key(|chosen| std::cmp::Reverse(chosen.n));
        let mut sum = 0;
        for one in &mut chosen {
            sum += one.n;
            one.cumulative = sum as f64 / mentions as f64;
        }
        let hide = few(tally, n);
        let id = plan.survey.questions.get(list.question).map(|q| q.source.id.clone());
        let choices = Choices {
            id: id.unwrap_or_default(),
            title: titles.question(list.question),
            n: (!hide).then_some(n),
            reason: hide.then_some(SUPPRESSED).or((n == 0).then_some("no-answers")),
            choices: if hide { Vec::new() } else { chosen },
        };
        if list.several { several.push(choices) } else { single.push(choices) }
    }
    (several, single)
}

/// Matrices that tell what holds of each row, such as which policies exist, are known and followed.
pub fn grids(tally: &Tally, titles: &Titles) -> Vec<Grid> {
    let plan = &tally.plan;
    let team = teams(tally, titles).map(|(_, shown)| shown).unwrap_or_default();
    let hidden = hidden_categories(&team, plan.settings.minimum);
    let mut grids = Vec::new();
    for (at, grid) in plan.grids.iter().enumerate() {
        let answered = tally.rows.get(at).map_or(&[][..], Vec::as_slice);
        let counts = tally.all.grids.get(at).map_or(&[][..], Vec::as_slice);
        let most = answered.iter().copied().max().unwrap_or_default();
        let width = grid.columns.len();
        let cells = |counts: &[u64], row: usize, n: u64| -> Vec<Figure> {
            let cell = |column: usize| match counts.get(row * width + column) {
                _ if few(tally, n) => Figure::suppressed(),
                Some(count) => share(*count, n),
                None => Figure::none(Some(0), "no-answers"),
            };
            (0..width).map(cell).collect()
        };
        let names = grid.rows.iter().zip(&grid.row_names).enumerate();
        let rows = names.map(|(row, (choice, name))| GridRow {
            id: name.clone(),
            title: titles.choice(choice),
            cells: cells(counts, row, answered.get(row).copied().unwrap_or_default()),
        });
        let teams = team.iter().zip(&hidden).filter(|(team, _)| team.value.is_some());
        let teams = teams.map(|(team, hidden)| {
            let counts = team.category.grids.get(at).map_or(&[][..], Vec::as_slice);
            let row = |row: usize| match hidden {
                true => vec![Figure::suppressed(); width],
                false => cells(counts, row, team.category.n),
            };
            GridTeam { label: team.label.clone(), rows: (0..grid.rows.len()).map(row).collect() }
        });
        let id = plan.survey.questions.get(grid.question).map(|q| q.source.id.clone());
        grids.push(Grid {
            id: id.unwrap_or_default(),
            title: titles.question(grid.question),
            columns: grid.columns.iter().map(|column| titles.choice(column)).collect(),
            rows: rows.collect(),
            reason: (most == 0).then_some("no-answers"),
            teams: teams.collect(),
        });
    }
    grids
}

/// The mean of each dimension of a service over the means of its ratings, or of their gaps.
pub fn dimensions(tally: &Tally, at: usize, dimensions: &Sorted<String, Vec<String>>) -> Vec<Part> {
    let plan = &tally.plan;
    let Some(score) = plan.scores.get(at) else { return Vec::new() };
    let pairs = tally.pairs.get(at).map_or(&[][..], Vec::as_slice);
    let mut parts = Vec::new();
    for (name, ids) in dimensions {
        let (mut sum, mut count, mut n) = (0.0, 0, 0);
        for (place, item) in score.items.iter().enumerate() {
            if !plan.ratings.get(*item).is_some_and(|rating| ids.contains(&rating.id)) {
                continue;
            }
            let cell = match pairs.get(place) {
                Some([.., gap]) => Some(*gap),
                None => tally.all.ratings.get(*item),
            };
            if let Some((cell, mean)) = cell.and_then(|cell| Some((cell, cell.mean()?))) {
                sum += mean * cell.n as f64;
                count += cell.n;
                n = n.max(cell.n);
            }
        }
        let figure = match count {
            0 => Figure::none(Some(0), "no-answers"),
            _ if few(tally, n) => Figure::suppressed(),
            count => {
                let value = Some(sum / count as f64);
                Figure { n: Some(n), value, ci95: None, reason: None }
            }
        };
        parts.push(Part { id: name.clone(), figure });
    }
    parts
}

/// Experience minus expectation of each attribute, as its ratings stand.
///
/// Of what is unwelcome the other way round.
pub fn differences(tally: &Tally, at: usize, negative: &[String], titles: &Titles) -> Vec<Part> {
    let plan = &tally.plan;
    let (Some(score), Some(pairs)) = (plan.scores.get(at), tally.pairs.get(at)) else {
        return Vec::new();
    };
    let items = score.items.iter().filter_map(|item| plan.ratings.get(*item));
    let parts = items.zip(pairs).map(|(rating, [.., difference])| {
        let mut figure =
            if few(tally, difference.n) { Figure::suppressed() } else { mean(difference) };
        if negative.contains(&rating.id) {
            figure.value = figure.value.map(|value| 0.0 - value);
            figure.ci95 = figure.ci95.map(|[low, high]| [0.0 - high, 0.0 - low]);
        }
        Part { id: titles.rating(rating), figure }
    });
    parts.collect()
}
