//! What every control is made of: the field it works on, and the parts it is built from.

mod field;
mod question;

pub use field::{Field, Host, Words};
pub use question::{issue_text, question_view};
