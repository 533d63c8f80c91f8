//! Unit documents as the iCAP platform gives them: a table of labels and cells as plain text,
//! with the markup of the page in the cells and the page breaks of the print in between.

mod cell;
mod glyphs;
mod lists;
mod notes;
mod numerals;
mod rows;

use super::unit::{Entry, Note, Section, Statement, Task, Unit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Text;
pub use notes::options;

use glyphs::{Findings, Glyph, text, trim};
use lists::Item;
use rows::{Part, Row};

/// The language of these documents.
pub const LANGUAGE: &str = "zh-Hant";

/// A unit with what is to be looked at in its document.
#[derive(Debug)]
pub struct Document {
    pub unit: Unit,
    pub warnings: Vec<Diagnostic>,
}

/// Reads a unit document; nothing is added that it does not hold.
///
/// ```
/// let document = "職能單元代碼\tX1\n職能單元名稱\t接待\n職能單元級別\t２\n\
///     工作任務與行為指標\t<p>一、接待【註1】</p> <ol> 1. 招呼。 2. 引導。\n\
///     職能內涵 (K=knowledge 知識)\t<p>一、禮儀</p>\n職能內涵 (S=skills 技能)\t<p>一、傾聽</p>\n\
///     說明與補充事項\t<p>【註1】對象包括：旅客及同仁。</p>\n更新紀錄\n2024年建置。";
/// let unit = askwell::competency::document::read(document).unwrap().unit;
/// assert_eq!(unit.level, Some(2));
/// assert_eq!(unit.tasks[0].indicators[1].id, "T1.2");
/// assert_eq!(unit.tasks[0].note_refs, ["N1"]);
/// assert_eq!(unit.notes[0].items.len(), 2);
/// ```
///
/// Survives what such documents have: page breaks inside cells and words, lists that never end and
/// whose numbers are literal, digits of either width, byte order marks and any line ends.
///
/// # Errors
/// Everything that is damaged, each with the bytes where it is and what was expected there.
pub fn read(source: &str) -> Result<Document, Vec<Diagnostic>> {
    let findings = Findings::default();
    let rows = rows::rows(source, &findings);
    let mut reader =
        Reader { rows: &rows, end: source.len(), findings: &findings, notes: Vec::new() };
    let notes = reader.row(Part::Notes).map(|row| reader.notes(row)).unwrap_or_default();
    let number = |note: &Note| note.id.trim_start_matches('N').parse().ok();
    reader.notes = notes.iter().filter_map(number).collect();
    let mut unit = Unit { notes, ..reader.unit() };
    reader.link(&mut unit);
    unit.counts = unit.count();
    let found = findings.into_diagnostics();
    if found.iter().any(|found| found.severity == Severity::Error) {
        return Err(found);
    }
    Ok(Document { unit, warnings: found })
}

struct Reader<'a> {
    rows: &'a [Row],
    end: usize,
    findings: &'a Findings,
    /// The numbers of the notes.
    notes: Vec<u32>,
}

fn chinese(words: impl Into<String>) -> Text {
    Text::new([(LANGUAGE, words.into())])
}

