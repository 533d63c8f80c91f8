//! From sums to a report.

mod charts;
mod gaps;
mod wave;

use super::breakdown;
use super::cell::Cell;
use super::comments::Band;
use super::model::{
    CommentBand, Comments, Drivers, Duration, DurationClass, Figure, Framework, Funnel, Part,
    Report, SUPPRESSED, Score, Stage, Submissions, SurveyName, Unit,
};
use super::reliability;
use super::suppress::hidden;
use super::tally::{STATUSES, Tally};
use super::titles::Titles;
use crate::metrics::Kind;
use crate::stats::intervals::wilson95;
use crate::stats::nps::Nps;
use crate::stats::wave::Sample;
use crate::survey::{Framework as Named, Scoring};

pub fn report(tally: &Tally) -> Report {
    report_with(tally, drivers(tally))
}

/// What goes with the outcome: the part of a report that takes the longest.
pub fn drivers(tally: &Tally) -> Option<Drivers> {
    charts::drivers(tally, &Titles::new(&tally.plan))
}

pub fn report_with(tally: &Tally, drivers: Option<Drivers>) -> Report {
    let plan = &tally.plan;
    let titles = Titles::new(plan);
    let minimum = plan.settings.minimum;
    let counts = &tally.counts;
    // Neither those who meet the conditions nor those who do not may be few: the report of all and this
    // one together would tell of them.
    let few = |count: u64| count > 0 && count < minimum as u64;
    let reason = match counts.counted {
        0 => Some("no-answers"),
        counted if few(counted) || few(counts.left_out) => Some(SUPPRESSED),
        _ => None,
    };
    let source = &plan.survey.source;
    let mut report = Report {
        survey: SurveyName {
            id: source.id.clone(),
            version: source.version.clone(),
            title: titles.text(source.title.as_ref(), &source.id),
            framework: source.framework.as_ref().map(|Named { source, .. }| Framework {
                code: source.code.clone(),
                title: titles.text(source.title.as_ref(), &source.code),
                revision: source.revision.clone(),
                date: source.date.clone(),
            }),
        },
        locale: plan.settings.locale.clone(),
        minimum,
        conditions: plan.settings.conditions.iter().map(ToString::to_string).collect(),
        wave: plan.settings.wave.name(),
        submissions: Submissions {
            read: counts.lines,
            counted: reason.is_none().then_some(counts.counted),
            duplicates: counts.duplicates,
            other_survey: counts.other_survey,
            unreadable: counts.unreadable,
            versions: {
                let mut versions = tally.versions.list.clone();
                versions.sort_unstable();
                versions
            },
        },
        reason,
        scores: Vec::new(),
        distributions: Vec::new(),
        gaps: Vec::new(),
        maps: Vec::new(),
        reliability: Vec::new(),
        drivers: None,
        issues: Vec::new(),
        choices: Vec::new(),
        breakdowns: Vec::new(),
        heatmap: None,
        policies: Vec::new(),
        comments: Vec::new(),
        funnel: Funnel { statuses: Vec::new(), pages: Vec::new() },
        duration: None,
    };
    if reason.is_some() {
        return report;
    }
    let groups = 0..plan.groups.len();
    report.scores = scores(tally, &titles);
    report.distributions = charts::distributions(tally, &titles);
    report.gaps = gaps::gaps(tally, &titles);
    report.reliability = reliability::reliability(tally, &titles);
    report.drivers = drivers;
    report.maps = charts::maps(tally, &titles, report.drivers.as_ref());
    (report.issues, report.choices) = charts::choices(tally, &titles);
    report.breakdowns =
        groups.filter_map(|group| breakdown::breakdown(tally, group, &titles)).collect();
    report.heatmap = breakdown::heatmap(tally, &titles);
    report.policies = charts::grids(tally, &titles);
    report.comments = comments(tally, &titles);
    report.funnel = funnel(tally, &titles);
    report.duration = duration(tally);
    report
}

/// The mean of ratings with its interval.
pub fn mean(cell: &Cell) -> Figure {
    let Some(value) = cell.mean() else { return Figure::none(Some(0), "no-answers") };
    let ci95 = sample(cell).and_then(|sample| sample.ci95().ok());
    Figure { n: Some(cell.n), value: Some(value), ci95, reason: None }
}

