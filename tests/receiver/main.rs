//! The receiver over real HTTP, with real databases: SQLite, and PostgreSQL where it is installed.

mod batches;
mod crashes;
mod endings;
mod letting_go;
mod links;
mod postgres;
mod receiver;
mod refusals;
mod respondent;
mod sealed;
mod sharing;
mod site;
mod stopping;
mod storing;
