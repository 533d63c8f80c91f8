//! Where there is no JavaScript: what browsers do by themselves is done by libraries.

use super::Value;

/// The shortest digits that stand for a finite number and no other.
pub fn shortest(number: f64) -> String {
    serde_json::to_string(&number).unwrap_or_default()
}

pub fn lower_case(text: &str) -> String {
    text.to_lowercase()
}

pub fn from_json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}
