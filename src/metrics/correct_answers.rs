//! Correct answers: points for what was answered as the key says, as long as the key is in force.

use super::day::Day;
use super::{Detail, Input, Item, Metric, Score, check_ids};
use crate::definition::{Log, Place, definition};
use crate::value::{Map, Sorted, Value};

definition! {
    /// What is correct, from when to when, and who says so.
    pub struct AnswerKey {
        /// The correct answer; of a multiple choice all that have to be chosen, in any order.
        pub correct "correct": Value,
        /// What it is worth.
        pub points "points": f64 = 1.0,
        /// Where it holds: a country code (ISO 3166-1), or `any`.
        pub jurisdiction "jurisdiction": Option<String>,
        /// The first day on which it holds, such as `2026-11-23`.
        pub valid_from "validFrom": Option<Day>,
        /// The last day on which it holds.
        pub valid_until "validUntil": Option<Day>,
        /// Where that is written.
        pub source "source": Option<String>,
    }
}

definition! {
    /// The points for correct answers.
    ///
    /// Questions whose key is not in force on the day of the answer count neither way: they stand in
    /// `leftOut` with the reason, and so do all with a first or last day where the day is unknown.
    /// What was not answered is not correct.
    pub struct CorrectAnswers {
        /// What is correct, by question.
        pub key "key": Sorted<String, AnswerKey>,
    }
}

impl AnswerKey {
    /// Why the key does not count on a day.
    fn out_of_force(&self, today: Option<f64>) -> Option<(&'static str, Option<&Day>)> {
        let Some(today) = today else {
            let limited = self.valid_from.is_some() || self.valid_until.is_some();
            return limited.then_some(("day-unknown", None));
        };
        match (&self.valid_from, &self.valid_until) {
            (Some(from), _) if today < from.number => Some(("not-yet-valid", Some(from))),
            (_, Some(until)) if today > until.number => Some(("expired", Some(until))),
            _ => None,
        }
    }

    fn is_met(&self, answer: &Value) -> bool {
        match (&self.correct, answer) {
            (Value::List(correct), Value::List(given)) => {
                correct.len() == given.len() && correct.iter().all(|one| given.contains(one))
            }
            (correct, given) => correct == given,
        }
    }
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

impl Metric for CorrectAnswers {
    fn refuses(&self, _: &Item) -> Option<String> {
        None
    }

    fn rates(&self) -> bool {
        false
    }

    fn expected(&self, id: &str) -> Option<&Value> {
        self.key.get(id).map(|key| &key.correct)
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        let place = place.key("key");
        check_ids(self.key.keys(), items, &place, log);
        for item in items.iter().filter(|item| !self.key.contains_key(item.id.as_str())) {
            log.error("missing-field", &place, format!("`{}` has no correct answer", item.id));
        }
        for (id, key) in &self.key {
            let place = place.key(id);
            let ends = key.valid_from.as_ref().zip(key.valid_until.as_ref());
            if ends.is_some_and(|(from, until)| until.number < from.number) {
                let message = "`validUntil` is before `validFrom`: this never counts";
                log.error("contradiction", &place.key("validUntil"), message);
            }
            if key.points <= 0.0 {
                log.error("contradiction", &place.key("points"), "`points` must be above 0");
            }
        }
    }

    fn score(&self, input: &Input) -> Score {
        let (mut items, mut left_out) = (Map::new(), Map::new());
        let (mut points, mut max) = (0.0, 0.0);
        let (mut answered, mut correct, mut counted) = (0, 0, 0);
        for item in input.items {
            let Some(key) = self.key.get(item.id.as_str()) else { continue };
            if let Some((reason, day)) = key.out_of_force(input.today) {
                let mut why = Map::new();
                why.insert("reason".to_owned(), reason.into());
                if let Some(day) = day {
                    why.insert("day".to_owned(), day.written.clone().into());
                }
                left_out.insert(item.id.clone(), why.into());
                continue;
            }
            let answer = (input.answer)(&item.id);
            let met = !answer.is_empty() && key.is_met(&answer);
            let earned = if met { key.points } else { 0.0 };
            counted += 1;
            answered += usize::from(!answer.is_empty());
            correct += usize::from(met);
            points += earned;
            max += key.points;
            let entry = map([("correct", met.into()), ("points", earned.into())]);
            items.insert(item.id.clone(), entry);
        }
        let of = input.items.len();
        let reason = match (counted, answered) {
            (0, _) => Some("no-valid-questions"),
            (_, 0) => Some("no-answers"),
            _ => None,
        };
        let more = map([
            ("correct", f64::from(correct as u32).into()),
            ("counted", f64::from(counted as u32).into()),
            ("max", max.into()),
            ("items", items.into()),
            ("leftOut", left_out.into()),
        ]);
        let detail = more.as_map().cloned().map_or(Detail::None, Detail::More);
        let value = reason.is_none().then_some(points);
        Score { value, n: answered, of, reason, detail }
    }
}
