//! Points: what each choice is worth, or what an assessor gives.

use super::bands::{self, Band};
use super::{Detail, Input, Item, Metric, Score, check_ids};
use crate::definition::{Log, Place, definition};
use crate::value::{Map, Sorted, Value, number_text};

definition! {
    /// The sum of points, as in a rubric.
    ///
    /// A question in `points` is worth what its choice is, or its choices together; any other counts as
    /// the number that was given. `max` is what the answered questions could have brought: who came
    /// along another branch is not measured by questions that were never shown.
    pub struct Points {
        /// What each choice is worth, by question.
        pub points "points": Sorted<String, Sorted<String, f64>>,
        /// Names for ranges of the share of `max` (0–100), from low to high.
        pub bands "bands": Vec<Band>,
    }
}

/// What the chosen are worth together; the ids of choices are text, numbers, true or false.
fn worth(points: &Sorted<String, f64>, answer: &Value) -> f64 {
    match answer {
        Value::List(chosen) => chosen.iter().map(|one| worth(points, one)).sum(),
        Value::Text(choice) => points.get(choice).copied().unwrap_or(0.0),
        Value::Number(choice) => points.get(&number_text(*choice)).copied().unwrap_or(0.0),
        Value::Bool(choice) => points.get(&choice.to_string()).copied().unwrap_or(0.0),
        Value::Null | Value::Map(_) => 0.0,
    }
}

fn best(points: &Sorted<String, f64>, answer: &Value) -> f64 {
    let gains = points.values().copied().filter(|points| *points > 0.0);
    if matches!(answer, Value::List(_)) { gains.sum() } else { gains.fold(0.0, f64::max) }
}

impl Metric for Points {
    fn refuses(&self, _: &Item) -> Option<String> {
        None
    }

    fn rates(&self) -> bool {
        false
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        let points = place.key("points");
        check_ids(self.points.keys(), items, &points, log);
        for item in items {
            if item.max <= item.min && !self.points.contains_key(item.id.as_str()) {
                let message = format!("`{}` is no rating: say what its choices are worth", item.id);
                log.error("missing-field", &points, message);
            }
        }
        bands::check(&self.bands, place, log);
    }

    fn score(&self, input: &Input) -> Score {
        let (mut sum, mut max, mut n) = (0.0, 0.0, 0);
        let mut items = Map::new();
        for item in input.items {
            let (earned, reachable) = match self.points.get(item.id.as_str()) {
                Some(points) => {
                    let answer = (input.answer)(&item.id);
                    if answer.is_empty() {
                        continue;
                    }
                    (worth(points, &answer), best(points, &answer))
                }
                None => match item.value {
                    Some(given) => (given, item.max),
                    None => continue,
                },
            };
            n += 1;
            sum += earned;
            max += reachable;
            items.insert(item.id.clone(), earned.into());
        }
        let of = input.items.len();
        if n == 0 {
            return Score::undefined(of, "no-answers");
        }
        let mut more = Map::new();
        more.insert("max".to_owned(), max.into());
        more.insert("items".to_owned(), items.into());
        if max > 0.0 {
            bands::tell(&self.bands, 100.0 * sum / max, &mut more);
        }
        Score { detail: Detail::More(more), ..Score::plain(sum, n, of) }
    }
}
