//! A value while an expression runs: an answer, or what JavaScript has and answers lack.

use std::borrow::Cow;

use super::{civil, number};
use crate::value::{Map, Value, number_text};

/// Texts, lists and maps are borrowed from answers and constants as long as nothing changes them.
///
/// A date exists only here. It leaves as ISO text in the exact form of JavaScript's `toISOString`,
/// and a variable that holds text of that form is read as a date again, so that a calculated date
/// loses nothing by being stored as an answer.
#[derive(Clone, Default)]
pub(super) enum Operand<'a> {
    /// No answer. Unlike [`Operand::Null`] it equals an empty list.
    #[default]
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    /// Milliseconds since 1970 in UTC; NaN for a date that is none.
    Date(f64),
    /// Items, and whether their order counts in comparisons.
    List(Cow<'a, [Value]>, bool),
    Map(Cow<'a, Map>),
}

impl<'a> Operand<'a> {
    /// A value as it is.
    pub fn raw(value: &'a Value) -> Self {
        match value {
            Value::Null => Operand::Null,
            Value::Bool(value) => Operand::Bool(*value),
            Value::Number(value) => Operand::Number(*value),
            Value::Text(text) => Operand::Text(Cow::Borrowed(text)),
            Value::List(items) => Operand::List(Cow::Borrowed(items), false),
            Value::Map(map) => Operand::Map(Cow::Borrowed(map)),
        }
    }

    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Operand::Text(text.into())
    }

    /// What a variable yields: text that reads as a number, a boolean or a date becomes one.
    pub fn convert(self) -> Self {
        match self {
            Operand::Text(text) => converted(&text).unwrap_or(Operand::Text(text)),
            other => other,
        }
    }

    /// The same operand, borrowed from this one.
    pub fn borrowed(&self) -> Operand<'_> {
        match self {
            Operand::Undefined => Operand::Undefined,
            Operand::Null => Operand::Null,
            Operand::Bool(value) => Operand::Bool(*value),
            Operand::Number(value) => Operand::Number(*value),
            Operand::Date(value) => Operand::Date(*value),
            Operand::Text(text) => Operand::Text(Cow::Borrowed(text)),
            Operand::List(items, ordered) => Operand::List(Cow::Borrowed(items), *ordered),
            Operand::Map(map) => Operand::Map(Cow::Borrowed(map)),
        }
    }

    pub fn into_owned(self) -> Operand<'static> {
        match self {
            Operand::Undefined => Operand::Undefined,
            Operand::Null => Operand::Null,
            Operand::Bool(value) => Operand::Bool(value),
            Operand::Number(value) => Operand::Number(value),
            Operand::Date(value) => Operand::Date(value),
            Operand::Text(text) => Operand::Text(Cow::Owned(text.into_owned())),
            Operand::List(items, ordered) => Operand::List(Cow::Owned(items.into_owned()), ordered),
            Operand::Map(map) => Operand::Map(Cow::Owned(map.into_owned())),
        }
    }

    /// The value at the border: what is no number or no date there is missing.
    pub fn into_value(self) -> Value {
        match self {
            Operand::Undefined | Operand::Null => Value::Null,
            Operand::Bool(value) => Value::Bool(value),
            Operand::Number(value) if value.is_finite() => Value::Number(value),
            Operand::Number(_) => Value::Null,
            Operand::Text(text) => Value::Text(text.into_owned()),
            Operand::Date(time) => civil::iso_text(time).map_or(Value::Null, Value::Text),
            Operand::List(items, _) => Value::List(items.into_owned()),
            Operand::Map(map) => Value::Map(map.into_owned()),
        }
    }

    pub fn is_nullish(&self) -> bool {
        matches!(self, Operand::Undefined | Operand::Null)
    }

    /// What `empty` means: unlike `Value::is_empty`, a list of empty values is not empty.
    pub fn is_empty(&self) -> bool {
        match self {
            Operand::Undefined | Operand::Null => true,
            Operand::Bool(_) | Operand::Date(_) => false,
            Operand::Number(number) => number.is_nan(),
            Operand::Text(text) => text.is_empty(),
            Operand::List(items, _) => items.is_empty(),
            Operand::Map(map) => map.values().all(|value| Operand::raw(value).is_empty()),
        }
    }

    /// What counts as true in `and`, `or`, `!` and `iif`: lists and maps do, even empty ones.
    pub fn is_truthy(&self) -> bool {
        match self {
            Operand::Undefined | Operand::Null => false,
            Operand::Bool(value) => *value,
            Operand::Number(number) => *number != 0.0 && !number.is_nan(),
            Operand::Text(text) => !text.is_empty(),
            Operand::Date(_) | Operand::List(..) | Operand::Map(_) => true,
        }
    }

    /// The result of a condition: JavaScript's `result == true`.
    pub fn is_true(&self) -> bool {
        match self {
            Operand::Bool(value) => *value,
            Operand::Number(_) | Operand::Text(_) | Operand::List(..) => self.to_number() == 1.0,
            _ => false,
        }
    }

    /// JavaScript's `Number(x)`.
    pub fn to_number(&self) -> f64 {
        match self {
            Operand::Undefined | Operand::Map(_) => f64::NAN,
            Operand::Null => 0.0,
            Operand::Bool(value) => f64::from(u8::from(*value)),
            Operand::Number(number) | Operand::Date(number) => *number,
            Operand::Text(text) => number::from_script_text(text),
            Operand::List(..) => number::from_script_text(&self.to_text()),
        }
    }

    /// The number that authors see in it: text such as `1,5` counts, `true` does not.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Operand::Number(number) => number.is_finite().then_some(*number),
            Operand::Text(text) => number::from_text(text),
            Operand::List(items, _) if items.len() == 1 => {
                Some(self.to_number()).filter(|number| number.is_finite())
            }
            _ => None,
        }
    }

    /// JavaScript's `String(x)`, except that a date gives its ISO text.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Operand::Undefined => Cow::Borrowed("undefined"),
            Operand::Null => Cow::Borrowed("null"),
            Operand::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Operand::Number(number) => Cow::Owned(number_text(*number)),
            Operand::Text(text) => Cow::Borrowed(text),
            Operand::Date(time) => {
                civil::iso_text(*time).map_or(Cow::Borrowed("Invalid Date"), Cow::Owned)
            }
            Operand::List(items, _) => Cow::Owned(joined(items, ",")),
            Operand::Map(_) => Cow::Borrowed("[object Object]"),
        }
    }
}

