//! Satisfaction surveys and competency self-assessments: answered in the browser, scored on
//! the respondent's own device, and delivered to any endpoint.
//!
//! The engine is plain Rust and runs anywhere; what touches a browser stands behind the
//! feature `ui`, the custom element behind `element`, the command line and the receiver
//! behind `cli`.
//!
//! - [`survey`] loads a definition and reports every mistake in it with its place.
//! - [`session`] is the headless respondent: answers in, exactly what changed out.
//! - [`expr`] is the expression language of conditions and calculated values.
//! - [`questions`] and [`metrics`] are the tables that new types and figures join.
//! - `stats` are figures of many respondents with their intervals (not in browsers).
//! - [`submission`] is what leaves the device, and [`outbox`] what gets it to its endpoint.
//!
//! ARCHITECTURE.md in the repository shows the layers and what may use what.

// What only rare words of a definition lead to is not reached there.
#![cfg_attr(lean, allow(dead_code))]

#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(not(target_arch = "wasm32"))]
pub mod competency;
#[cfg(not(target_arch = "wasm32"))]
pub mod convert;
pub mod definition;
pub mod diagnostic;
#[cfg(feature = "element")]
pub mod element;
#[cfg(any(feature = "cli", feature = "report-page"))]
pub mod export;
pub mod expr;
pub mod flow;
pub mod formats;
pub mod instruments;
pub mod issue;
#[cfg(not(lean))]
pub mod kiosk;
#[cfg(feature = "cli")]
pub mod link;
pub mod locales;
pub mod metrics;
pub mod order;
pub mod outbox;
pub mod pattern;
pub mod questions;
#[cfg(any(feature = "cli", feature = "report-page"))]
pub mod report;
#[cfg(all(feature = "report-page", target_arch = "wasm32"))]
pub mod report_page;
pub mod score;
#[cfg(feature = "cli")]
pub mod seal;
#[cfg(feature = "cli")]
mod server;
pub mod session;
#[cfg(any(not(target_arch = "wasm32"), feature = "report-page"))]
pub mod stats;
pub mod submission;
pub mod survey;
pub mod text;
#[cfg(not(target_arch = "wasm32"))]
pub mod translation;
#[cfg(feature = "ui")]
pub mod ui;
pub mod validate;
pub mod validators;
pub mod value;
