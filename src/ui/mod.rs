//! Leptos components: everything that a respondent sees. Needs the feature `ui`.

pub mod kit;

/// The looks of the widget, for the shadow root or a `<style>` element.
pub const STYLE: &str = include_str!("theme.css");
