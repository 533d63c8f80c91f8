//! From the last wave but one to the last, and whether that is more than noise.

use super::super::breakdown::{categories, figures, hidden_categories};
use super::super::cell::Cell;
use super::super::model::{Change, Figure, SUPPRESSED, Unit};
use super::super::tally::{Category, Tally};
use super::super::titles::Titles;
use super::{nps, sample, score_figure, unit};
use crate::stats::wave::{self, Change as Test};
use crate::survey::Scoring;

/// The change of a score; nothing where there is but one wave.
pub fn change(tally: &Tally, at: usize, entry: &Scoring, titles: &Titles) -> Option<Change> {
    let shown = categories(tally, tally.plan.waves, titles);
    let waves: Vec<usize> =
        (0..shown.len()).filter(|at| shown.get(*at).is_some_and(|s| s.value.is_some())).collect();
    let [.., earlier, later] = waves.as_slice() else { return None };
    let minimum = tally.plan.settings.minimum;
    let few = hidden_categories(&shown, minimum);
    let cell = |category: &Category| category.scores.get(at).copied();
    let told = figures(&shown, &few, minimum, cell, |cell| score_figure(&entry.kind, entry, cell));
    let figure = |wave: usize| told.get(wave).cloned().unwrap_or_else(Figure::suppressed);
    let (before, now) = (figure(*earlier), figure(*later));
    let name = |wave: usize| shown.get(wave).map(|wave| wave.label.clone()).unwrap_or_default();
    let mut change = Change {
        from: name(*earlier),
        to: name(*later),
        value: None,
        ci95: None,
        p: None,
        beyond_noise: None,
        reason: None,
        before,
        now,
    };
    if change.before.is_suppressed() || change.now.is_suppressed() {
        change.reason = Some(SUPPRESSED);
        return Some(change);
    }
    let of = |wave: usize| shown.get(wave).and_then(|wave| cell(wave.category)).unwrap_or_default();
    let Some(test) = test(entry, &of(*earlier), &of(*later)) else {
        change.reason = Some("too-few-rows");
        return Some(change);
    };
    change.value = test.value.ok();
    change.ci95 = test.ci95.ok();
    change.p = test.p.ok();
    change.beyond_noise = test.p.ok().map(|p| p < 0.05);
    change.reason = test.p.err().map(|reason| reason.code());
    Some(change)
}

fn test(entry: &Scoring, before: &Cell, now: &Cell) -> Option<Test> {
    Some(match unit(&entry.kind) {
        Unit::Points => wave::nps(&nps(before), &nps(now)),
        Unit::Share if entry.items.len() == 1 => {
            let count = |cell: &Cell| (cell.good as usize, cell.n as usize);
            wave::share(count(before), count(now))
        }
        _ => wave::means(&sample(before)?, &sample(now)?),
    })
}
