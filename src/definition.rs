//! Reading definitions: from JSON values to typed structures, with every mistake reported.
//!
//! Serde would stop at the first mistake and forget where it was; an author wants all of
//! them, each with its place. [`definition!`] describes a structure once, and from it come
//! the Rust type, its reader and its JSON Schema.

mod base;
mod shape;

use std::cell::RefCell;

use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::value::{Map, Value};

pub use base::ExpressionText;
pub use shape::{Field, Shape};

/// Where the reader stands in a definition: a step and the place above it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    above: Option<&'a Place<'a>>,
    step: PlaceStep<'a>,
}

#[derive(Clone, Copy)]
enum PlaceStep<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub const ROOT: Place<'static> = Place { above: None, step: PlaceStep::Root };

    pub fn key(&'a self, key: &'a str) -> Place<'a> {
        Place { above: Some(self), step: PlaceStep::Key(key) }
    }

    pub fn index(&'a self, index: usize) -> Place<'a> {
        Place { above: Some(self), step: PlaceStep::Index(index) }
    }

    /// The whole way from the root. Made only when something is to be reported.
    pub fn path(&self) -> Vec<Step> {
        let mut path = self.above.map(Place::path).unwrap_or_default();
        match self.step {
            PlaceStep::Root => {}
            PlaceStep::Key(key) => path.push(Step::Key(key.to_owned())),
            PlaceStep::Index(index) => path.push(Step::Index(index)),
        }
        path
    }
}

/// Collects what is wrong while a definition is read.
#[derive(Default)]
pub struct Log {
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl Log {
    pub fn push(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    pub fn error(&self, kind: &'static str, place: &Place, message: impl Into<String>) {
        self.push(Diagnostic::error(kind, place.path(), message));
    }

    /// Reports that a value is not what belongs here.
    pub fn expected(&self, what: &str, value: &Value, place: &Place) {
        let message = format!("expected {what}, found {}", kind_of(value));
        self.error("wrong-type", place, message);
    }

    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Text(_) => "text",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
    }
}

/// A type that definitions are made of.
pub trait Read: Sized {
    /// Reads a value, or reports why it cannot be read.
    fn read(value: &Value, place: &Place, log: &Log) -> Option<Self>;

    /// What stands for a field that is absent; nothing where the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// The shape for the JSON Schema.
    fn shape() -> Shape;
}

/// Reads one field of an object. Called by [`definition!`].
pub fn read_field<T: Read>(
    map: &Map,
    name: &'static str,
    default: Option<T>,
    place: &Place,
    log: &Log,
) -> Option<T> {
    match map.get(name) {
        Some(value) => T::read(value, &place.key(name), log),
        None => default.or_else(T::absent).or_else(|| {
            log.error("missing-field", place, format!("the field `{name}` is missing"));
            None
        }),
    }
}

/// Reports every field of `map` that none of the lists of `known` names holds.
pub fn check_fields(map: &Map, known: &[&[&'static str]], place: &Place, log: &Log) {
    for name in map.keys() {
        if known.iter().any(|names| names.contains(&name.as_str())) {
            continue;
        }
        let candidates = known.iter().flat_map(|names| names.iter().copied());
        let message = format!("`{name}` is not a field here");
        log.push(
            Diagnostic::error("unknown-field", place.key(name).path(), message)
                .on_key()
                .suggest(nearest(name, candidates)),
        );
    }
}

/// Reads a value as an object, or reports that it is none.
pub fn as_object<'v>(value: &'v Value, place: &Place, log: &Log) -> Option<&'v Map> {
    let map = value.as_map();
    if map.is_none() {
        log.expected("an object", value, place);
    }
    map
}

/// Finds the row of a table by the name a definition uses, or reports the nearest name.
pub fn pick<'t, T>(
    table: &'t [T],
    name_of: impl Fn(&T) -> &'static str,
    what: &str,
    word: &str,
    place: &Place,
    log: &Log,
) -> Option<&'t T> {
    let found = table.iter().find(|row| name_of(row) == word);
    if found.is_none() {
        let message = format!("there is no {what} `{word}`");
        log.push(
            Diagnostic::error("unknown-name", place.path(), message)
                .suggest(nearest(word, table.iter().map(&name_of))),
        );
    }
    found
}

