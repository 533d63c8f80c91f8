//! Leptos components: everything that a respondent sees. Needs the feature `ui`.

mod broken;
mod controller;
mod download;
mod focus;
pub mod kit;
mod results;
mod survey;
mod wording;

pub use broken::{broken_view, unreachable_view};
pub use controller::{Controller, Event, OnEvent, Options, Phase};
pub use survey::{Survey, survey_view};

/// The looks of the widget, for the shadow root or a `<style>` element.
#[cfg(not(lean))]
pub const STYLE: &str = concat!(include_str!("theme.css"), include_str!("controls.css"));
#[cfg(lean)]
pub const STYLE: &str = include_str!("theme.css");
