//! Reading definitions: from JSON values to typed structures, with every mistake reported.
//!
//! Serde would stop at the first mistake and forget where it was; an author wants all of
//! them, each with its place. [`definition!`] describes a structure once, and from it come
//! the Rust type, its reader and its JSON Schema.

mod base;
mod kinds;
mod shape;

#[cfg(lean)]
use std::cell::Cell;
#[cfg(not(lean))]
use std::cell::RefCell;
use std::fmt::Display;

use crate::diagnostic::{Diagnostic, Step, nearest};
use crate::value::{Map, Value};

pub use base::ExpressionText;
pub use kinds::Row;
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
///
/// The smaller engine only notes that something is: the whole one then reads the definition again
/// and says what.
#[derive(Default)]
pub struct Log {
    #[cfg(not(lean))]
    diagnostics: RefCell<Vec<Diagnostic>>,
    #[cfg(lean)]
    unsound: Cell<bool>,
}

impl Log {
    #[cfg(not(lean))]
    pub fn report(&self, diagnostic: impl FnOnce() -> Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic());
    }

    #[cfg(lean)]
    pub fn report(&self, _: impl FnOnce() -> Diagnostic) {
        self.unsound.set(true);
    }

    pub fn error(&self, kind: &'static str, place: &Place, message: impl Display) {
        self.report(|| Diagnostic::error(kind, place.path(), message));
    }

    /// Reports that a value is not what belongs here.
    pub fn expected(&self, what: &str, value: &Value, place: &Place) {
        self.report(|| {
            let message = format_args!("expected {what}, found {}", kind_of(value));
            Diagnostic::error("wrong-type", place.path(), message)
        });
    }

    #[cfg(not(lean))]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    /// Nothing where all is well.
    #[cfg(lean)]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        if !self.unsound.get() {
            return Vec::new();
        }
        vec![Diagnostic::error("unsound", Vec::new(), "the whole engine says why")]
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

/// Stands for the name of a field that the smaller engine does not read: no field is named so.
pub const UNREAD: &str = "\0";

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
            log.error("missing-field", place, format_args!("the field `{name}` is missing"));
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
        let message = format_args!("`{name}` is not a field here");
        log.report(|| {
            Diagnostic::error("unknown-field", place.key(name).path(), message)
                .on_key()
                .suggest(nearest(name, candidates))
        });
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
        let message = format_args!("there is no {what} `{word}`");
        log.report(|| {
            Diagnostic::error("unknown-name", place.path(), message)
                .suggest(nearest(word, table.iter().map(&name_of)))
        });
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
/// structure of their own, which stands first as `..pub name: Type,`. The word `rare` before the
/// name in definitions keeps a field out of the smaller engine for browsers, which then refuses
/// what has it and leaves it to the whole one.
#[macro_export]
macro_rules! definition {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident {
            $( ..pub $shared:ident : $part:ty , )*
            $(
                $(#[doc = $field_about:literal])*
                pub $field:ident $($rare:ident)? $json:literal : $type:ty $(= $default:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $( pub $shared: $part, )*
            $( $(#[doc = $field_about])* pub $field: $type, )*
        }

        #[allow(dead_code)]
        impl $name {
            /// The names of the fields as definitions write them.
            pub const FIELDS: &'static [&'static str] =
                &[$($crate::definition!(@known [$($rare)?] $json)),*];

            /// Those that only the whole engine for browsers reads.
            pub const RARE: &'static [&'static str] =
                &[$($($crate::definition!(@rare $rare $json),)?)*];

            /// The same with those of the shared fields.
            pub const ALL_RARE: &'static [&'static [&'static str]] =
                &[Self::RARE, $(<$part>::RARE),*];

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
                $( let $field = $crate::definition!(
                    @read [$($rare)?] $type, $json, [$($default)?], map, place, log
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
    (@known [] $json:literal) => { $json };
    (@known [rare] $json:literal) => { if cfg!(lean) { $crate::definition::UNREAD } else { $json } };
    (@rare rare $json:literal) => { $json };
    (@read [] $type:ty, $json:literal, [$($default:expr)?], $map:ident, $place:ident, $log:ident) => {
        $crate::definition::read_field::<$type>(
            $map, $json, $crate::definition!(@default $($default)?), $place, $log,
        )
    };
    (@read [rare] $type:ty, $json:literal, [$($default:expr)?], $map:ident, $place:ident, $log:ident) => {
        if cfg!(lean) {
            let default: Option<$type> = $crate::definition!(@default $($default)?);
            default.or_else(<$type as $crate::definition::Read>::absent)
        } else {
            $crate::definition!(@read [] $type, $json, [$($default)?], $map, $place, $log)
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

pub use crate::{definition, definition_words, kinds};