impl<'a> Reader<'a> {
    fn row(&self, part: Part) -> Option<&'a Row> {
        self.rows.iter().find(|row| row.part == part)
    }

    /// A row that a unit must have.
    fn needed(&self, part: Part) -> Option<&'a Row> {
        let row = self.row(part);
        if row.is_none() {
            let message =
                format!("expected a row `{}`; the document ends without it", part.label());
            self.findings.error(self.end, 0, message);
        }
        row
    }

    /// A row that units of this form have, but can be read without.
    fn usual(&self, part: Part) -> Option<&'a Row> {
        let row = self.row(part);
        if row.is_none() {
            let message = format!("expected a row `{}`; the unit is read without it", part.label());
            self.findings.warning(self.end, 0, message);
        }
        row
    }

    fn unit(&self) -> Unit {
        let mut unit = Unit {
            code: self.needed(Part::Code).map(|row| self.code(row)).unwrap_or_default(),
            title: chinese(self.needed(Part::Title).map(|row| self.plain(row)).unwrap_or_default()),
            level: self.needed(Part::Level).and_then(|row| self.level(row)),
            ..Unit::default()
        };
        if let Some(row) = self.usual(Part::Domain) {
            let domain = self.plain(row);
            let parts = domain.split(['/', '／']).map(str::trim).filter(|part| !part.is_empty());
            unit.domain_path = parts.map(chinese).collect();
            unit.domain = Some(chinese(domain));
        }
        if let Some(row) = self.needed(Part::Tasks) {
            unit.tasks = self.tasks(row);
        }
        unit.outputs =
            self.row(Part::Outputs).map(|row| self.statements(row, 'O')).unwrap_or_default();
        let statements = |part, letter| {
            self.needed(part).map(|row| self.statements(row, letter)).unwrap_or_default()
        };
        unit.knowledge = statements(Part::Knowledge, 'K');
        unit.skills = statements(Part::Skills, 'S');
        unit.attitudes =
            self.row(Part::Attitudes).map(|row| self.statements(row, 'A')).unwrap_or_default();
        if let Some(row) = self.usual(Part::Assessment) {
            self.assessment(row, &mut unit);
        }
        unit.revision = self.usual(Part::Revision).map(|row| chinese(self.plain(row)));
        self.labels(&mut unit);
        unit
    }

    fn labels(&self, unit: &mut Unit) {
        for row in self.rows {
            let labels = &mut unit.labels;
            let label = match row.part {
                Part::Code => &mut labels.code,
                Part::Title => &mut labels.title,
                Part::Domain => &mut labels.domain,
                Part::Level => &mut labels.level,
                Part::Tasks => &mut labels.tasks,
                Part::Outputs => &mut labels.outputs,
                Part::Knowledge => &mut labels.knowledge,
                Part::Skills => &mut labels.skills,
                Part::Attitudes => &mut labels.attitudes,
                Part::Assessment => &mut labels.assessment,
                Part::Notes => &mut labels.notes,
                Part::Revision => &mut labels.revision,
            };
            *label = Some(chinese(&row.label));
        }
    }

    /// The text of a cell without structure.
    fn plain(&self, row: &Row) -> String {
        let blocks = cell::blocks(&row.cell, self.findings);
        let texts: Vec<String> = blocks.iter().map(|block| text(&block.glyphs)).collect();
        let plain = texts.join("\n");
        if plain.is_empty() {
            let message =
                format!("the cell is empty: expected a text after `{}`", row.part.label());
            self.findings.error(row.at, row.label.len(), message);
        }
        plain
    }

    /// A code is the same code in either width.
    fn code(&self, row: &Row) -> String {
        self.plain(row).chars().map(glyphs::half_width).collect()
    }

    fn level(&self, row: &Row) -> Option<u32> {
        let written = self.plain(row);
        let numeral = written.trim_start_matches('第').trim_end_matches('級');
        let level = numerals::value_of(numeral).map(|(_, value)| value);
        if level.is_none() && !written.is_empty() {
            let cell = trim(&row.cell);
            let at = cell.first().map_or(row.at, |glyph| glyph.at);
            let end = cell.iter().take_while(|glyph| glyph.c != glyphs::BREAK).last();
            let end = end.map_or(at, |glyph| glyph.at + glyph.c.len_utf8());
            let shown: String = written.chars().take(12).collect();
            let message = format!("expected the level as a whole number, found `{shown}`");
            self.findings.error(at, end.saturating_sub(at), message);
        }
        level
    }

    fn cell_end(&self, row: &Row) -> usize {
        row.cell.last().map_or(row.at + row.label.len(), |glyph| glyph.at + glyph.c.len_utf8())
    }

    fn tasks(&self, row: &Row) -> Vec<Task> {
        let blocks = cell::blocks(&row.cell, self.findings);
        let headings = lists::headings(&blocks, self.cell_end(row), self.findings);
        let task = |heading: lists::Heading| {
            let id = format!("T{}", heading.item.number.value);
            let indicator =
                |item: &Item| self.statement(item, format!("{id}.{}", item.number.value));
            let indicators = heading.entries.iter().map(indicator);
            Task {
                indicators: indicators.map(|entry| Statement { number: None, ..entry }).collect(),
                number: Some(heading.item.number.written.clone()),
                title: chinese(text(&heading.item.body)),
                note_refs: self.note_refs(&heading.item.body),
                id,
            }
        };
        headings.into_iter().map(task).collect()
    }

    fn statements(&self, row: &Row, letter: char) -> Vec<Statement> {
        let blocks = cell::blocks(&row.cell, self.findings);
        let items = lists::entries(&blocks, self.cell_end(row), self.findings);
        let id = |item: &Item| format!("{letter}{:02}", item.number.value);
        items.iter().map(|item| self.statement(item, id(item))).collect()
    }

    fn statement(&self, item: &Item, id: String) -> Statement {
        Statement {
            id,
            number: Some(item.number.written.clone()),
            text: chinese(text(&item.body)),
            note_refs: self.note_refs(&item.body),
        }
    }

    fn note_refs(&self, run: &[Glyph]) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for mark in notes::marks(run, self.findings) {
            let id = format!("N{}", mark.number);
            if !ids.contains(&id) {
                self.check_note(&mark);
                ids.push(id);
            }
        }
        ids
    }

    /// A mark that points to no note: the document was cut, or the number is wrong.
    fn check_note(&self, mark: &notes::Mark) {
        if !self.notes.contains(&mark.number) {
            let label = Part::Notes.label();
            let message =
                format!("expected a note 【註{}】 in `{label}`; there is none", mark.number);
            self.findings.error(mark.at, mark.bytes, message);
        }
    }

    fn assessment(&self, row: &Row, unit: &mut Unit) {
        let blocks = cell::blocks(&row.cell, self.findings);
        for heading in lists::headings(&blocks, self.cell_end(row), self.findings) {
            let title = text(&heading.item.body);
            let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
            let (letter, place) = if has(&["證據", "關鍵面向"]) {
                ('E', &mut unit.assessment.evidence)
            } else if has(&["情境", "資源"]) {
                ('C', &mut unit.assessment.context)
            } else if has(&["方法", "方式"]) {
                ('M', &mut unit.assessment.methods)
            } else {
                let number = &heading.item.number;
                let message = "expected a section on critical aspects (關鍵面向), context (情境) \
                     or methods (方法) of the assessment";
                self.findings.error(number.at, number.bytes, message);
                continue;
            };
            if place.is_some() {
                let number = &heading.item.number;
                self.findings.error(number.at, number.bytes, "this section stands twice");
                continue;
            }
            let entry = |item: &Item| Entry {
                id: format!("{letter}{}", item.number.value),
                text: chinese(text(&item.body)),
                note_refs: self.note_refs(&item.body),
            };
            *place = Some(Section {
                number: Some(heading.item.number.written.clone()),
                items: heading.entries.iter().map(entry).collect(),
                title: chinese(title),
            });
        }
    }

    fn notes(&self, row: &Row) -> Vec<Note> {
        let blocks = cell::blocks(&row.cell, self.findings);
        let mut notes: Vec<Note> = Vec::new();
        for (index, found) in notes::notes(&blocks, self.findings).into_iter().enumerate() {
            let number = found.mark.number;
            let id = format!("N{number}");
            if number as usize != index + 1 {
                let message =
                    format!("expected `【註{}】`, found `【{}】`", index + 1, found.mark.label);
                self.findings.error(found.mark.at, found.mark.bytes, message);
            }
            let words = text(&found.body);
            let entry = |(index, option): (usize, String)| Entry {
                id: format!("{id}.{}", index + 1),
                text: chinese(option),
                note_refs: Vec::new(),
            };
            let items = notes::options(&words).into_iter().enumerate().map(entry).collect();
            let label = found.mark.label.clone();
            notes.push(Note { text: chinese(words), referenced_by: Vec::new(), items, label, id });
        }
        notes
    }

    /// Tells each note what points to it.
    fn link(&self, unit: &mut Unit) {
        unit.link_notes();
        if let Some(row) = self.row(Part::Notes) {
            for note in unit.notes.iter().filter(|note| note.referenced_by.is_empty()) {
                let message = format!("nothing points to 【{}】", note.label);
                self.findings.warning(row.at, row.label.len(), message);
            }
        }
    }
}
