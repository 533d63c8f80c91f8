//! The shapes of definitions, for the JSON Schema and the reference pages.

/// What a place in a definition holds.
#[derive(Clone, Copy)]
pub enum Shape {
    Anything,
    Boolean,
    Number,
    Integer,
    String,
    /// A string, or an object with a wording per language.
    Text,
    /// A string in the expression language.
    Expression,
    /// One of these words.
    Words(&'static [&'static str]),
    List(fn() -> Shape),
    /// An object with free keys.
    Map(fn() -> Shape),
    /// Either of two shapes.
    Either(fn() -> Shape, fn() -> Shape),
    /// An object with these fields and no others.
    Object {
        name: &'static str,
        about: &'static str,
        fields: fn() -> Vec<Field>,
    },
    /// A shape that the schema describes elsewhere under this name.
    Named(&'static str),
}

/// A field of an object.
pub struct Field {
    pub name: &'static str,
    pub shape: fn() -> Shape,
    pub required: bool,
    /// What it means, in a sentence.
    pub about: &'static str,
}
