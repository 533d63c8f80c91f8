//! The scores of one submission, by the same code that scores in the survey.

use std::sync::Arc;

use super::cell::Cell;
use super::dates::milliseconds;
use super::plan::{Answer, Plan};
use super::record::{Choice, Record};
use crate::metrics::{Detail, Input, Item, Kind, Score};
use crate::session::{Session, Start};
use crate::value::{Map, Value};

/// Ratings in the form that metrics take them, used again for every submission.
pub struct Scorer {
    items: Vec<Vec<Item>>,
    others: Vec<Vec<Item>>,
}

impl Scorer {
    pub fn new(plan: &Plan) -> Scorer {
        let unanswered = |sources: &[crate::survey::ItemSource]| -> Vec<Item> {
            sources.iter().map(|source| source.unanswered()).collect()
        };
        Scorer {
            items: plan.survey.scoring.iter().map(|entry| unanswered(&entry.items)).collect(),
            others: plan.survey.scoring.iter().map(|entry| unanswered(&entry.others)).collect(),
        }
    }

    /// Whether the ratings of this submission suffice, or it has to be answered once more.
    pub fn needs_replay(plan: &Plan, record: &Record) -> bool {
        plan.replays || record.conditional
    }

    /// Every score, by scoring entry.
    pub fn each(&mut self, plan: &Plan, record: &Record, mut take: impl FnMut(usize, &Score)) {
        let scoring = plan.survey.scoring.iter().zip(&plan.scores).enumerate();
        for (index, (entry, source)) in scoring {
            let (Some(items), Some(others)) =
                (self.items.get_mut(index), self.others.get_mut(index))
            else {
                continue;
            };
            fill(items, &source.items, record);
            fill(others, &source.others, record);
            let answer = |id: &str| answer(plan, record, id);
            let input = Input { items, others, today: None, answer: &answer };
            take(index, &entry.kind.as_metric().score(&input));
        }
    }
}

/// Every score, after the answers were given once more to a session: what was hidden does not count.
pub fn replay(plan: &Plan, record: &Record, line: &str, mut take: impl FnMut(usize, &Score)) {
    let whole: Value = serde_json::from_str(line).unwrap_or_default();
    let map = |name: &str| whole.get(name).and_then(Value::as_map).cloned().unwrap_or_default();
    let answers: Map = match record.is_submission || whole.get("answers").is_some() {
        true => map("answers"),
        false => whole.as_map().cloned().unwrap_or_default(),
    };
    let start = Start {
        now_ms: milliseconds(&record.completed).unwrap_or_default(),
        utc_offset_minutes: record.utc_offset,
        context: map("context"),
        ..Start::default()
    };
    let session = Session::with_answers(Arc::clone(&plan.survey), start, &answers);
    let scores = session.scores();
    for (index, entry) in plan.survey.scoring.iter().enumerate() {
        if let Some(score) = scores.get(entry.source.id.as_str()) {
            take(index, score);
        }
    }
}

fn fill(items: &mut [Item], sources: &[usize], record: &Record) {
    for (item, source) in items.iter_mut().zip(sources) {
        item.value = record.ratings.get(*source).copied().filter(|value| !value.is_nan());
    }
}

fn answer(plan: &Plan, record: &Record, id: &str) -> Value {
    let field = plan.survey.index_of(id).and_then(|question| {
        plan.fields.iter().find(|field| field.question == question).map(|field| &field.answer)
    });
    match field {
        Some(Answer::Rating(rating)) => {
            let value = record.ratings.get(*rating).copied().filter(|value| !value.is_nan());
            value.map_or(Value::Null, Value::Number)
        }
        Some(Answer::Choice(list)) => {
            match record.choices.get(*list).and_then(|chosen| chosen.first()) {
                Some(Choice::Listed(at)) => plan.choice(*list, *at),
                Some(Choice::Unlisted(name)) => name.as_str().into(),
                None => Value::Null,
            }
        }
        _ => Value::Null,
    }
}

/// Adds a respondent's score to those of many.
pub fn add(cell: &mut Cell, kind: &Kind, score: &Score) {
    let Some(value) = score.value else { return };
    cell.add(value);
    match (kind, &score.detail) {
        (_, Detail::Category("promoter")) => cell.good += 1,
        (_, Detail::Category("detractor")) => cell.bad += 1,
        (Kind::TopBox(_), _) if value == 1.0 => cell.good += 1,
        (Kind::CustomerEffort(_), _) if value >= 5.0 => cell.good += 1,
        _ => {}
    }
}
