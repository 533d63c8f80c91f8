//! Many submissions become a report: figures with their intervals, distributions, drivers, breakdowns,
//! comments and the way through the survey.
//!
//! [`Plan`] says what to look for, a [`Tally`] reads submissions in one pass and holds sums only, and
//! [`Tally::report`] turns these into a [`Report`], from which nothing can be read about fewer than
//! `minimum` people.
//!
//! ```
//! use std::sync::Arc;
//! use askwell::{report::{Plan, Settings, Tally}, survey::Survey};
//! let json = r#"{"askwell": 1, "id": "s",
//!     "pages": [{"id": "p", "questions": [{"id": "recommend", "type": "nps"}]}],
//!     "scoring": [{"id": "nps", "metric": "nps", "questions": ["recommend"]}]}"#;
//! let survey = Arc::new(Survey::load(json).unwrap().survey);
//! let plan = Arc::new(Plan::new(survey, Settings::default()).unwrap());
//! let mut tally = Tally::new(&plan);
//! for rating in [10, 9, 9, 7, 3] {
//!     tally.read_line(&format!("{{\"recommend\": {rating}}}"));
//! }
//! assert_eq!(tally.report().scores[0].value, Some(40.0));
//! ```

mod breakdown;
mod cell;
mod comments;
pub mod csv;
mod dates;
pub mod html;
pub mod model;
mod moments;
mod plan;
#[cfg(not(target_arch = "wasm32"))]
pub mod reading;
mod record;
mod reliability;
mod scoring;
mod seen;
mod settings;
mod summary;
mod suppress;
mod tally;
mod titles;

pub use model::Report;
pub use plan::Plan;
pub use seen::Seen;
pub use settings::{Condition, Settings, Target, Wave};
pub use suppress::hidden;
pub use tally::Tally;
