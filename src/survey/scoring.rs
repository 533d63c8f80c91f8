//! The scoring section: which metric rests on which questions.

use super::Question;
use super::names::{Names, Slot};
use super::source::ScoringSource;
use crate::definition::{Log, Place, Read, as_object, check_fields};
use crate::diagnostic::{Diagnostic, nearest};
use crate::metrics::{self, Item};
use crate::questions::{Kind, Scale};
use crate::value::Value;

/// One score of a survey.
#[derive(Clone, Debug)]
pub struct Scoring {
    pub source: ScoringSource,
    pub kind: metrics::Kind,
    pub items: Vec<ItemSource>,
    /// What each item is compared with, for metrics that compare.
    #[cfg(not(lean))]
    pub others: Vec<ItemSource>,
}

/// Where the rating of one item is found.
#[derive(Clone, Debug)]
pub struct ItemSource {
    /// The item's id: the question's, for a matrix `question.row`.
    pub id: String,
    pub question: usize,
    /// The row of a matrix.
    pub row: Option<String>,
    pub scale: Scale,
}

/// Reads the scoring section and names every score.
pub fn read_scoring(
    section: Option<&Value>,
    questions: &[Question],
    names: &mut Names,
    log: &Log,
) -> Vec<Scoring> {
    let place = Place::ROOT.key("scoring");
    let Some(section) = section else { return Vec::new() };
    let Some(entries) = section.as_list() else {
        log.expected("a list", section, &place);
        return Vec::new();
    };
    let mut scoring = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let place = place.index(index);
        let Some(score) = read_score(entry, questions, names, &place, log) else { continue };
        let name = format!("scores.{}", score.source.id);
        if names.add(&name, Slot::Score(scoring.len())).is_some() {
            let message = format_args!("the score id `{}` stands twice", score.source.id);
            log.error("duplicate", &place.key("id"), message);
        }
        scoring.push(score);
    }
    scoring
}

fn read_score(
    entry: &Value,
    questions: &[Question],
    names: &Names,
    place: &Place,
    log: &Log,
) -> Option<Scoring> {
    let map = as_object(entry, place, log)?;
    let source = ScoringSource::read_fields(map, place, log)?;
    let Some(metric) = map.get("metric") else {
        log.error("missing-field", place, "the field `metric` is missing");
        return None;
    };
    let metric_place = place.key("metric");
    let metric = String::read(metric, &metric_place, log)?;
    let row = metrics::row(&metric, &metric_place, log)?;
    let shared: &[&[&str]] = &[ScoringSource::FIELDS, &["metric"]];
    check_fields(map, &[shared, row.field_names].concat(), place, log);
    let kind = (row.read)(map, place, log)?;
    if source.questions.is_empty() {
        log.error("missing-field", place, "a score needs at least one question");
    }
    let list = place.key("questions");
    let items = read_items(&source.questions, &kind, questions, names, &list, log);
    for id in kind.as_metric().also_reads() {
        if names.question(id).is_none() {
            unknown_question(id, questions, place, log);
        }
    }
    #[cfg(not(lean))]
    let others = match kind.as_metric().compares_with() {
        Some((field, ids)) => {
            let place = place.key(field);
            let others = read_items(ids, &kind, questions, names, &place, log);
            check_pairs(&items, &others, &place, log);
            others
        }
        None => Vec::new(),
    };
    #[cfg(not(lean))]
    {
        let unanswered: Vec<Item> = items.iter().map(ItemSource::unanswered).collect();
        kind.as_metric().check(&unanswered, place, log);
    }
    Some(Scoring {
        source,
        kind,
        items,
        #[cfg(not(lean))]
        others,
    })
}

/// The ratings of some questions, with a report of those that the metric cannot be computed from.
fn read_items(
    ids: &[String],
    kind: &metrics::Kind,
    questions: &[Question],
    names: &Names,
    list: &Place,
    log: &Log,
) -> Vec<ItemSource> {
    let mut items = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let place = list.index(index);
        let Some(question) = names.question(id) else {
            unknown_question(id, questions, &place, log);
            continue;
        };
        let found = items_of(&questions[question], question);
        #[cfg(not(lean))]
        if !kind.as_metric().rates() {
            // What is correct is one answer, whatever ratings it is made of.
            if found.is_empty() || kind.as_metric().expected(id).is_some() {
                items.extend(any_item(&questions[question], question));
            } else {
                items.extend(found);
            }
            check_expected(&questions[question], kind, &place, log);
            continue;
        }
        if found.is_empty() {
            let message = format_args!("`{id}` is no rating: it has no scale to score");
            log.error("not-a-rating", &place, message);
        }
        let refused = found.iter().find_map(|item| kind.as_metric().refuses(&item.unanswered()));
        if let Some(message) = refused {
            log.error("metric", &place, message);
        }
        items.extend(found);
    }
    items
}

/// A question as an item of a metric that takes answers of any kind.
#[cfg(not(lean))]
fn any_item(question: &Question, index: usize) -> Option<ItemSource> {
    let scale = Scale { min: 0.0, max: 0.0, whole: false };
    let id = question.source.id.clone();
    let takes = question.kind.as_type().takes_answer();
    takes.then_some(ItemSource { id, question: index, row: None, scale })
}

/// An answer that cannot be given can never be the correct one.
#[cfg(not(lean))]
fn check_expected(question: &Question, kind: &metrics::Kind, place: &Place, log: &Log) {
    let id = &question.source.id;
    if !question.kind.as_type().takes_answer() {
        log.error("metric", place, format!("`{id}` takes no answer"));
    }
    let Some(expected) = kind.as_metric().expected(id) else { return };
    let mut issues = Vec::new();
    question.kind.as_type().check(expected, &mut issues);
    if !issues.is_empty() {
        log.error("metric", place, format!("the correct answer of `{id}` is none that it takes"));
    }
}

/// Ratings are compared one by one, on the same scale.
#[cfg(not(lean))]
fn check_pairs(items: &[ItemSource], others: &[ItemSource], place: &Place, log: &Log) {
    if others.is_empty() {
        return;
    }
    if items.len() != others.len() {
        let message = format!("{} ratings to compare with {}", others.len(), items.len());
        log.error("metric", place, message);
    }
    for (item, other) in items.iter().zip(others) {
        if (item.scale.min, item.scale.max) != (other.scale.min, other.scale.max) {
            let message = format!("`{}` and `{}` are not on one scale", item.id, other.id);
            log.error("metric", place, message);
        }
    }
}

fn unknown_question(id: &str, questions: &[Question], place: &Place, log: &Log) {
    let ids = questions.iter().map(|question| question.source.id.as_str());
    let message = format_args!("there is no question `{id}`");
    log.report(|| {
        Diagnostic::error("unknown-name", place.path(), message).suggest(nearest(id, ids))
    });
}

fn items_of(question: &Question, index: usize) -> Vec<ItemSource> {
    let Some(scale) = question.kind.as_type().scale() else { return Vec::new() };
    let id = &question.source.id;
    match &question.kind {
        Kind::Matrix(matrix) => {
            let rows = matrix.row_names();
            let item = |row: String| ItemSource {
                id: format!("{id}.{row}"),
                question: index,
                row: Some(row),
                scale,
            };
            rows.into_iter().map(item).collect()
        }
        _ => vec![ItemSource { id: id.clone(), question: index, row: None, scale }],
    }
}

impl ItemSource {
    /// The item before it is answered.
    pub fn unanswered(&self) -> Item {
        Item { id: self.id.clone(), value: None, min: self.scale.min, max: self.scale.max }
    }
}
