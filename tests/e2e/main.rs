//! The built site, the real receiver and a real browser: somebody answers, and it arrives.
//!
//! Needs `dist/`, ChromeDriver and axe-core, as `cargo xtask setup` and `cargo xtask build` place
//! them; what a failed test saw is kept under `target/e2e/`.

mod accessibility;
mod assessment;
mod booking;
mod broken;
mod channels;
mod doctor;
mod drafts;
mod element;
mod faults;
mod frame;
mod harness;
mod isolation;
mod kiosk;
mod languages;
mod links;
mod modes;
mod outage;
mod readme;
mod services;
mod short;
mod triggers;
mod vigilance;
