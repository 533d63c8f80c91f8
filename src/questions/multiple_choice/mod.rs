//! Choose any of several. The answer is a list of values, in the order of the choices.

#[cfg(feature = "ui")]
pub mod view;

use super::choice_list::{ChoiceList, Looks, SpecialChoices};
use super::items::{Items, Part};
use super::{Choice, QuestionType, choice};
use crate::definition::{Log, Place, definition};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Choose any of several.
    pub struct MultipleChoice {
        ..pub list: ChoiceList,
        ..pub special: SpecialChoices,
        ..pub looks: Looks,
        /// Offers to choose everything at once.
        pub show_all rare "showSelectAllItem": bool,
        /// What that is called.
        pub all_text rare "selectAllText": Option<Text>,
        /// The fewest that may be chosen; a choice that clears all others is enough by itself.
        pub min "minSelectedChoices": u32 = 0,
        /// The most that may be chosen; 0 for no limit.
        pub max "maxSelectedChoices": u32 = 0,
    }
}

impl MultipleChoice {
    /// The answer after one choice was switched on or off: in the order of the choices, and
    /// exclusive choices alone.
    pub fn toggled(&self, answer: &Value, value: &Value, on: bool) -> Value {
        let before = answer.as_list().unwrap_or_default();
        let alone = on && self.is_exclusive(value);
        let keeps = |choice: &Choice| {
            if choice.value == *value {
                on
            } else {
                before.contains(&choice.value) && !alone && !(on && choice.exclusive)
            }
        };
        self.chosen(&keeps)
    }

    /// The choices that "select all" is about.
    fn is_among_all(choice: &Choice) -> bool {
        choice.enabled && !choice.special && !choice.exclusive
    }

    /// Whether all is chosen that "select all" is about.
    pub fn all_chosen(&self, answer: &Value) -> bool {
        let chosen = answer.as_list().unwrap_or_default();
        let mut all = self.list.choices.iter().filter(|choice| Self::is_among_all(choice));
        !chosen.is_empty() && all.all(|choice| chosen.contains(&choice.value))
    }

    /// Whether everything may be chosen at once.
    pub fn may_choose_all(&self) -> bool {
        let all = self.list.choices.iter().filter(|choice| Self::is_among_all(choice)).count();
        all > 0 && (self.max == 0 || all <= self.max as usize)
    }

    /// The answer after "select all" was switched on or off. What cannot be chosen now stays as
    /// it is.
    pub fn toggled_all(&self, answer: &Value, on: bool) -> Value {
        let before = answer.as_list().unwrap_or_default();
        self.chosen(&|choice| match Self::is_among_all(choice) {
            true => on,
            false => !choice.enabled && !choice.exclusive && before.contains(&choice.value),
        })
    }

    fn chosen(&self, keeps: &dyn Fn(&Choice) -> bool) -> Value {
        let mut chosen = Vec::new();
        for choice in &self.list.choices {
            if keeps(choice) {
                chosen.push(choice.value.clone());
            }
        }
        if chosen.is_empty() { Value::Null } else { Value::List(chosen) }
    }

    fn is_exclusive(&self, value: &Value) -> bool {
        choice::find(&self.list.choices, value).is_some_and(|choice| choice.exclusive)
    }
}

impl QuestionType for MultipleChoice {
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>) {
        let Some(chosen) = answer.as_list() else {
            issues.push(Issue::new(Code::WrongType));
            return;
        };
        let known = |value: &Value| choice::find(&self.list.choices, value).is_some();
        let repeated = chosen.iter().enumerate().any(|(i, value)| chosen[..i].contains(value));
        if repeated || !chosen.iter().all(known) {
            issues.push(Issue::new(Code::NotAChoice));
        }
        let exclusive = chosen.iter().any(|value| self.is_exclusive(value));
        if chosen.len() > 1 && exclusive {
            issues.push(Issue::new(Code::NotAlone));
        }
        if chosen.len() < self.min as usize && !exclusive {
            issues.push(Issue::new(Code::TooFew).with("min", self.min));
        }
        if self.max > 0 && chosen.len() > self.max as usize {
            issues.push(Issue::new(Code::TooMany).with("max", self.max));
        }
    }

    fn too_empty(&self) -> Option<Issue> {
        (self.min > 0).then(|| Issue::new(Code::TooFew).with("min", self.min))
    }

    fn display(&self, answer: &Value, language: &Language) -> String {
        choice::display_list(&self.list.choices, answer, language)
    }

    fn special(&self) -> Option<&SpecialChoices> {
        Some(&self.special)
    }

    fn looks(&self) -> Option<&Looks> {
        Some(&self.looks)
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

    fn retained(&self, answer: &Value) -> Value {
        choice::retained(&self.list.choices, answer)
    }

    /// The newest of the choices that clear all others stays, or goes where others came.
    fn tidied(&self, answer: Value, before: &Value) -> Value {
        let Value::List(chosen) = answer else { return answer };
        let offered = |value: Value| choice::as_offered(&self.list.choices, value);
        let mut chosen: Vec<Value> = chosen.into_iter().map(offered).collect();
        let before = before.as_list().unwrap_or_default();
        let clearing = |chosen: &[Value]| chosen.iter().rposition(|value| self.is_exclusive(value));
        let last = clearing(&chosen);
        match clearing(before).and_then(|index| before.get(index)) {
            _ if before == chosen => {}
            None => {
                if let Some(last) = last.filter(|_| chosen.len() > 1) {
                    chosen = vec![chosen.swap_remove(last)];
                }
            }
            Some(old) => match chosen.iter().rposition(|value| value == old) {
                Some(index) if Some(index) == last || index + 1 < chosen.len() => {
                    chosen.remove(index);
                }
                _ => {}
            },
        }
        Value::List(chosen)
    }

    fn texts(&self) -> Vec<&Text> {
        let own = self.all_text.iter().chain(&self.looks.placeholder);
        choice::texts(&self.list.choices).chain(own).collect()
    }

    fn lint(&self, place: &Place, log: &Log) {
        self.list.lint(place, log);
        self.special.lint(&self.list.choices, place, log);
        // How many there are is known only where they are written here.
        let here = self.list.is_written_here();
        let offered = self.list.choices.len() + self.special.offered().len();
        if self.max > 0 && self.min > self.max || here && self.min as usize > offered {
            let place = place.key("minSelectedChoices");
            log.error("contradiction", &place, "more choices are asked for than may be chosen");
        }
    }

    fn complete(&mut self) {
        self.list.complete(self.special.offered());
    }
}
