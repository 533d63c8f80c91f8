//! The survey model: what a definition means once it is loaded.

pub mod source;
