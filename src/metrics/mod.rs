//! Metrics: one file each, one row each in the table below. Pure numbers in, a score out.

#[cfg(not(lean))]
mod bands;
#[cfg(not(lean))]
mod composite;
#[cfg(not(lean))]
mod correct_answers;
#[cfg(not(lean))]
mod customer_effort;
#[cfg(not(lean))]
mod day;
#[cfg(not(lean))]
mod expectation_performance;
#[cfg(not(lean))]
mod importance_performance;
#[cfg(not(lean))]
mod level_gap;
mod mean;
mod nps;
#[cfg(not(lean))]
mod pairs;
#[cfg(not(lean))]
mod points;
#[cfg(not(lean))]
mod service_dimensions;
#[cfg(not(lean))]
mod star_rating;
#[cfg(not(lean))]
mod subscale;
#[cfg(not(lean))]
mod sus;
#[cfg(not(lean))]
mod t_score;
mod top_box;

#[cfg(not(lean))]
pub use importance_performance::Crosshair;

use crate::definition::{Log, Place, kinds, pick};
#[cfg(not(lean))]
use crate::diagnostic::{Diagnostic, nearest};
use crate::value::{Map, Value};

/// One rated thing that a metric looks at: a question, or a row of a matrix.
#[derive(Clone, Debug)]
pub struct Item {
    /// The question's id; for a matrix, `question.row`.
    pub id: String,
    /// The rating; nothing where it is missing or hidden.
    pub value: Option<f64>,
    /// The lowest and highest rating possible.
    pub min: f64,
    pub max: f64,
}

/// What a metric is computed from.
pub struct Input<'a> {
    pub items: &'a [Item],
    /// What each item is compared with, for metrics that compare; in the order of the items.
    #[cfg(not(lean))]
    pub others: &'a [Item],
    /// The day of the answers where the respondent is, counted from 1970-01-01.
    #[cfg(not(lean))]
    pub today: Option<f64>,
    /// The visible answer to any question, by id.
    pub answer: &'a dyn Fn(&str) -> Value,
}

/// A figure with what it rests on. Missing is `None` with a reason, never 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    pub value: Option<f64>,
    /// How many items were answered.
    pub n: usize,
    /// How many could have been.
    pub of: usize,
    /// Why there is no value.
    pub reason: Option<&'static str>,
    pub detail: Detail,
}

/// What some metrics tell beside the figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    None,
    /// The group that the respondent falls into.
    Category(&'static str),
    /// Levels of a competency assessment.
    Gap {
        rated: Option<f64>,
        required: Option<f64>,
        items: Vec<ItemGap>,
    },
    /// Further entries, as they stand in submissions.
    #[cfg(not(lean))]
    More(Map),
}

/// The level of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemGap {
    pub id: String,
    pub rated: Option<f64>,
    pub required: Option<f64>,
    /// required − rated: above 0 something is lacking, below 0 there is a surplus.
    pub gap: Option<f64>,
    /// How much it matters in the role, from 1 to 5, where that was said.
    pub importance: Option<f64>,
}

impl ItemGap {
    /// Importance × gap, by which gaps are ranked; what was not said to matter more or less counts 3.
    pub fn priority(&self) -> Option<f64> {
        Some(self.weight() * self.gap?)
    }

    /// How much it matters, also where that was not said.
    pub fn weight(&self) -> f64 {
        self.importance.unwrap_or(USUAL_IMPORTANCE)
    }
}

/// Between 1, of hardly any importance, and 5, of the highest.
const USUAL_IMPORTANCE: f64 = 3.0;

impl Score {
    /// A figure that cannot be computed.
    pub fn undefined(of: usize, reason: &'static str) -> Self {
        Score { value: None, n: 0, of, reason: Some(reason), detail: Detail::None }
    }

    /// A figure without more to tell.
    pub fn plain(value: f64, n: usize, of: usize) -> Self {
        Score { value: Some(value), n, of, reason: None, detail: Detail::None }
    }
}

/// What a metric has to know.
pub trait Metric {
    /// Why the metric cannot be computed from such an item; nothing where it can.
    fn refuses(&self, item: &Item) -> Option<String>;

    /// Reports what is wrong with its own fields in view of all items it is computed from.
    #[cfg(not(lean))]
    fn check(&self, _items: &[Item], _place: &Place, _log: &Log) {}

    /// The field that lists questions whose ratings are compared with those of `questions`, one by
    /// one, and what it lists.
    #[cfg(not(lean))]
    fn compares_with(&self) -> Option<(&'static str, &[String])> {
        None
    }

    /// Whether it is computed from ratings; else from answers of any kind.
    #[cfg(not(lean))]
    fn rates(&self) -> bool {
        true
    }

