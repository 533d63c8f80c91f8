//! What is required against what was rated, statement by statement, the most pressing first.

use super::mean;
use crate::report::model::{Figure, Gap};
use crate::report::tally::Tally;
use crate::report::titles::Titles;

/// Every statement once, though it may stand in a group and in a total.
pub fn gaps(tally: &Tally, titles: &Titles) -> Vec<Gap> {
    let plan = &tally.plan;
    let mut gaps: Vec<Gap> = Vec::new();
    for (entry, cells) in plan.survey.scoring.iter().zip(&tally.gaps) {
        for (item, [required, rated, gap, importance]) in entry.items.iter().zip(cells) {
            let place = plan.ratings.iter().position(|rating| rating.id == item.id);
            let rating = place.and_then(|place| plan.ratings.get(place));
            let Some(rating) = rating.filter(|_| gap.n > 0) else { continue };
            if gaps.iter().any(|known| known.id == item.id) {
                continue;
            }
            // The mean of all who rated it is told too: those without a required level may not be few.
            let all = place.and_then(|place| tally.all.ratings.get(place)).map_or(0, |all| all.n);
            let few = |n: u64| n > 0 && n < plan.settings.minimum as u64;
            let hidden = few(gap.n) || few(all.saturating_sub(gap.n));
            let told = |figure: Option<f64>| figure.filter(|_| !hidden);
            let weight = importance.mean();
            gaps.push(Gap {
                id: item.id.clone(),
                title: titles.rating(rating),
                rated: told(rated.mean()),
                required: told(required.mean()),
                gap: if hidden { Figure::suppressed() } else { mean(gap) },
                importance: told(weight),
                priority: told(weight.zip(gap.mean()).map(|(weight, gap)| weight * gap)),
            });
        }
    }
    let rank = |gap: &Gap| gap.priority.unwrap_or(f64::MIN);
    gaps.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    gaps
}
