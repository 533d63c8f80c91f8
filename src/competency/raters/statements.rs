//! What each perspective says of each statement, with what is too little to show left out.

use serde::Serialize;

use super::submissions::{Perspective, Submission};
use super::{Minimums, RaterCount, Warning};
use crate::competency::form::{Node, Profile};
use crate::competency::unit::Unit;
use crate::text::Text;
use crate::value::Value;

/// From how many anchors apart on self and others see a statement differently.
const FAR_APART: f64 = 1.0;

/// One perspective on one statement.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    pub perspective: &'static str,
    /// How many have seen and rated it; nothing where they are too few to show.
    pub n: Option<usize>,
    pub mean: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// A statement as all perspectives see it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub id: String,
    pub text: Text,
    #[serde(rename = "self")]
    pub own: Option<f64>,
    /// What the role that the person gave needs, where a profile says so.
    pub required: Option<f64>,
    pub cells: Vec<Cell>,
    /// The mean of the means that are shown, each perspective counting the same; never the self-rating.
    pub others: Option<f64>,
    /// self − others.
    pub difference: Option<f64>,
    /// `blind-spot` where self is an anchor or more above others, `hidden-strength` below.
    pub verdict: Option<&'static str>,
}

/// The statements of a task, or all knowledge, skills and so on.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    #[serde(rename = "self")]
    pub own: Option<f64>,
    pub others: Option<f64>,
    pub difference: Option<f64>,
}

/// What somebody wrote beside the statements of a group.
#[derive(Clone, Debug, Serialize)]
pub struct Comment {
    pub perspective: &'static str,
    pub group: String,
    pub text: String,
}

/// The ratings of every perspective that is shown.
pub struct Ratings<'s> {
    by_perspective: Vec<(Perspective, Vec<&'s Submission>)>,
    minimums: Minimums,
}