    /// The answer that it holds for correct, which the question must offer.
    #[cfg(not(lean))]
    fn expected(&self, _id: &str) -> Option<&Value> {
        None
    }

    /// The other questions it looks at, such as the one that asks for the role.
    fn also_reads(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Computes the figure for one respondent.
    fn score(&self, input: &Input) -> Score;
}

/// The ratings that are there.
fn answered(items: &[Item]) -> Vec<f64> {
    items.iter().filter_map(|item| item.value).collect()
}

/// The mean of numbers; nothing where there are none.
#[cfg(not(lean))]
fn mean_of(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

/// Reports each of the author's item ids that no item has.
#[cfg(not(lean))]
fn check_ids<'a>(ids: impl Iterator<Item = &'a String>, items: &[Item], place: &Place, log: &Log) {
    for id in ids {
        if items.iter().all(|item| item.id != *id) {
            let known = nearest(id, items.iter().map(|item| item.id.as_str()));
            let message = format!("`{id}` is not among the ratings of `questions`");
            log.report(|| Diagnostic::error("unknown-name", place.path(), message).suggest(known));
        }
    }
}

kinds! {
    /// The metric-specific part of a scoring entry.
    as Metric by as_metric:
    "nps" nps Nps "Promoter, passive or detractor, from 0 to 10."
    "top-box" top_box TopBox "The share of ratings in the highest boxes."
    "mean" mean Mean "The mean of the ratings."
    #[cfg(not(lean))]
    "level-gap" level_gap LevelGap "Required level minus rated level."
    #[cfg(not(lean))]
    "correct-answers" correct_answers CorrectAnswers "Points for correct answers, as long as what is correct is in force."
    #[cfg(not(lean))]
    "points" points Points "What each choice is worth, or what an assessor gives, as in a rubric."
    #[cfg(not(lean))]
    "customer-effort" customer_effort CustomerEffort "Customer effort: how easy it was, from 1 to 7."
    #[cfg(not(lean))]
    "star-rating" star_rating StarRating "The mean of star ratings."
    #[cfg(not(lean))]
    "service-dimensions" service_dimensions ServiceDimensions "Service quality by dimension: perceived, or perceived minus expected."
    #[cfg(not(lean))]
    "sus" sus Sus "The system usability scale, from 0 to 100."
    #[cfg(not(lean))]
    "importance-performance" importance_performance ImportancePerformance "How well the things go that matter."
    #[cfg(not(lean))]
    "expectation-performance" expectation_performance ExpectationPerformance "Experience minus expectation; for what is unwelcome the other way round."
    #[cfg(not(lean))]
    "composite" composite Composite "A weighted composite of ratings."
    #[cfg(not(lean))]
    "subscale" subscale Subscale "A scale of several items, some of them reversed, with bands."
    #[cfg(not(lean))]
    "t-score" t_score TScore "A scale against the norms of a group: 50 is its mean, 10 its standard deviation."
}

/// Finds a metric by its name in a definition, or reports the nearest name.
pub fn row(name: &str, place: &Place, log: &Log) -> Option<&'static Row> {
    pick(TABLE, |row| row.name, "metric", name, place, log)
}

impl Score {
    /// The score as it stands in submissions and on the command line.
    pub fn to_value(&self) -> Value {
        let mut map = Map::new();
        let mut add = |name: &str, value: Value| map.insert(name.to_owned(), value);
        add("value", number(self.value));
        add("n", Value::Number(self.n as f64));
        add("of", Value::Number(self.of as f64));
        if let Some(reason) = self.reason {
            add("reason", reason.into());
        }
        match &self.detail {
            Detail::None => {}
            Detail::Category(category) => {
                add("category", (*category).into());
            }
            Detail::Gap { rated, required, items } => {
                add("rated", number(*rated));
                add("required", number(*required));
                let items = items.iter().map(|item| (item.id.clone(), item.to_value()));
                add("items", Value::Map(items.collect()));
            }
            #[cfg(not(lean))]
            Detail::More(more) => {
                for (name, value) in more {
                    add(name, value.clone());
                }
            }
        }
        Value::Map(map)
    }
}

impl ItemGap {
    fn to_value(&self) -> Value {
        let entries = [("rated", self.rated), ("required", self.required), ("gap", self.gap)];
        let importance = self.importance.map(|importance| ("importance", Some(importance)));
        let entries = entries.into_iter().chain(importance);
        Value::Map(entries.map(|(name, n)| (name.to_owned(), number(n))).collect())
    }
}

/// A figure as a value: whole numbers print whole.
fn number(number: Option<f64>) -> Value {
    number.map_or(Value::Null, Value::Number)
}
