//! Put choices in an order. The answer is the list of their values, the first place first.

#[cfg(feature = "ui")]
mod drag;
#[cfg(feature = "ui")]
pub mod view;

use super::choice_list::ChoiceList;
use super::items::{Items, Part};
use super::{Choice, QuestionType, choice};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Put choices in an order.
    pub struct Ranking {
        ..pub list: ChoiceList,
        /// Whether the respondent picks what to rank; else everything is ranked.
        pub select "selectToRankEnabled": bool,
        /// The fewest that may be picked, once anything is.
        pub min "minSelectedChoices": u32 = 0,
        /// The most that may be picked; 0 for no limit.
        pub max "maxSelectedChoices": u32 = 0,
    }
}

impl Ranking {
    /// The indexes of the choices as they stand: those that are ranked in their order, then
    /// the others; and how many are ranked.
    pub fn order(&self, answer: &Value) -> (Vec<usize>, usize) {
        let mut order: Vec<usize> = Vec::new();
        for value in answer.as_list().unwrap_or_default() {
            let index = self.list.choices.iter().position(|choice| choice.value == *value);
            order.extend(index.filter(|index| !order.contains(index)));
        }
        let ranked = order.len();
        let others: Vec<usize> =
            (0..self.list.choices.len()).filter(|index| !order.contains(index)).collect();
        order.extend(others);
        (order, ranked)
    }

    /// The answer after what stands at one place was moved to another. Places count from 0
    /// over all choices; where the respondent picks, the boundary moves with what crosses it.
    pub fn moved(&self, answer: &Value, from: usize, to: usize) -> Value {
        let (mut order, ranked) = self.order(answer);
        if from >= order.len() || to >= order.len() {
            return answer.clone();
        }
        let index = order.remove(from);
        order.insert(to, index);
        let ranked = match (from < ranked, to) {
            _ if !self.select => order.len(),
            (true, to) if to >= ranked => ranked - 1,
            (false, to) if to <= ranked => ranked + 1,
            _ => ranked,
        };
        let values: Vec<Value> = order
            .into_iter()
            .take(ranked)
            .filter_map(|index| Some(self.list.choices.get(index)?.value.clone()))
            .collect();
        if values.is_empty() { Value::Null } else { Value::List(values) }
    }
}

impl QuestionType for Ranking {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(ranked) = answer.as_list() else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        if self.order(answer).1 < ranked.len() {
            issues.push(Issue::new(Code::NotAChoice));
        }
        let min = if self.select { self.min as usize } else { self.list.choices.len() };
        if ranked.len() < min {
            issues.push(Issue::new(Code::TooFew).with("min", min));
        }
        if self.select && self.max > 0 && ranked.len() > self.max as usize {
            issues.push(Issue::new(Code::TooMany).with("max", self.max));
        }
    }

    fn too_empty(&self) -> Option<Issue> {
        let some = self.select && self.min > 0;
        some.then(|| Issue::new(Code::TooFew).with("min", self.min))
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        choice::display_list(&self.list.choices, answer, language)
    }

    fn choice_list(&self) -> Option<&ChoiceList> {
        Some(&self.list)
    }

    fn items(&self) -> Vec<Items<'_>> {
        vec![self.list.items()]
    }

    fn offer(&mut self, _: Part, list: Vec<Choice>) {
        self.list.choices = list;
    }

    fn takes_all(&self) -> bool {
        !self.select
    }

    fn retained(&self, answer: &Value) -> Value {
        choice::retained(&self.list.choices, answer)
    }

    fn complete(&mut self) {
        self.list.complete(Vec::new());
    }

    fn tidied(&self, answer: Value, _: &Value) -> Value {
        if self.select || answer.as_list().is_none_or(<[Value]>::is_empty) {
            return answer;
        }
        let choices = &self.list.choices;
        let order = self.order(&answer).0.into_iter();
        order.filter_map(|index| Some(choices.get(index)?.value.clone())).collect::<Vec<_>>().into()
    }

    fn texts(&self) -> Vec<&Text> {
        choice::texts(&self.list.choices).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        self.list.lint(place, log);
        let here = self.list.is_written_here();
        let too_many = here && self.min as usize > self.list.choices.len();
        if self.max > 0 && self.min > self.max || too_many {
            let place = place.key("minSelectedChoices");
            log.error("contradiction", &place, "more choices are asked for than may be picked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(select: bool) -> Ranking {
        let map = [("choices".to_owned(), vec!["a", "b", "c"].into())].into();
        let read = Ranking::read_fields(&map, &Place::ROOT, &Log::default());
        Ranking { select, ..read.unwrap() }
    }

    #[test]
    fn the_first_move_ranks_everything() {
        assert_eq!(ranking(false).moved(&Value::Null, 2, 0).to_json(), r#"["c","a","b"]"#);
        assert_eq!(ranking(false).moved(&Value::Null, 0, 0).to_json(), r#"["a","b","c"]"#);
    }

    #[test]
    fn what_crosses_the_boundary_is_picked_or_taken_out() {
        let ranking = ranking(true);
        let c = ranking.moved(&Value::Null, 2, 0);
        assert_eq!(c.to_json(), r#"["c"]"#);
        let both = ranking.moved(&c, 2, 0);
        assert_eq!(both.to_json(), r#"["b","c"]"#);
        assert_eq!(ranking.moved(&both, 0, 1).to_json(), r#"["c","b"]"#);
        assert_eq!(ranking.moved(&both, 0, 2).to_json(), r#"["c"]"#);
        assert_eq!(ranking.moved(&both, 2, 2).to_json(), r#"["b","c","a"]"#);
        assert_eq!(ranking.moved(&c, 0, 1).to_json(), "null");
    }

    #[test]
    fn values_that_are_no_choices_are_passed_over() {
        let answer = Value::from(vec!["b", "x", "b"]);
        assert_eq!(ranking(true).order(&answer), (vec![1, 0, 2], 1));
    }
}
