//! Tables of kinds: what definitions name by a word, such as the type of a question, each with
//! fields of its own.

#[cfg(not(target_arch = "wasm32"))]
use super::Field;
use super::{Log, Place};
use crate::value::Map;

/// One row of such a table.
pub struct Row<Kind: 'static> {
    /// The word in definitions.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// The names of its own fields, beside those that all kinds have.
    pub field_names: &'static [&'static [&'static str]],
    /// Those of them that only the whole engine for browsers reads.
    #[cfg(not(target_arch = "wasm32"))]
    pub rare_fields: &'static [&'static [&'static str]],
    /// Its own fields with their shapes: for the schema and the docs, so browsers do without.
    #[cfg(not(target_arch = "wasm32"))]
    pub fields: fn() -> Vec<Field>,
    /// Whether only the whole engine has it, and not the one that first surveys fetch.
    pub rare: bool,
    /// Reads its own fields; nothing where they are reported to be wrong.
    pub read: fn(&Map, &Place, &Log) -> Option<Kind>,
}

/// Makes the enum `Kind` and its `TABLE` from rows of a word, the module and the structure behind
/// it, and a sentence. What is not in the smaller engine for browsers is marked `#[cfg(not(lean))]`.
#[macro_export]
macro_rules! kinds {
    (
        $(#[doc = $doc:literal])* as $behaviour:ident by $method:ident:
        $($(#[$gate:meta])? $name:literal $module:ident $type:ident $about:literal)*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub enum Kind { $($(#[$gate])? $type($module::$type),)* }

        impl Kind {
            /// What it knows.
            pub fn $method(&self) -> &dyn $behaviour {
                match self { $($(#[$gate])? Kind::$type(options) => options,)* }
            }

            /// The word in definitions.
            pub fn name(&self) -> &'static str {
                match self { $($(#[$gate])? Kind::$type(_) => $name,)* }
            }
        }

        /// One row of the table.
        pub type Row = $crate::definition::Row<Kind>;

        /// The table.
        pub static TABLE: &[Row] = &[$($(#[$gate])? Row {
            name: $name,
            about: $about,
            field_names: $module::$type::ALL_FIELDS,
            #[cfg(not(target_arch = "wasm32"))]
            rare_fields: $module::$type::ALL_RARE,
            #[cfg(not(target_arch = "wasm32"))]
            fields: $module::$type::fields,
            rare: !stringify!($($gate)?).is_empty(),
            read: |map, place, log| $module::$type::read_fields(map, place, log).map(Kind::$type),
        },)*];
    };
}
