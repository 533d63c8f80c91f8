//! Text that remembers where in the document each of its characters stands.

use std::cell::RefCell;

use crate::diagnostic::Diagnostic;

/// A character and its byte in the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub c: char,
    pub at: usize,
}

/// Stands where a line of the document ends inside a cell: a page break, most often.
pub const BREAK: char = '\u{c}';

/// What is wrong with a document, collected on the way.
#[derive(Default)]
pub struct Findings(RefCell<Vec<Diagnostic>>);

impl Findings {
    /// Something without which the document cannot be read, at these bytes.
    pub fn error(&self, at: usize, length: usize, message: impl std::fmt::Display) {
        let found = Diagnostic::error("document", Vec::new(), message);
        self.0.borrow_mut().push(found.spanning(at..at + length));
    }

    /// Something to look at.
    pub fn warning(&self, at: usize, length: usize, message: impl std::fmt::Display) {
        let found = Diagnostic::warning("document", Vec::new(), message);
        self.0.borrow_mut().push(found.spanning(at..at + length));
    }

    pub fn push(&self, found: Diagnostic) {
        self.0.borrow_mut().push(found);
    }

    /// All of them, in the order of the document.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.0.into_inner();
        found.sort_by_key(|found| found.span.as_ref().map(|span| span.start));
        found
    }
}

/// The text without what stands around it; a word that a page break cut is whole again.
pub fn text(run: &[Glyph]) -> String {
    let mut text = String::new();
    let mut broken = false;
    for glyph in trim(run) {
        if glyph.c == BREAK {
            text.truncate(text.trim_end().len());
            broken = true;
        } else if !(broken && glyph.c.is_whitespace()) {
            text.push(glyph.c);
            broken = false;
        }
    }
    text
}

/// The run without white space at its ends.
pub fn trim(run: &[Glyph]) -> &[Glyph] {
    let is_text = |glyph: &Glyph| !glyph.c.is_whitespace() && glyph.c != '\u{200b}';
    let start = run.iter().position(is_text).unwrap_or(run.len());
    let end = run.iter().rposition(is_text).map_or(start, |last| last + 1);
    run.get(start..end).unwrap_or_default()
}

/// The value of a half-width or full-width digit.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        c => c.to_digit(10),
    }
}

/// The half-width form of a full-width character; any other as it is.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}
