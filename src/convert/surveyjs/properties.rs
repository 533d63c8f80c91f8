//! What SurveyJS knows: the properties of its classes with their defaults and older names.
//!
//! `properties.json` is the metadata of survey-core 3.1 itself.

use std::sync::LazyLock;

use crate::value::Value;

static CLASSES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("properties.json")).unwrap_or_default());

/// A class and those that it inherits from.
fn lineage(class: &str) -> impl Iterator<Item = &'static Value> {
    let mut next = CLASSES.get(class);
    std::iter::from_fn(move || {
        let class = next?;
        let parent = class.get("parent").and_then(Value::as_text);
        next = parent.and_then(|parent| CLASSES.get(parent));
        Some(class)
    })
}

/// The default of a property; nothing where the class has no such property.
pub fn default_of(class: &str, property: &str) -> Option<&'static Value> {
    lineage(class).find_map(|class| class.get("properties")?.get(property))
}

/// The name that a property has today, where that is another.
pub fn today(class: &str, property: &str) -> Option<&'static str> {
    lineage(class).find_map(|class| class.get("aliases")?.get(property)?.as_text())
}