/// Describes a structure of a definition once: its Rust type, reader and schema.
///
/// ```
/// use askwell::definition::{Log, Place, Read, definition};
/// use askwell::value::Value;
///
/// definition! {
///     /// One end of a scale.
///     pub struct End {
///         /// The number that stands there.
///         pub value "value": f64,
///         /// What it means.
///         pub label "label": Option<String>,
///         /// How large to show it, in steps.
///         pub size "size": u32 = 2,
///     }
/// }
///
/// let log = Log::default();
/// let value: Value = serde_json::from_str(r#"{"value": 5, "lable": "very"}"#).unwrap();
/// let end = End::read(&value, &Place::ROOT, &log).unwrap();
/// assert_eq!((end.value, end.size), (5.0, 2));
/// assert_eq!(log.into_diagnostics()[0].suggestion.as_deref(), Some("label"));
/// ```
///
/// A field is required unless its type stands for itself when absent (`Option`, `Vec`,
/// `bool`) or a default follows `=`. Fields that several structures have in common are a
/// structure of their own, which stands first as `..pub name: Type,`.
#[macro_export]
macro_rules! definition {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident {
            $( ..pub $shared:ident : $part:ty , )*
            $( $(#[doc = $field_about:literal])* pub $field:ident $json:literal : $type:ty $(= $default:expr)? ,)*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $( pub $shared: $part, )*
            $( $(#[doc = $field_about])* pub $field: $type, )*
        }

        impl $name {
            /// The names of the fields as definitions write them.
            pub const FIELDS: &'static [&'static str] = &[$($json),*];

            /// The same with the names of the shared fields.
            pub const ALL_FIELDS: &'static [&'static [&'static str]] =
                &[Self::FIELDS, $(<$part>::FIELDS),*];

            /// Reads the fields of an object that may hold other fields too.
            pub fn read_fields(
                map: &$crate::value::Map,
                place: &$crate::definition::Place,
                log: &$crate::definition::Log,
            ) -> Option<Self> {
                $( let $shared = <$part>::read_fields(map, place, log); )*
                $( let $field = $crate::definition::read_field::<$type>(
                    map, $json, $crate::definition!(@default $($default)?), place, log,
                ); )*
                let _ = (map, place, log);
                Some($name { $( $shared: $shared?, )* $( $field: $field?, )* })
            }

            /// The fields with their shapes and meanings, for the JSON Schema and the docs.
            pub fn fields() -> Vec<$crate::definition::Field> {
                #[allow(unused_mut)]
                let mut fields = vec![$( $crate::definition::Field {
                    name: $json,
                    shape: <$type as $crate::definition::Read>::shape,
                    required: $crate::definition!(@required $type $(= $default)?),
                    about: concat!($($field_about),*),
                }),*];
                $( fields.extend(<$part>::fields()); )*
                fields
            }
        }

        impl $crate::definition::Read for $name {
            fn read(
                value: &$crate::value::Value,
                place: &$crate::definition::Place,
                log: &$crate::definition::Log,
            ) -> Option<Self> {
                let map = $crate::definition::as_object(value, place, log)?;
                $crate::definition::check_fields(map, Self::ALL_FIELDS, place, log);
                Self::read_fields(map, place, log)
            }

            fn shape() -> $crate::definition::Shape {
                $crate::definition::Shape::Object {
                    name: stringify!($name),
                    about: concat!($($about),*),
                    fields: Self::fields,
                }
            }
        }
    };
    (@default) => { None };
    (@default $default:expr) => { Some($default) };
    (@required $type:ty) => { <$type as $crate::definition::Read>::absent().is_none() };
    (@required $type:ty = $default:expr) => { false };
}

/// Describes a choice between words in a definition: its enum, reader and schema.
#[macro_export]
macro_rules! definition_words {
    (
        $(#[doc = $about:literal])*
        pub enum $name:ident { $( $(#[doc = $word_about:literal])* $variant:ident $word:literal, )* }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $( $(#[doc = $word_about])* $variant, )* }

        impl $name {
            pub fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }
        }

        impl $crate::definition::Read for $name {
            fn read(
                value: &$crate::value::Value,
                place: &$crate::definition::Place,
                log: &$crate::definition::Log,
            ) -> Option<Self> {
                const TABLE: &[$name] = &[$( $name::$variant ),*];
                $crate::definition::read_word(TABLE, $name::as_str, value, place, log)
            }

            fn shape() -> $crate::definition::Shape {
                $crate::definition::Shape::Words(&[$($word),*])
            }
        }
    };
}

/// Reads one of a table's words. Called by [`definition_words!`].
pub fn read_word<T: Copy>(
    table: &[T],
    name_of: fn(T) -> &'static str,
    value: &Value,
    place: &Place,
    log: &Log,
) -> Option<T> {
    match value.as_text() {
        Some(word) => pick(table, |row| name_of(*row), "option", word, place, log).copied(),
        None => {
            log.expected("text", value, place);
            None
        }
    }
}

pub use crate::{definition, definition_words};
