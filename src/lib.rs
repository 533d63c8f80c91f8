pub mod definition;
pub mod diagnostic;
pub mod issue;
pub mod questions;
pub mod text;
pub mod value;
