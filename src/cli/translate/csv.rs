//! A table of texts as CSV: a line for each text, a column for each language.

use csv::{ReaderBuilder, Terminator, WriterBuilder};

use super::{Read, is_language};
use crate::translation::{Definition, Row, Wording};

/// The first column of the table.
const PATH: &str = "path";

pub fn write(definition: &Definition, targets: &[String]) -> Result<String, String> {
    let default = definition.default_locale();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let languages = || std::iter::once(default).chain(targets.iter().map(String::as_str));
    let mut write = |record: Vec<String>| {
        writer
            .write_record(record)
            .map_err(|error| format!("the table cannot be written ({error})"))
    };
    write(std::iter::once(PATH).chain(languages()).map(str::to_owned).collect())?;
    for wording in definition.wordings() {
        let cell = |language| guarded(wording.own(language, default).unwrap_or_default());
        write(std::iter::once(wording.path.clone()).chain(languages().map(cell)).collect())?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    let table = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    // The mark by which spreadsheets know UTF-8.
    Ok(format!("\u{feff}{table}"))
}

pub fn read(table: &str, definition: &Definition) -> Result<Read, String> {
    let head = table.lines().next().unwrap_or_default();
    let count = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b','));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(table.as_bytes());
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(|c| c.trim().into())
        .collect();
    if !columns.first().is_some_and(|first| first.eq_ignore_ascii_case(PATH)) {
        return Err(format!("its first column must be `{PATH}`, and languages follow"));
    }
    let default = definition.default_locale();
    let is_default = |column: &String| column.eq_ignore_ascii_case(default);
    let source = columns.iter().position(is_default);
    let mut findings = Vec::new();
    for column in columns.iter().skip(1).filter(|column| !is_language(column)) {
        findings
            .push(format!("`{column}` is not a language, so its column is left (unknown-column)"));
    }
    let wordings = definition.wordings();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let Some(path) = record.get(0).map(str::trim).filter(|path| !path.is_empty()) else {
            continue;
        };
        let translated = source.and_then(|column| record.get(column)).map(unguarded);
        let source = translated.map(|text| expected(&wordings, path, text, default));
        for (column, text) in columns.iter().zip(&record).skip(1).filter(|(c, _)| is_language(c)) {
            rows.push(Row {
                path: path.to_owned(),
                source: source.clone().filter(|_| !is_default(column)),
                language: column.clone(),
                text: unguarded(text).to_owned(),
            });
        }
    }
    Ok((rows, findings))
}

/// The source to compare with. An empty cell is what was exported for a text that has no wording
/// in the default language, and then translators saw another column.
fn expected(wordings: &[Wording], path: &str, text: &str, default: &str) -> String {
    let wording = wordings.iter().find(|wording| wording.path == path);
    match wording.filter(|wording| text.is_empty() && wording.own(default, default).is_none()) {
        Some(wording) => wording.source(default).to_owned(),
        None => text.to_owned(),
    }
}

/// A spreadsheet would run what begins like a formula; an apostrophe makes it text. Text that
/// already begins like that gets one more, so that what comes back is what there was.
fn guarded(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_against_formulas_is_taken_off_again() {
        for text in ["=1+1", "'=x", "''-", "plain", "'quoted'", "", "@", "\tx"] {
            assert_eq!(unguarded(&guarded(text)), text);
            assert!(!guarded(text).starts_with(['=', '+', '-', '@', '\t']));
        }
        // Typed by a translator who knows nothing of guards.
        assert_eq!(unguarded("- yes"), "- yes");
    }
}
