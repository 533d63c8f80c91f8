//! An object of a document: every property is either taken or reported.

use std::cell::RefCell;

use super::losses::Losses;
use super::properties;
use crate::diagnostic::Step;
use crate::value::{Map, Value};

/// An object whose properties are taken one by one, by the names that they have today.
pub struct Object<'a> {
    pub map: &'a Map,
    /// What it may have the properties of: a column of a matrix also has those of its cells.
    classes: Vec<&'a str>,
    pub path: Vec<Step>,
    losses: &'a Losses,
    taken: RefCell<Vec<String>>,
}

/// A value in a document, with its place.
#[derive(Clone)]
pub struct Item<'a> {
    pub value: &'a Value,
    pub path: Vec<Step>,
}

impl<'a> Item<'a> {
    /// The values of a list, with their places; none where this is no list.
    pub fn items(&self) -> Vec<Item<'a>> {
        let items = self.value.as_list().unwrap_or_default().iter().enumerate();
        items.map(|(index, value)| Item { value, path: self.inside(Step::Index(index)) }).collect()
    }

    /// The path of something inside.
    pub fn inside(&self, step: Step) -> Vec<Step> {
        let mut path = self.path.clone();
        path.push(step);
        path
    }
}

impl<'a> Object<'a> {
    /// Nothing, and a loss, where the item is no object.
    pub fn new(item: &Item<'a>, classes: &[&'a str], losses: &'a Losses) -> Option<Object<'a>> {
        let Some(map) = item.value.as_map() else {
            losses.add(&item.path, "this is no object");
            return None;
        };
        let path = item.path.clone();
        Some(Object { map, classes: classes.to_vec(), path, losses, taken: RefCell::default() })
    }

    fn today<'n>(&self, name: &'n str) -> &'n str {
        self.classes.iter().find_map(|class| properties::today(class, name)).unwrap_or(name)
    }

    fn default_of(&self, name: &str) -> Option<&'static Value> {
        self.classes.iter().find_map(|class| properties::default_of(class, name))
    }

    /// The value of a property, which stays to be brought over.
    pub fn look(&self, name: &str) -> Option<Item<'a>> {
        let older = || self.map.iter().find(|(key, _)| self.today(key) == name);
        let (key, value) = match self.map.iter().find(|(key, _)| *key == name) {
            Some(found) => found,
            None => older()?,
        };
        let mut path = self.path.clone();
        path.push(Step::Key(key.clone()));
        (!value.is_null()).then_some(Item { value, path })
    }

    /// The value of a property, which counts as brought over from now on.
    pub fn take(&self, name: &str) -> Option<Item<'a>> {
        self.taken.borrow_mut().push(name.to_owned());
        self.look(name)
    }

    /// A word; the default of SurveyJS where it is absent.
    pub fn word(&self, name: &str) -> String {
        match self.take(name).map(|item| item.value) {
            Some(Value::Text(text)) => text.clone(),
            Some(other @ (Value::Number(_) | Value::Bool(_))) => other.to_json(),
            given => {
                if given.is_some() {
                    self.is_no(name, "text");
                }
                let default = self.default_of(name).and_then(Value::as_text);
                default.unwrap_or_default().to_owned()
            }
        }
    }

    /// A text that is no wording, where there is one.
    pub fn string(&self, name: &str) -> Option<String> {
        Some(self.word(name)).filter(|text| !text.is_empty())
    }

    /// True or false; the default of SurveyJS where it is absent.
    pub fn flag(&self, name: &str) -> bool {
        let given = self.take(name).and_then(|item| match item.value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(text) if text == "true" => Some(true),
            Value::Text(text) if text == "false" || text.is_empty() => Some(false),
            _ => {
                self.losses.add(&item.path, "this is neither true nor false");
                None
            }
        });
        let default = || self.default_of(name).and_then(Value::as_bool);
        given.or_else(default).unwrap_or_default()
    }

    /// A number, also where it is written as text.
    pub fn number(&self, name: &str) -> Option<f64> {
        let item = self.take(name)?;
        let number = match item.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            _ => None,
        };
        if number.is_none() && !item.value.is_empty() {
            self.losses.add(&item.path, "this is no number");
        }
        number
    }

    /// The number that holds: the default of SurveyJS where it is absent.
    pub fn number_or_default(&self, name: &str) -> f64 {
        let default = || self.default_of(name).and_then(Value::as_number);
        self.number(name).or_else(default).unwrap_or_default()
    }

    /// A whole number, where it is above 0.
    pub fn count(&self, name: &str) -> Option<f64> {
        self.number(name).filter(|number| *number > 0.0).map(f64::trunc)
    }

    /// The entries of a list.
    pub fn list(&self, name: &str) -> Vec<Item<'a>> {
        let Some(item) = self.take(name) else { return Vec::new() };
        if item.value.as_list().is_none() && !item.value.is_empty() {
            self.is_no(name, "list");
        }
        item.items()
    }

    /// Reports that a property is something else than what it says here.
    fn is_no(&self, name: &str, what: &str) {
        if let Some(item) = self.look(name) {
            self.losses.add(&item.path, format!("this is no {what}"));
        }
    }

    fn says_nothing(&self, name: &str, value: &Value) -> bool {
        match self.default_of(name) {
            Some(default) => default == value || (default.is_empty() && value.is_empty()),
            None => false,
        }
    }

    /// Reports every property that was not taken, save those that say what holds anyway.
    pub fn finish(self) {
        let taken = self.taken.borrow();
        for (key, value) in self.map {
            let name = self.today(key);
            if value.is_null() || taken.iter().any(|taken| taken == name) {
                continue;
            }
            let mut path = self.path.clone();
            path.push(Step::Key(key.clone()));
            match self.default_of(name) {
                _ if self.says_nothing(name, value) => {}
                Some(_) => self.losses.add(&path, "not carried over"),
                None => self.losses.add(&path, "SurveyJS knows no such property here"),
            }
        }
    }
}
