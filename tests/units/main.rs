//! Competency units: documents of the iCAP platform, damaged ones, and what is built from them.

mod case;
mod documents;
mod form;
mod raters;
mod written;

/// The document as the platform gives it, page breaks and open lists included.
const DOCUMENT: &str = include_str!("TTM3R0299v2.txt");
/// The same unit with an unofficial English translation, put together by hand.
const UNIT: &str = include_str!("../../src/competency/profiles/ttm3r0299v2/unit.json");