/// The figure of a score over respondents.
pub fn score_figure(kind: &Kind, entry: &Scoring, cell: &Cell) -> Figure {
    let n = cell.n;
    if n == 0 {
        return Figure::none(Some(0), "no-answers");
    }
    match unit(kind) {
        Unit::Points => {
            let nps = nps(cell);
            let value = nps.value();
            let (ci95, reason) = (nps.ci95().ok(), value.err().map(|reason| reason.code()));
            Figure { n: Some(n), value: value.ok(), ci95, reason }
        }
        Unit::Share if entry.items.len() == 1 => share(cell.good, n),
        _ => mean(cell),
    }
}

/// A share with its interval.
pub fn share(count: u64, n: u64) -> Figure {
    if n == 0 {
        return Figure::none(Some(0), "no-answers");
    }
    let ci95 = wilson95(count as usize, n as usize).ok();
    Figure { n: Some(n), value: Some(count as f64 / n as f64), ci95, reason: None }
}

fn nps(cell: &Cell) -> Nps {
    let neutral = cell.n.saturating_sub(cell.good + cell.bad);
    Nps { promoters: cell.good as usize, passives: neutral as usize, detractors: cell.bad as usize }
}

fn sample(cell: &Cell) -> Option<Sample> {
    Some(Sample { n: cell.n as usize, mean: cell.mean()?, variance: cell.variance()? })
}

fn unit(kind: &Kind) -> Unit {
    match kind {
        Kind::Nps(_) => Unit::Points,
        Kind::TopBox(_) => Unit::Share,
        _ => Unit::Mean,
    }
}

/// The lowest and the highest value that a score can have.
fn ends(entry: &Scoring) -> (f64, f64) {
    let scales = entry.items.iter().map(|item| (item.scale.min, item.scale.max));
    let (min, max) =
        scales.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or((0.0, 1.0));
    let differences = (min - max, max - min);
    match &entry.kind {
        Kind::Nps(_) => (-100.0, 100.0),
        Kind::TopBox(_) => (0.0, 1.0),
        Kind::Sus(_) | Kind::TScore(_) => (0.0, 100.0),
        Kind::ExpectationPerformance(_) | Kind::LevelGap(_) => differences,
        Kind::ServiceDimensions(_) if !entry.others.is_empty() => differences,
        Kind::Composite(composite) if composite.is_percent() => (0.0, 100.0),
        Kind::Subscale(subscale) => subscale.ends(min, max, entry.items.len()),
        _ => (min, max),
    }
}

fn scores(tally: &Tally, titles: &Titles) -> Vec<Score> {
    let plan = &tally.plan;
    let mut scores = Vec::new();
    for (at, entry) in plan.survey.scoring.iter().enumerate() {
        let cell = tally.all.scores.get(at).copied().unwrap_or_default();
        let few = cell.n > 0 && (cell.n as usize) < plan.settings.minimum;
        let figure =
            if few { Figure::suppressed() } else { score_figure(&entry.kind, entry, &cell) };
        let unit = unit(&entry.kind);
        let (min, max) = ends(entry);
        // Points of 100: net promoter as it is, all else by how much of the scale it is.
        let range = if unit == Unit::Points { 100.0 } else { max - min };
        let half = figure.ci95.map(|[low, high]| (high - low) / 2.0 / range * 100.0);
        let target = plan.settings.targets.iter().find(|target| target.score == entry.source.id);
        let target = target.map(|target| target.value);
        let reached = target.zip(figure.ci95).map(|(target, [low, high])| match () {
            () if low >= target => "reached",
            () if high < target => "missed",
            () => "uncertain",
        });
        scores.push(Score {
            id: entry.source.id.clone(),
            title: titles.text(entry.source.title.as_ref(), &entry.source.id),
            metric: entry.kind.name(),
            unit,
            min,
            max,
            small: half.map_or(figure.value.is_some(), |half| half > plan.settings.half_width),
            target,
            reached,
            change: wave::change(tally, at, entry, titles),
            parts: if few { Vec::new() } else { parts(entry, &cell, tally, at, titles) },
            n: figure.n,
            value: figure.value,
            ci95: figure.ci95,
            reason: figure.reason,
        });
    }
    scores
}

