pub mod definition;
pub mod diagnostic;
pub mod issue;
pub mod metrics;
pub mod questions;
pub mod survey;
pub mod text;
pub mod value;
