//! Competency units: their model, the documents they come in, and what is built from them.

pub mod case;
pub mod check;
pub mod document;
pub mod form;
pub mod raters;
pub mod source;
pub mod unit;

pub use unit::Unit;