fn parts(entry: &Scoring, cell: &Cell, tally: &Tally, at: usize, titles: &Titles) -> Vec<Part> {
    let part = |id: &str, figure: Figure| Part { id: id.to_owned(), figure };
    match &entry.kind {
        Kind::Nps(_) => {
            let passives = cell.n - cell.good - cell.bad;
            let counts =
                [("promoters", cell.good), ("passives", passives), ("detractors", cell.bad)];
            counts.map(|(id, count)| part(id, share(count, cell.n))).to_vec()
        }
        Kind::CustomerEffort(_) if entry.items.len() == 1 => {
            vec![part("easy", share(cell.good, cell.n))]
        }
        Kind::StarRating(stars) => {
            let bayesian = stars.expected.zip(stars.strength).zip(cell.mean());
            let bayesian = bayesian.map(|((expected, strength), mean)| {
                let n = cell.n as f64;
                let value = (strength * expected + mean * n) / (strength + n);
                Figure { n: Some(cell.n), value: Some(value), ci95: None, reason: None }
            });
            bayesian.map(|figure| part("bayesian", figure)).into_iter().collect()
        }
        Kind::ServiceDimensions(service) => charts::dimensions(tally, at, &service.dimensions),
        Kind::ExpectationPerformance(metric) => {
            charts::differences(tally, at, &metric.negative, titles)
        }
        _ => Vec::new(),
    }
}

fn comments(tally: &Tally, titles: &Titles) -> Vec<Comments> {
    let plan = &tally.plan;
    let hidden = hidden(&tally.bands, &[], plan.settings.minimum);
    let outcome = plan.outcome.and_then(|outcome| plan.ratings.get(outcome));
    let mut all = Vec::new();
    for (question, comments) in plan.texts.iter().zip(&tally.comments) {
        let mut bands = Vec::new();
        for (band, hidden) in Band::ALL.into_iter().zip(&hidden) {
            let (n, comments) = comments.of(band);
            let texts = comments.into_iter().map(|comment| comment.text);
            match (n, hidden) {
                (0, _) => {}
                (_, true) => bands.push(CommentBand {
                    band: band.name(),
                    n: None,
                    reason: Some(SUPPRESSED),
                    comments: Vec::new(),
                }),
                (n, false) => bands.push(CommentBand {
                    band: band.name(),
                    n: Some(n),
                    reason: None,
                    comments: texts.collect(),
                }),
            }
        }
        let id = plan.survey.questions.get(*question).map(|question| question.source.id.clone());
        all.push(Comments {
            id: id.unwrap_or_default(),
            title: titles.question(*question),
            outcome: outcome.map(|outcome| outcome.id.clone()),
            bands,
        });
    }
    all
}

/// How many came how far: counts that tell nothing of what anybody answered.
fn funnel(tally: &Tally, titles: &Titles) -> Funnel {
    let counts = &tally.counts.statuses;
    let all: u64 = counts.iter().sum();
    let stage = |id: &str, title: String, n: u64| Stage {
        id: id.to_owned(),
        title,
        n,
        share: n as f64 / all.max(1) as f64,
    };
    let statuses = STATUSES.iter().zip(counts).filter(|(_, count)| **count > 0);
    let statuses = statuses.map(|(status, count)| stage(status.name(), String::new(), *count));
    let pages = tally.plan.survey.pages.iter().zip(&tally.pages);
    let pages = pages.filter(|(page, _)| !page.questions.is_empty()).map(|(page, count)| {
        stage(&page.source.id, titles.text(page.source.title.as_ref(), &page.source.id), *count)
    });
    Funnel { statuses: statuses.collect(), pages: pages.collect() }
}

/// The bounds between classes of durations, in seconds.
const CLASSES: [u64; 7] = [30, 60, 120, 180, 300, 600, 1200];

fn duration(tally: &Tally) -> Option<Duration> {
    let n: u64 = tally.seconds.iter().sum();
    if n < tally.plan.settings.minimum.max(1) as u64 {
        return None;
    }
    let quantile = |share: f64| {
        let wanted = (share * n as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let found = tally.seconds.iter().position(|count| {
            seen += count;
            seen >= wanted
        });
        found.unwrap_or_default() as u64
    };
    let mut classes = Vec::new();
    let mut from = 0;
    for up_to in CLASSES.into_iter().map(Some).chain([None]) {
        let counts = tally.seconds.iter().skip(from);
        let to = up_to.map_or(usize::MAX, |up_to| up_to as usize);
        let n = counts.take(to - from).sum();
        classes.push(DurationClass { up_to, n });
        from = to;
    }
    Some(Duration {
        n,
        median: quantile(0.5),
        quartiles: [quantile(0.25), quantile(0.75)],
        classes,
    })
}
