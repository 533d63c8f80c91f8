//! How far the items of each scale measure the same.

use super::model::{Figure, Reliability, ScaleItem};
use super::moments::Moments;
use super::plan::Rating;
use super::tally::Tally;
use super::titles::Titles;
use crate::metrics::Kind;
use crate::stats::{alpha, omega};
use crate::survey::{ItemSource, Scoring};

/// Items that are put together into one figure.
#[derive(Debug)]
pub struct Scale {
    /// By its place among the scoring entries.
    pub score: usize,
    /// The part of the score that it is, where that has several.
    pub dimension: Option<String>,
    /// Ratings, and by what each is multiplied before it is added: below 0 where its wording is reversed.
    pub items: Vec<(usize, f64)>,
}

/// Of more items, omega would take longer than a page may stand still.
const MOST_ITEMS: usize = 30;

impl Scale {
    /// The scales of a scoring entry; `items` are the ratings of its items.
    pub fn of(score: usize, entry: &Scoring, items: &[usize]) -> Vec<Scale> {
        let all = entry.items.iter().zip(items).enumerate();
        let whole = |dimension: Option<&String>, wanted: &dyn Fn(&ItemSource) -> bool| {
            let chosen = all.clone().filter(|(_, (item, _))| wanted(item));
            let items: Vec<(usize, f64)> = chosen
                .filter_map(|(at, (item, rating))| Some((*rating, factor(&entry.kind, at, item)?)))
                .collect();
            let dimension = dimension.cloned();
            (items.len() > 1).then_some(Scale { score, dimension, items })
        };
        match &entry.kind {
            Kind::ServiceDimensions(service) => {
                let dimensions = service.dimensions.iter();
                let scales = dimensions.map(|(name, ids)| {
                    whole(Some(name), &|item: &ItemSource| ids.contains(&item.id))
                });
                scales.flatten().collect()
            }
            _ => whole(None, &|_| true).into_iter().collect(),
        }
    }

    /// Places for the sums of the items of each respondent.
    pub fn moments(&self, ratings: &[Rating]) -> Moments {
        let middle = |(rating, factor): &(usize, f64)| {
            let rating = ratings.get(*rating);
            rating.map_or(0.0, |rating| factor * (rating.min + rating.max) / 2.0)
        };
        Moments::new(self.items.iter().map(middle).collect())
    }
}

/// What an item is multiplied by; nothing where its metric does not add items up.
fn factor(kind: &Kind, at: usize, item: &ItemSource) -> Option<f64> {
    let turned = |reversed: bool| if reversed { -1.0 } else { 1.0 };
    let share = 1.0 / (item.scale.max - item.scale.min);
    Some(match kind {
        Kind::Mean(_) | Kind::LevelGap(_) | Kind::ServiceDimensions(_) => 1.0,
        Kind::Composite(composite) if composite.is_percent() => share,
        Kind::Composite(_) => 1.0,
        Kind::Subscale(subscale) => {
            turned(subscale.scale.reverse.contains(&item.id))
                * if subscale.scale.is_percent() { share } else { 1.0 }
        }
        Kind::TScore(score) => {
            turned(score.scale.reverse.contains(&item.id))
                * if score.scale.is_percent() { share } else { 1.0 }
        }
        Kind::Sus(_) => turned(at % 2 == 1),
        _ => return None,
    })
}

/// Alpha and omega of every scale, by those who rated all of its items.
pub fn reliability(tally: &Tally, titles: &Titles) -> Vec<Reliability> {
    let plan = &tally.plan;
    let mut all = Vec::new();
    for (scale, moments) in plan.scales.iter().zip(&tally.scales) {
        let Some(entry) = plan.survey.scoring.get(scale.score) else { continue };
        let mut reliability = Reliability {
            id: entry.source.id.clone(),
            title: titles.text(entry.source.title.as_ref(), &entry.source.id),
            dimension: scale.dimension.clone(),
            n: Some(moments.n),
            k: scale.items.len(),
            alpha: Figure::none(Some(moments.n), "too-few-rows"),
            standardized: None,
            omega: Figure::none(Some(moments.n), "too-few-rows"),
            estimator: "ml",
            items: Vec::new(),
        };
        if moments.n > 0 && (moments.n as usize) < plan.settings.minimum {
            reliability.n = None;
            (reliability.alpha, reliability.omega) = (Figure::suppressed(), Figure::suppressed());
        } else if let Some(matrix) = moments.covariance() {
            fill(&mut reliability, &matrix, moments.n);
            let items = scale.items.iter().filter_map(|(item, _)| plan.ratings.get(*item));
            for (item, rating) in reliability.items.iter_mut().zip(items) {
                (item.id, item.title) = (rating.id.clone(), titles.rating(rating));
            }
        }
        all.push(reliability);
    }
    all
}

fn fill(reliability: &mut Reliability, matrix: &[Vec<f64>], n: u64) {
    let alpha = alpha::of_covariance(matrix, n as usize);
    let figure = |figure: crate::stats::Figure, ci95| {
        let (value, reason) = (figure.ok(), figure.err().map(|reason| reason.code()));
        Figure { n: Some(n), value, ci95, reason }
    };
    reliability.alpha = figure(alpha.value, alpha.ci95().ok());
    reliability.standardized = alpha.standardized.ok();
    reliability.omega = match matrix.len() {
        ..=MOST_ITEMS => figure(omega::of_covariance(matrix, n as usize).value, None),
        _ => Figure::none(Some(n), "too-many-items"),
    };
    let items = alpha.item_total.iter().zip(&alpha.if_deleted);
    let items = items.map(|(total, without)| ScaleItem {
        id: String::new(),
        title: String::new(),
        item_total: total.ok(),
        alpha_if_deleted: without.ok(),
    });
    reliability.items = items.collect();
}
