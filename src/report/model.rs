//! A report as data: what the pages show, and what `--format json` prints.

use serde::Serialize;

/// Why a figure is not told: fewer people than the minimum stand behind it, or behind what is left.
pub const SUPPRESSED: &str = "suppressed";

/// Everything that a report tells.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub survey: SurveyName,
    pub locale: String,
    /// Nothing is told about fewer people than this.
    pub minimum: usize,
    /// The conditions that all submissions in it meet.
    pub conditions: Vec<String>,
    pub wave: &'static str,
    pub submissions: Submissions,
    /// Why there is nothing more, where too few submissions count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub scores: Vec<Score>,
    pub distributions: Vec<Distribution>,
    pub gaps: Vec<Gap>,
    pub maps: Vec<ImportanceMap>,
    pub reliability: Vec<Reliability>,
    pub drivers: Option<Drivers>,
    pub issues: Vec<Choices>,
    pub choices: Vec<Choices>,
    pub breakdowns: Vec<Breakdown>,
    pub heatmap: Option<Heatmap>,
    pub policies: Vec<Grid>,
    pub comments: Vec<Comments>,
    pub funnel: Funnel,
    pub duration: Option<Duration>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SurveyName {
    pub id: String,
    pub version: String,
    pub title: String,
    /// Code, revision and date of the competency framework that it is built from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<Framework>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Framework {
    pub code: String,
    pub title: String,
    pub revision: Option<String>,
    pub date: Option<String>,
}

/// What was read. Counts that would tell of fewer people than the minimum are left out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Submissions {
    pub read: u64,
    /// On how many the figures rest.
    pub counted: Option<u64>,
    pub duplicates: u64,
    pub other_survey: u64,
    pub unreadable: u64,
    /// The versions of the survey that were answered: figures of several are not the same.
    pub versions: Vec<String>,
}

/// A figure with what it rests on.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    pub n: Option<u64>,
    pub value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci95: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

impl Figure {
    pub fn none(n: Option<u64>, reason: &'static str) -> Figure {
        Figure { n, value: None, ci95: None, reason: Some(reason) }
    }

    pub fn suppressed() -> Figure {
        Figure::none(None, SUPPRESSED)
    }

    pub fn is_suppressed(&self) -> bool {
        self.reason == Some(SUPPRESSED)
    }
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// From −100 to 100.
    Points,
    /// From 0 to 1.
    Share,
    /// A mean on the scale from `min` to `max`.
    Mean,
}

/// One of the survey's scores over all respondents.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    pub id: String,
    pub title: String,
    pub metric: &'static str,
    pub unit: Unit,
    pub min: f64,
    pub max: f64,
    pub n: Option<u64>,
    pub value: Option<f64>,
    pub ci95: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The interval is so wide that the figure says little: too few to compare.
    pub small: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// Whether the target is reached, missed, or neither is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reached: Option<&'static str>,
    pub change: Option<Change>,
    /// Counts and figures that belong to it.
    pub parts: Vec<Part>,
}

/// A figure beside a score, such as the share of promoters or a dimension.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub id: String,
    #[serde(flatten)]
    pub figure: Figure,
}

/// From the last wave but one to the last.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    pub from: String,
    pub to: String,
    pub before: Figure,
    pub now: Figure,
    pub value: Option<f64>,
    pub ci95: Option<[f64; 2]>,
    pub p: Option<f64>,
    /// Whether chance alone would hardly explain it (p < 0.05).
    pub beyond_noise: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

/// How often each step of a rating was chosen.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    pub id: String,
    pub title: String,
    /// The question, where this is a row of its matrix.
    pub group: Option<String>,
    pub min: f64,
    pub max: f64,
    /// The mean, with its interval.
    pub mean: Figure,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub label: String,
    pub value: f64,
    pub n: u64,
    pub share: f64,
}

/// Where to act first: attributes by how important they are and how well they do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportanceMap {
    pub id: String,
    pub title: String,
    /// Whether importance was asked for, or derived from what goes with the outcome.
    pub importance: &'static str,
    pub crosshair: &'static str,
    pub lines: [f64; 2],
    pub attributes: Vec<Attribute>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attribute {
    pub id: String,
    pub title: String,
    pub n: u64,
    pub importance: f64,
    pub performance: f64,
    pub gap: Option<f64>,
    pub quadrant: &'static str,
}