/// The items as text with a separator; missing ones leave nothing between separators.
pub(super) fn joined(items: &[Value], separator: &str) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        if !item.is_null() {
            text.push_str(&Operand::raw(item).to_text());
        }
    }
    text
}

fn converted(text: &str) -> Option<Operand<'static>> {
    let bytes = text.as_bytes();
    let (first, last) = (*bytes.first()?, *bytes.last()?);
    match first {
        b't' | b'T' if text.eq_ignore_ascii_case("true") => Some(Operand::Bool(true)),
        b'f' | b'F' if text.eq_ignore_ascii_case("false") => Some(Operand::Bool(false)),
        b'a'..=b'z' | b'A'..=b'Z' => None,
        b'\'' | b'"' if bytes.len() > 1 && matches!(last, b'\'' | b'"') => {
            let inner = text.get(1..bytes.len() - 1)?;
            Some(Operand::Text(Cow::Owned(inner.to_owned())))
        }
        b'0' if !text.starts_with("0x") => match bytes.get(1) {
            None => Some(Operand::Number(0.0)),
            Some(b'.' | b',') if bytes.len() > 2 => number::from_text(text).map(Operand::Number),
            _ => civil::from_iso_text(text).map(Operand::Date),
        },
        _ => match number::from_text(text) {
            Some(number) => Some(Operand::Number(number)),
            None => civil::from_iso_text(text).map(Operand::Date),
        },
    }
}
