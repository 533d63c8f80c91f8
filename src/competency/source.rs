//! Units in any of the forms that are read.

use serde_json::error::Category;

use super::document::{self, Document};
use super::unit::Unit;
use crate::diagnostic::Diagnostic;

/// Reads a unit from its document, or from JSON.
///
/// # Errors
/// What is damaged, with the bytes where it is.
pub fn read(source: &str) -> Result<Document, Vec<Diagnostic>> {
    let start = source.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('{') { read_json(source) } else { document::read(source) }
}

fn read_json(source: &str) -> Result<Document, Vec<Diagnostic>> {
    let source = source.trim_start_matches('\u{feff}');
    let fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(source).map_err(|error| vec![refusal(source, &error)])?;
    if fields.contains_key("CFDocument") {
        return super::case::read(source);
    }
    let mut unit: Unit =
        serde_json::from_str(source).map_err(|error| vec![refusal(source, &error)])?;
    let mut faults = super::check::faults(&unit);
    if faults.iter().any(|found| found.severity == crate::diagnostic::Severity::Error) {
        return Err(faults);
    }
    unit.counts = unit.count();
    unit.link_notes();
    faults.sort_by_key(Diagnostic::path_text);
    Ok(Document { unit, warnings: faults })
}

/// Why JSON cannot be read, at its place.
pub fn refusal(source: &str, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize =
        source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line_start + error.column().saturating_sub(1)).min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    let kind = if error.classify() == Category::Data { "unit" } else { "json" };
    Diagnostic::error(kind, Vec::new(), message).spanning(at..at)
}