/// How far a statement lies below what the roles of those who rated it require.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    pub id: String,
    pub title: String,
    /// Mean levels of those for whom one is required.
    pub rated: Option<f64>,
    pub required: Option<f64>,
    /// Mean required − mean rated.
    #[serde(flatten)]
    pub gap: Figure,
    /// How much it matters to them, from 1 to 5: the mean of what is set for their roles.
    pub importance: Option<f64>,
    /// Importance × gap, the mean weighted discrepancy score of Borich (1980).
    pub priority: Option<f64>,
}

/// How far the items of a scale measure the same, by those who rated all of them.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reliability {
    /// The score.
    pub id: String,
    pub title: String,
    /// The part of it, where it has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
    pub n: Option<u64>,
    /// How many items it has.
    pub k: usize,
    /// Cronbach's alpha with the interval of Feldt; below 0 where items run against each other.
    pub alpha: Figure,
    /// Alpha of the items brought to the same variance.
    pub standardized: Option<f64>,
    /// McDonald's omega of one factor.
    pub omega: Figure,
    /// How omega is estimated: `ml`, maximum likelihood.
    pub estimator: &'static str,
    pub items: Vec<ScaleItem>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScaleItem {
    pub id: String,
    pub title: String,
    /// Its correlation with the sum of the others.
    pub item_total: Option<f64>,
    /// Alpha of the others.
    pub alpha_if_deleted: Option<f64>,
}

/// What goes with the outcome.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Drivers {
    pub outcome: String,
    pub title: String,
    /// Those who rated everything in it.
    pub n: Option<u64>,
    pub r2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// How many orders of entry the shares are averaged over; all of them where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<usize>,
    /// How many more ratings could be looked at, were there not so many.
    pub left_out: usize,
    pub drivers: Vec<Driver>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Driver {
    pub id: String,
    pub title: String,
    /// What it adds to r², averaged over all orders.
    pub shapley: Option<f64>,
    /// Its standard error, where not all orders were taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shapley_error: Option<f64>,
    /// The same as a share of r².
    pub share: Option<f64>,
    pub pearson: Option<f64>,
    pub beta: Option<f64>,
}

/// How often each choice was made, the most frequent first.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Choices {
    pub id: String,
    pub title: String,
    pub n: Option<u64>,
    pub reason: Option<&'static str>,
    pub choices: Vec<Chosen>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Chosen {
    pub value: String,
    pub label: String,
    pub n: u64,
    /// Of those who answered.
    pub share: f64,
    /// Of all mentions, together with those before it.
    pub cumulative: f64,
}

/// Scores by category.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Breakdown {
    pub by: String,
    pub title: String,
    /// Whether the categories are waves, in their order.
    pub is_time: bool,
    pub categories: Vec<Category>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// Nothing for those who say nothing about it.
    pub value: Option<String>,
    pub label: String,
    pub n: Option<u64>,
    /// In the order of the scores.
    pub scores: Vec<Figure>,
}

/// The mean of each statement in each team.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Heatmap {
    pub by: String,
    pub title: String,
    pub teams: Vec<String>,
    pub statements: Vec<HeatmapRow>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeatmapRow {
    pub id: String,
    pub title: String,
    pub min: f64,
    pub max: f64,
    pub cells: Vec<Figure>,
}

/// How many say each thing of each row: which policies exist, are known and followed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Grid {
    pub id: String,
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<GridRow>,
    pub reason: Option<&'static str>,
    /// The same for each team.
    pub teams: Vec<GridTeam>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GridRow {
    pub id: String,
    pub title: String,
    pub cells: Vec<Figure>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GridTeam {
    pub label: String,
    /// By row, by column.
    pub rows: Vec<Vec<Figure>>,
}

/// What respondents wrote, by how they rated the outcome.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comments {
    pub id: String,
    pub title: String,
    /// The rating by which they are told apart.
    pub outcome: Option<String>,
    pub bands: Vec<CommentBand>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CommentBand {
    /// `low`, `middle`, `high`, or `none` of those without a rating.
    pub band: &'static str,
    /// How many wrote something.
    pub n: Option<u64>,
    pub reason: Option<&'static str>,
    /// The latest of it.
    pub comments: Vec<String>,
}

/// How far respondents came.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Funnel {
    pub statuses: Vec<Stage>,
    /// By page: how many answered something on it.
    pub pages: Vec<Stage>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    pub id: String,
    pub title: String,
    pub n: u64,
    pub share: f64,
}

/// How long it took, in seconds.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duration {
    pub n: u64,
    pub median: u64,
    pub quartiles: [u64; 2],
    /// How many took up to so many seconds; the last stands for all who took longer.
    pub classes: Vec<DurationClass>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DurationClass {
    pub up_to: Option<u64>,
    pub n: u64,
}
