//! How the plain building blocks of definitions are read.

use super::{Log, Place, Read, Shape};
use crate::text::Text;
use crate::value::{Sorted, Value};

/// An expression as its author wrote it; the survey compiles it once all names are known.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpressionText(pub String);

impl Read for ExpressionText {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        String::read(value, place, log).map(ExpressionText)
    }

    fn shape() -> Shape {
        Shape::Expression
    }
}

impl Read for Value {
    fn read(value: &Value, _: &Place, _: &Log) -> Option<Self> {
        Some(value.clone())
    }

    fn shape() -> Shape {
        Shape::Anything
    }
}

impl Read for bool {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let found = value.as_bool();
        if found.is_none() {
            log.expected("true or false", value, place);
        }
        found
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn shape() -> Shape {
        Shape::Boolean
    }
}

impl Read for f64 {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let found = value.as_number();
        if found.is_none() {
            log.expected("a number", value, place);
        }
        found
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl Read for u32 {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        match value.as_number() {
            Some(number)
                if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) =>
            {
                Some(number as u32)
            }
            _ => {
                log.expected("a whole number, 0 or more", value, place);
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Integer
    }
}

impl Read for String {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let found = value.as_text();
        if found.is_none() {
            log.expected("text", value, place);
        }
        found.map(str::to_owned)
    }

    fn shape() -> Shape {
        Shape::String
    }
}

impl Read for Text {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Text::plain(text)),
            Value::Map(languages) => {
                let mut entries = Vec::new();
                for (language, wording) in languages {
                    entries.push((language, String::read(wording, &place.key(language), log)?));
                }
                Some(Text::new(entries.into_iter().map(|(l, w)| (l.as_str(), w))))
            }
            _ => {
                log.expected("text, or an object with a text per language", value, place);
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        T::read(value, place, log).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let Some(items) = value.as_list() else {
            log.expected("a list", value, place);
            return None;
        };
        // Every item is read before any is given up, so that all mistakes are reported.
        let read: Vec<Option<T>> =
            items.iter().enumerate().map(|(i, item)| T::read(item, &place.index(i), log)).collect();
        read.into_iter().collect()
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Read> Read for Sorted<String, T> {
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self> {
        let map = super::as_object(value, place, log)?;
        let mut read = Sorted::new();
        for (key, item) in map {
            read.insert(key.clone(), T::read(item, &place.key(key), log)?);
        }
        Some(read)
    }

    fn absent() -> Option<Self> {
        Some(Sorted::new())
    }

    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
}
