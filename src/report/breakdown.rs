//! Scores and ratings by category, with what must not be told left out.

use super::cell::Cell;
use super::model::{self, Figure, Heatmap, HeatmapRow};
use super::plan::Subject;
use super::record::Choice;
use super::summary::{mean, score_figure};
use super::suppress::hidden;
use super::tally::{Category, Tally};
use super::titles::Titles;

/// One category of a group, in the order in which it is shown.
pub struct Shown<'a> {
    pub value: Option<String>,
    pub label: String,
    pub category: &'a Category,
}

/// The categories of a group in which anybody is: choices in their order, others by name, and those who
/// say nothing last.
pub fn categories<'a>(tally: &'a Tally, group: usize, titles: &Titles) -> Vec<Shown<'a>> {
    let (Some(plan), Some(group)) = (tally.plan.groups.get(group), tally.groups.get(group)) else {
        return Vec::new();
    };
    let fixed = tally.plan.fixed(&plan.subject);
    let mut shown = Vec::new();
    for (at, category) in group.categories.iter().enumerate().filter(|(_, category)| category.n > 0)
    {
        let name = at.checked_sub(fixed).map(|at| group.names.list.get(at).cloned());
        let (value, label) = match (&plan.subject, name) {
            (Subject::List(list), None) => {
                let listed = tally.plan.lists.get(*list).and_then(|list| list.names.get(at));
                (listed.cloned(), titles.chosen(*list, &Choice::Listed(at)))
            }
            (_, Some(Some(name))) => (Some(name.clone()), name),
            _ => (Some(String::from("…")), String::from("…")),
        };
        shown.push((at < fixed, Shown { value, label, category }));
    }
    // Listed choices keep their order; what merely turned up is brought into one.
    shown.sort_by(|(one_fixed, one), (other_fixed, other)| match (one_fixed, other_fixed) {
        (true, true) => std::cmp::Ordering::Equal,
        (true, false) => std::cmp::Ordering::Less,
        (false, true) => std::cmp::Ordering::Greater,
        (false, false) => one.value.cmp(&other.value),
    });
    let mut shown: Vec<Shown> = shown.into_iter().map(|(_, shown)| shown).collect();
    if group.rest.n > 0 {
        shown.push(Shown { value: None, label: String::new(), category: &group.rest });
    }
    shown
}

/// Which categories must not be told, whatever is told of them.
pub fn hidden_categories(shown: &[Shown], minimum: usize) -> Vec<bool> {
    let counts: Vec<u64> = shown.iter().map(|shown| shown.category.n).collect();
    hidden(&counts, &[], minimum)
}

/// The cells of all categories as figures, those that must not be told left out.
pub fn figures(
    shown: &[Shown],
    few: &[bool],
    minimum: usize,
    cell: impl Fn(&Category) -> Option<Cell>,
    figure: impl Fn(&Cell) -> Figure,
) -> Vec<Figure> {
    let cells: Vec<Cell> =
        shown.iter().map(|shown| cell(shown.category).unwrap_or_default()).collect();
    let counts: Vec<u64> = cells.iter().map(|cell| cell.n).collect();
    let hidden = hidden(&counts, few, minimum);
    let cells = cells.iter().zip(hidden);
    cells.map(|(cell, hidden)| if hidden { Figure::suppressed() } else { figure(cell) }).collect()
}

/// The scores by category; nothing where there is but one.
pub fn breakdown(tally: &Tally, group: usize, titles: &Titles) -> Option<model::Breakdown> {
    let plan = &tally.plan;
    let group_plan = plan.groups.get(group)?;
    let shown = categories(tally, group, titles);
    let named = shown.iter().filter(|shown| shown.value.is_some()).count();
    if named == 0 && group_plan.optional || shown.is_empty() {
        return None;
    }
    let minimum = plan.settings.minimum;
    let few = hidden_categories(&shown, minimum);
    let scores = plan.survey.scoring.iter().enumerate();
    let by_score: Vec<Vec<Figure>> = scores
        .map(|(at, entry)| {
            let cell = |category: &Category| category.scores.get(at).copied();
            figures(&shown, &few, minimum, cell, |cell| score_figure(&entry.kind, entry, cell))
        })
        .collect();
    let categories = shown.iter().zip(&few).enumerate();
    let categories = categories.map(|(at, (shown, few))| model::Category {
        value: shown.value.clone(),
        label: shown.label.clone(),
        n: (!few).then_some(shown.category.n),
        scores: by_score.iter().filter_map(|figures| figures.get(at).cloned()).collect(),
    });
    Some(model::Breakdown {
        by: group_plan.name.clone(),
        title: titles.subject(&group_plan.subject).unwrap_or_default(),
        is_time: matches!(group_plan.subject, Subject::Time(_)),
        categories: categories.collect(),
    })
}

/// The group that statements are laid out against, with its categories.
pub fn teams<'a>(tally: &'a Tally, titles: &Titles) -> Option<(usize, Vec<Shown<'a>>)> {
    let groups = tally.plan.teams.iter().map(|team| (*team, categories(tally, *team, titles)));
    groups.into_iter().find(|(_, shown)| shown.iter().any(|shown| shown.value.is_some()))
}

/// The mean of every rating in every team.
pub fn heatmap(tally: &Tally, titles: &Titles) -> Option<Heatmap> {
    let plan = &tally.plan;
    let (team, shown) = teams(tally, titles)?;
    let group = plan.groups.get(team)?;
    let minimum = plan.settings.minimum;
    let few = hidden_categories(&shown, minimum);
    let rows = plan.ratings.iter().enumerate().map(|(at, rating)| HeatmapRow {
        id: rating.id.clone(),
        title: titles.rating(rating),
        min: rating.min,
        max: rating.max,
        cells: figures(&shown, &few, minimum, |category| category.ratings.get(at), mean),
    });
    let statements: Vec<HeatmapRow> = rows.collect();
    (!statements.is_empty()).then(|| Heatmap {
        by: group.name.clone(),
        title: titles.subject(&group.subject).unwrap_or_default(),
        teams: shown.iter().map(|shown| shown.label.clone()).collect(),
        statements,
    })
}
