//! How far raters agree with each other, and the person with the supervisor.

use serde::Serialize;

use super::statements::Ratings;
use super::submissions::Perspective;
use crate::competency::unit::Unit;
use crate::stats::{Columns, Figure, icc, kappa, rwg};

/// The points of the scale: 0 to 3.
const POINTS: u32 = 4;

/// A figure, or why there is none.
#[derive(Clone, Debug, Serialize)]
pub struct Number {
    pub value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

impl From<Figure> for Number {
    fn from(figure: Figure) -> Number {
        match figure {
            Ok(value) => Number { value: Some(value), reason: None },
            Err(reason) => Number { value: None, reason: Some(reason.code()) },
        }
    }
}

/// Agreement within one perspective.
#[derive(Clone, Debug, Serialize)]
pub struct Within {
    pub perspective: &'static str,
    pub raters: usize,
    /// rwg(j) over the statements that two or more have rated.
    pub rwg: Number,
    /// ICC(1,k): the reliability of the mean over statements that all have rated.
    pub icc1k: Number,
    pub statements: usize,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agreement {
    pub within: Vec<Within>,
    /// Cohen's kappa of self and supervisor, disagreements weighted by the square of their distance.
    pub self_supervisor: Number,
}

impl Agreement {
    pub fn of(unit: &Unit, ratings: &Ratings) -> Agreement {
        let shown = ratings.counts(ratings.minimums());
        let within = Perspective::ALL.into_iter().skip(1).filter_map(|perspective| {
            let count = shown.iter().find(|count| count.perspective == perspective.name())?;
            (count.shown && count.n >= 2).then(|| within(unit, ratings, perspective, count.n))
        });
        Agreement { within: within.collect(), self_supervisor: self_supervisor(unit, ratings) }
    }
}

fn none(reason: &'static str) -> Number {
    Number { value: None, reason: Some(reason) }
}

fn within(unit: &Unit, ratings: &Ratings, perspective: Perspective, raters: usize) -> Within {
    let minimum = ratings.minimums().of(perspective);
    let mut items: Vec<(String, Vec<Option<f64>>)> = Vec::new();
    for statement in unit.statements() {
        let all = ratings.each(perspective, &statement.id);
        if all.iter().flatten().count() >= minimum.max(2) {
            items.push((statement.id.clone(), all));
        }
    }
    let statements = items.len();
    // For rwg raters are rows; for ICC, with statements as targets, they are columns.
    let by_rater = (0..raters).map(|rater| {
        let ratings = items.iter().map(|(_, all)| all.get(rater).copied().flatten()).collect();
        (format!("rater {}", rater + 1), ratings)
    });
    let icc1k = match Columns::new(by_rater.collect::<Vec<(String, Vec<Option<f64>>)>>()) {
        Ok(columns) => icc::icc(&columns).icc1k.value.into(),
        Err(_) => none("no-answers"),
    };
    let rwg = match Columns::new(items).and_then(|columns| rwg::rwg(&columns, POINTS)) {
        Ok(rwg) => rwg.value.into(),
        Err(_) => none("no-answers"),
    };
    Within { perspective: perspective.name(), raters, rwg, icc1k, statements }
}

fn self_supervisor(unit: &Unit, ratings: &Ratings) -> Number {
    let column = |perspective: Perspective| -> Vec<Option<f64>> {
        let first = |id: &str| ratings.each(perspective, id).into_iter().next().flatten();
        unit.statements().map(|statement| first(&statement.id)).collect()
    };
    let columns = Columns::new([
        ("self", column(Perspective::SelfRating)),
        ("supervisor", column(Perspective::Supervisor)),
    ]);
    match columns.and_then(|columns| kappa::cohen(&columns, kappa::Weights::Quadratic)) {
        Ok(figure) => figure.into(),
        Err(_) => none("no-answers"),
    }
}
