//! The receiver over real HTTP, with a real database file.

mod endings;
mod receiver;
mod refusals;
mod respondent;
mod site;
mod stopping;
mod storing;
