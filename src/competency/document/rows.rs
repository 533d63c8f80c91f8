//! From the lines of a document to the rows of its table.

use super::glyphs::{BREAK, Findings, Glyph, half_width};
use crate::diagnostic::{Diagnostic, nearest};

/// What a row of the table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Code,
    Title,
    Domain,
    Level,
    Tasks,
    Outputs,
    Knowledge,
    Skills,
    Attitudes,
    Assessment,
    Notes,
    Revision,
}

/// The labels as documents write them.
pub const LABELS: &[(Part, &str)] = &[
    (Part::Code, "職能單元代碼"),
    (Part::Title, "職能單元名稱"),
    (Part::Domain, "領域類別"),
    (Part::Level, "職能單元級別"),
    (Part::Tasks, "工作任務與行為指標"),
    (Part::Outputs, "工作產出"),
    (Part::Knowledge, "職能內涵 (K=knowledge 知識)"),
    (Part::Skills, "職能內涵 (S=skills 技能)"),
    (Part::Attitudes, "職能內涵 (A=attitude 態度)"),
    (Part::Assessment, "評量設計參考"),
    (Part::Notes, "說明與補充事項"),
    (Part::Revision, "更新紀錄"),
];

impl Part {
    pub fn label(self) -> &'static str {
        LABELS.iter().find(|(part, _)| *part == self).map_or("", |(_, label)| label)
    }
}

impl Part {
    /// Whether its cell holds paragraphs and lists.
    fn is_structured(self) -> bool {
        !matches!(self, Part::Code | Part::Title | Part::Domain | Part::Level)
    }
}

/// A row: its label and all of its cell, page breaks included.
pub struct Row {
    pub part: Part,
    pub label: String,
    pub at: usize,
    pub cell: Vec<Glyph>,
}

/// Cuts a document into rows. Lines without a label go on with the cell before.
pub fn rows(source: &str, findings: &Findings) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // Nothing while an unknown row is passed over.
    let mut open: Option<usize> = None;
    let mut met_one = false;
    for (at, line) in lines(source) {
        let bare = line.trim();
        if bare.is_empty() || bare.chars().all(|c| "-–—\t ".contains(c)) {
            continue;
        }
        let (label, rest) = split(line);
        let known = label.trim();
        if known.is_empty() {
            match open.and_then(|row| rows.get_mut(row)) {
                Some(row) => extend(&mut row.cell, line, rest, at),
                None if met_one => {}
                None => findings.error(at, 1, expected_label("a cell without a label")),
            }
            continue;
        }
        let label_at = at + (label.len() - label.trim_start().len());
        if let Some(part) = part_of(known) {
            met_one = true;
            let same = rows.iter().position(|row| row.part == part);
            match same {
                // A table that goes on after a page break may say again what its row is about.
                Some(row) if open == Some(row) && part.is_structured() => {
                    if let Some(row) = rows.get_mut(row) {
                        extend(&mut row.cell, line, rest, at);
                    }
                }
                Some(_) => {
                    let message = format!("the row `{}` stands twice", part.label());
                    findings.error(label_at, known.len(), message);
                    open = None;
                }
                None => {
                    let mut row =
                        Row { part, label: known.to_owned(), at: label_at, cell: Vec::new() };
                    extend(&mut row.cell, line, rest, at);
                    open = Some(rows.len());
                    rows.push(row);
                }
            }
        } else if let Some(part) = runs_on(bare) {
            let message = format!("expected a tab after `{}`", part.label());
            findings.error(label_at, known.len(), message);
            open = None;
            met_one = true;
        } else if rest.is_none() && open.is_some() {
            if let Some(row) = open.and_then(|row| rows.get_mut(row)) {
                extend(&mut row.cell, line, Some(0), at);
            }
        } else {
            let probable = nearest(known, LABELS.iter().map(|(_, label)| *label));
            let message = expected_label(&format!("`{}` is no row of a unit", clipped(known)));
            let found = match probable {
                Some(_) => Diagnostic::error("document", Vec::new(), message),
                None => Diagnostic::warning("document", Vec::new(), message + "; it is left out"),
            };
            let found = found.spanning(label_at..label_at + known.len()).suggest(probable);
            findings.push(found);
            open = None;
            met_one = true;
        }
    }
    rows
}

fn expected_label(what: &str) -> String {
    let labels: Vec<&str> = LABELS.iter().map(|(_, label)| *label).collect();
    format!("{what}: expected one of {}", labels.join(", "))
}

fn clipped(text: &str) -> String {
    let mut clipped: String = text.chars().take(24).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    clipped
}

/// The lines with their places, whatever they end with.
fn lines(source: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in source.split(['\n', '\r', BREAK]) {
        let bare = line.trim_start_matches('\u{feff}');
        lines.push((at + line.len() - bare.len(), bare));
        at += line.len() + 1;
    }
    lines
}

/// The label of a line, and where its cell begins; nowhere where it has only one column.
fn split(line: &str) -> (&str, Option<usize>) {
    if let Some(tab) = line.find('\t') {
        return (line.get(..tab).unwrap_or_default(), Some(tab + 1));
    }
    // Copies often have spaces for the tab.
    let gaps = line.char_indices().filter(|(_, c)| c.is_whitespace());
    let after_label = |at: &usize| line.get(..*at).and_then(part_of).is_some();
    match gaps.map(|(at, _)| at).find(after_label) {
        Some(at) => (line.get(..at).unwrap_or_default(), Some(at)),
        None => (line, None),
    }
}

/// Adds a line to a cell, from `rest` on.
fn extend(cell: &mut Vec<Glyph>, line: &str, rest: Option<usize>, at: usize) {
    let Some(from) = rest else { return };
    if !cell.is_empty() {
        cell.push(Glyph { c: BREAK, at });
    }
    let text = line.get(from..).unwrap_or_default().char_indices();
    cell.extend(text.map(|(place, c)| Glyph { c, at: at + from + place }));
}

fn folded(label: &str) -> String {
    let visible = label.chars().filter(|c| !c.is_whitespace());
    visible.flat_map(|c| half_width(c).to_lowercase()).collect()
}

fn part_of(label: &str) -> Option<Part> {
    let label = folded(label);
    for (start, part) in [
        ("職能內涵(k", Part::Knowledge),
        ("職能內涵(s", Part::Skills),
        ("職能內涵(a", Part::Attitudes),
        ("職能內涵(o", Part::Outputs),
    ] {
        if label.starts_with(start) && label.ends_with(')') {
            return Some(part);
        }
    }
    // A label may say in brackets what it is called in English.
    let bare = label.split_once('(').filter(|_| label.ends_with(')')).map(|(bare, _)| bare);
    let is = |known: &str| folded(known) == label || Some(folded(known).as_str()) == bare;
    LABELS.iter().find(|(_, known)| is(known)).map(|(part, _)| *part)
}

/// The label that a line begins with although nothing parts it from the cell.
fn runs_on(line: &str) -> Option<Part> {
    let line = folded(line);
    LABELS.iter().find(|(_, label)| line.starts_with(&folded(label))).map(|(part, _)| *part)
}
