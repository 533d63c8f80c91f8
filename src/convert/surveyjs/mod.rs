//! SurveyJS documents as Askwell surveys.
//!
//! Every property is taken, or reported with its path. What SurveyJS means by them is measured
//! against survey-core 3.1 itself; `docs/surveyjs.md` lists what converts and what does not.

mod choices;
mod comments;
mod converter;
mod document;
mod elements;
mod html;
mod inputs;
mod layout;
mod losses;
mod matrices;
mod names;
mod object;
mod properties;
mod rows;
mod settings;
mod triggers;
mod validators;

pub use document::convert;
