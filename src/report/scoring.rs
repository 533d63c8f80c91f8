//! The scores of one submission, by the same code that scores in the survey.

use std::sync::Arc;

use super::cell::Cell;
use super::dates::milliseconds;
use super::plan::{self, Answer, Plan};
use super::record::{Choice, Record};
use crate::metrics::{Detail, Input, Item, Kind, Score};
use crate::session::{Session, Start};
use crate::survey::{ItemSource, Scoring};
use crate::value::{Map, Value};

/// Scores from ratings, entry by entry.
pub struct Scorer {
    entries: Vec<Entry>,
}

/// Ratings in the form that a metric takes them, used again for every submission.
struct Entry {
    items: Vec<Item>,
    others: Vec<Item>,
    /// What each step scores, where one rating is all that it takes.
    steps: Vec<Score>,
}

impl Scorer {
    pub fn new(plan: &Plan) -> Scorer {
        let entries = plan.survey.scoring.iter().zip(&plan.scores);
        Scorer { entries: entries.map(|(entry, source)| Entry::new(plan, entry, source)).collect() }
    }

    /// Whether the ratings of this submission suffice, or it has to be answered once more.
    pub fn needs_replay(plan: &Plan, record: &Record) -> bool {
        plan.replays || record.conditional
    }

    /// Every score, by scoring entry.
    pub fn each(&mut self, plan: &Plan, record: &Record, mut take: impl FnMut(usize, &Score)) {
        let scoring = plan.survey.scoring.iter().zip(&plan.scores).zip(&mut self.entries);
        for (index, ((entry, source), places)) in scoring.enumerate() {
            match places.known(plan, source, record) {
                Some(score) => take(index, score),
                None => {
                    fill(&mut places.items, &source.items, record);
                    fill(&mut places.others, &source.others, record);
                    take(index, &places.score(&entry.kind, &|id| answer(plan, record, id)));
                }
            }
        }
    }
}

impl Entry {
    fn new(plan: &Plan, entry: &Scoring, source: &plan::Score) -> Entry {
        let unanswered = |sources: &[ItemSource]| -> Vec<Item> {
            sources.iter().map(|source| source.unanswered()).collect()
        };
        let (items, others) = (unanswered(&entry.items), unanswered(&entry.others));
        let mut places = Entry { items, others, steps: Vec::new() };
        let alone = match source.items.as_slice() {
            [item] if source.others.is_empty() && !plan.replays => plan.ratings.get(*item),
            _ => None,
        };
        let steps = alone.map_or(&[][..], |rating| rating.steps.as_slice());
        let scored = steps.iter().map(|step| {
            places.items.iter_mut().for_each(|item| item.value = Some(*step));
            places.score(&entry.kind, &|_| Value::Null)
        });
        places.steps = scored.collect();
        places
    }

    /// The score, where its only rating is a step of the scale.
    fn known(&self, plan: &Plan, source: &plan::Score, record: &Record) -> Option<&Score> {
        if self.steps.is_empty() {
            return None;
        }
        let item = *source.items.first()?;
        let step = plan.ratings.get(item)?.step(*record.ratings.get(item)?)?;
        self.steps.get(step)
    }

    fn score(&self, kind: &Kind, answer: &dyn Fn(&str) -> Value) -> Score {
        let input = Input { items: &self.items, others: &self.others, today: None, answer };
        kind.as_metric().score(&input)
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

/// A respondent's score, to be added to those of many; nothing where it is undefined.
pub fn figure(kind: &Kind, score: &Score) -> Option<Cell> {
    let value = score.value?;
    let mut cell = Cell::default();
    cell.add(value);
    match (kind, &score.detail) {
        (_, Detail::Category("promoter")) => cell.good = 1,
        (_, Detail::Category("detractor")) => cell.bad = 1,
        (Kind::TopBox(_), _) if value == 1.0 => cell.good = 1,
        (Kind::CustomerEffort(_), _) if value >= 5.0 => cell.good = 1,
        _ => {}
    }
    Some(cell)
}
