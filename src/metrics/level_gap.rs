//! Level gap: what a role requires minus what was rated.

use super::{Detail, Input, Item, ItemGap, Metric, Score, check_ids};
use crate::definition::{Log, Place, Read, Shape, definition};
use crate::diagnostic::{Diagnostic, nearest};
use crate::value::{Sorted, Value};

/// A required level: one for all statements, or one for each.
#[derive(Clone, Debug)]
pub enum Levels {
    Same(f64),
    Each(Sorted<String, f64>),
}

impl Read for Levels {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        match value {
            Value::Number(level) => Some(Levels::Same(*level)),
            Value::Map(_) => Sorted::read(value, place, log).map(Levels::Each),
            _ => {
                log.expected("a level, or an object with a level per statement", value, place);
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Either(|| Shape::Number, Sorted::<String, f64>::shape)
    }
}

definition! {
    /// The mean of required − rated level over the statements that were rated.
    pub struct LevelGap {
        /// The question that asks for the role.
        pub role "role": Option<String>,
        /// The required level of each role.
        pub levels "levels": Sorted<String, Levels>,
        /// The required level where no role is chosen, or the role has none.
        pub level "level": Option<f64>,
        /// How much each statement matters in each role, from 1 to 5; 3 where nothing is said.
        pub importance "importance": Sorted<String, Sorted<String, f64>>,
    }
}

impl LevelGap {
    fn required(&self, role: Option<&str>, statement: &str) -> Option<f64> {
        let of_role = match self.levels.get(role.unwrap_or_default()) {
            Some(Levels::Same(level)) => Some(*level),
            Some(Levels::Each(levels)) => levels.get(statement).copied(),
            None => None,
        };
        of_role.or(self.level)
    }

    fn importance(&self, role: Option<&str>, statement: &str) -> Option<f64> {
        self.importance.get(role?)?.get(statement).copied()
    }

    fn check_importance(&self, items: &[Item], place: &Place, log: &Log) {
        let place = place.key("importance");
        for (role, statements) in &self.importance {
            let place = place.key(role);
            if self.levels.get(role).is_none() {
                let known = nearest(role, self.levels.iter().map(|(role, _)| role.as_str()));
                let message = format!("`{role}` has no levels");
                log.report(|| {
                    Diagnostic::error("unknown-name", place.path(), message).suggest(known)
                });
            }
            check_ids(statements.iter().map(|(id, _)| id), items, &place, log);
            for (id, importance) in statements {
                if !(1.0..=5.0).contains(importance) {
                    log.error("metric", &place.key(id), "importance goes from 1 to 5");
                }
            }
        }
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let numbers: Vec<f64> = numbers.collect();
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

impl Metric for LevelGap {
    fn refuses(&self, _: &Item) -> Option<String> {
        None
    }

    fn check(&self, items: &[Item], place: &Place, log: &Log) {
        let levels = place.key("levels");
        for (role, own) in &self.levels {
            if let Levels::Each(own) = own {
                check_ids(own.iter().map(|(id, _)| id), items, &levels.key(role), log);
            }
        }
        self.check_importance(items, place, log);
    }

    fn also_reads(&self) -> Vec<&str> {
        self.role.as_deref().into_iter().collect()
    }

    fn score(&self, input: &Input) -> Score {
        let role = self.role.as_deref().map(|role| (input.answer)(role));
        let role = role.as_ref().and_then(Value::as_text);
        let gap_of = |item: &Item| {
            let required = self.required(role, &item.id);
            let gap = required.zip(item.value).map(|(required, rated)| required - rated);
            let importance = self.importance(role, &item.id);
            ItemGap { id: item.id.clone(), rated: item.value, required, gap, importance }
        };
        let items: Vec<ItemGap> = input.items.iter().map(gap_of).collect();
        let n = items.iter().filter(|item| item.rated.is_some()).count();
        let of = items.len();
        let gap = mean(items.iter().filter_map(|item| item.gap));
        let reason = match (n, gap) {
            (0, _) => Some("no-answers"),
            (_, None) => Some("no-required-level"),
            _ => None,
        };
        let rated = mean(items.iter().filter_map(|item| item.rated));
        let required = mean(items.iter().filter_map(|item| item.required));
        Score { value: gap, n, of, reason, detail: Detail::Gap { rated, required, items } }
    }
}