pub fn mean(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

impl<'s> Ratings<'s> {
    pub fn of(
        submissions: &'s [Submission],
        minimums: Minimums,
        warnings: &mut Vec<Warning>,
    ) -> Self {
        let mut by_perspective: Vec<(Perspective, Vec<&Submission>)> = Vec::new();
        for perspective in Perspective::ALL {
            let own = submissions.iter().filter(|one| one.perspective == Some(perspective));
            let mut own: Vec<&Submission> = own.collect();
            let single = matches!(perspective, Perspective::SelfRating | Perspective::Supervisor);
            if single && own.len() > 1 {
                // The latest holds: people rate themselves again.
                own.sort_by(|a, b| b.completed_at.cmp(&a.completed_at));
                own.truncate(1);
                warnings.push(Warning::new("older-submission-left-out", Some(perspective.name())));
            }
            by_perspective.push((perspective, own));
        }
        Ratings { by_perspective, minimums }
    }

    pub fn minimums(&self) -> Minimums {
        self.minimums
    }

    pub fn counts(&self, minimums: Minimums) -> Vec<RaterCount> {
        let count = |(perspective, own): &(Perspective, Vec<&Submission>)| {
            let minimum = minimums.of(*perspective);
            let (n, perspective) = (own.len(), perspective.name());
            RaterCount { perspective, n, minimum, shown: n >= minimum }
        };
        self.by_perspective.iter().map(count).collect()
    }

    /// The ratings of a statement from one perspective, one for each rater.
    pub fn each(&self, perspective: Perspective, id: &str) -> Vec<Option<f64>> {
        let own = self.by_perspective.iter().find(|(known, _)| *known == perspective);
        let own = own.map(|(_, own)| own.as_slice()).unwrap_or_default();
        own.iter().map(|one| one.answers.get(id).and_then(Value::as_number)).collect()
    }

    fn cell(&self, perspective: Perspective, id: &str) -> Option<Cell> {
        let all = self.each(perspective, id);
        if all.is_empty() {
            return None;
        }
        let rated: Vec<f64> = all.iter().flatten().copied().collect();
        let few = rated.len() < self.minimums.of(perspective);
        let reason = match (few, rated.is_empty()) {
            // A statement that nobody has seen tells nothing of anybody.
            (_, true) if all.len() >= self.minimums.of(perspective) => Some("not-observed"),
            (true, _) => Some("too-few-raters"),
            _ => None,
        };
        let perspective = perspective.name();
        Some(match reason {
            Some(reason) => Cell { perspective, n: None, mean: None, reason: Some(reason) },
            None => Cell { perspective, n: Some(rated.len()), mean: mean(&rated), reason: None },
        })
    }

    /// The levels that the role of the person needs.
    fn levels<'p>(&self, profile: Option<&'p Profile>) -> Option<&'p Node> {
        let own = self.by_perspective.iter().find(|(known, _)| *known == Perspective::SelfRating);
        let role = own.and_then(|(_, own)| own.first()?.answers.get("role")?.as_text());
        let named = |one: &&Node| one.get("value").and_then(Node::as_text) == role;
        role.and_then(|_| profile?.roles.iter().find(named)?.get("levels"))
    }

    pub fn rows(&self, unit: &Unit, profile: Option<&Profile>) -> Vec<Row> {
        let levels = self.levels(profile);
        let row = |statement: &crate::competency::unit::Statement| {
            let own =
                self.each(Perspective::SelfRating, &statement.id).into_iter().flatten().next();
            let others = Perspective::ALL.into_iter().skip(1);
            let cells: Vec<Cell> =
                others.filter_map(|perspective| self.cell(perspective, &statement.id)).collect();
            let means: Vec<f64> = cells.iter().filter_map(|cell| cell.mean).collect();
            let others = mean(&means);
            let difference = own.zip(others).map(|(own, others)| own - others);
            let verdict = match difference {
                Some(difference) if difference >= FAR_APART => Some("blind-spot"),
                Some(difference) if difference <= -FAR_APART => Some("hidden-strength"),
                _ => None,
            };
            let required = levels.and_then(|levels| levels.get(&statement.id)?.as_number());
            let (id, text) = (statement.id.clone(), statement.text.clone());
            Row { id, text, own, required, cells, others, difference, verdict }
        };
        unit.statements().map(row).collect()
    }

    /// The means over the statements that both self and others have rated.
    pub fn groups(&self, unit: &Unit, rows: &[Row]) -> Vec<GroupRow> {
        let mut groups = Vec::new();
        for group in unit.groups() {
            let of_group = |row: &&Row| group.statements.iter().any(|one| one.id == row.id);
            let both: Vec<(f64, f64)> =
                rows.iter().filter(of_group).filter_map(|row| row.own.zip(row.others)).collect();
            let own = mean(&both.iter().map(|(own, _)| *own).collect::<Vec<f64>>());
            let others = mean(&both.iter().map(|(_, others)| *others).collect::<Vec<f64>>());
            groups.push(GroupRow {
                id: group.id.to_owned(),
                title: group.task.map(|task| task.title.clone()),
                own,
                others,
                difference: own.zip(others).map(|(own, others)| own - others),
            });
        }
        groups
    }

    /// Comments of the perspectives that are shown, in the order of the unit and not of the raters.
    pub fn comments(&self, unit: &Unit) -> Vec<Comment> {
        let mut comments = Vec::new();
        for (perspective, own) in &self.by_perspective {
            if own.len() < self.minimums.of(*perspective) {
                continue;
            }
            for group in unit.groups() {
                let names =
                    [format!("{}-observation", group.id), format!("{}-reflection", group.id)];
                let texts =
                    own.iter().flat_map(|one| names.iter().map(|name| one.answers.get(name)));
                let texts = texts.flatten().filter_map(Value::as_text).map(str::trim);
                let mut texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
                texts.sort_unstable();
                comments.extend(texts.into_iter().map(|text| Comment {
                    perspective: perspective.name(),
                    group: group.id.to_owned(),
                    text: text.to_owned(),
                }));
            }
        }
        comments
    }
}
