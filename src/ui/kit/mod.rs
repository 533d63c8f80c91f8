//! What every control is made of: the field it works on, and the parts it is built from.

mod element;
mod field;
mod question;

pub use element::{Element, element, svg_element};
pub use field::{Field, Host, Words};
pub use question::{issue_text, question_view};
