//! What is wrong with a definition: where, why, and what was probably meant.

mod locate;
mod nearest;

use std::fmt::{self, Write};
use std::ops::Range;

pub use locate::locate;
pub use nearest::nearest;

/// Something that the author of a definition has to know.
///
/// [`render`](Diagnostic::render) shows it with line, column and caret.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable kebab-case name, such as `unknown-field`.
    pub kind: &'static str,
    /// Where in the definition.
    pub path: Vec<Step>,
    /// Bytes inside the text value at `path`, for errors in expressions and patterns; with
    /// an empty path, bytes of the definition itself.
    pub span: Option<Range<usize>>,
    /// Whether the key at the end of `path` is meant rather than its value.
    pub at_key: bool,
    pub message: String,
    pub suggestion: Option<String>,
}

/// Errors keep a survey from loading; warnings do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// One step of a JSON path.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Key(String),
    Index(usize),
}

impl Diagnostic {
    pub fn error(kind: &'static str, path: Vec<Step>, message: impl fmt::Display) -> Self {
        Diagnostic {
            severity: Severity::Error,
            kind,
            path,
            span: None,
            at_key: false,
            message: message.to_string(),
            suggestion: None,
        }
    }

    pub fn warning(kind: &'static str, path: Vec<Step>, message: impl fmt::Display) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(kind, path, message) }
    }

    pub fn suggest(mut self, suggestion: Option<impl Into<String>>) -> Self {
        self.suggestion = suggestion.map(Into::into);
        self
    }

    /// Narrows the diagnostic to some bytes of the text at its path.
    pub fn spanning(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    pub fn on_key(mut self) -> Self {
        self.at_key = true;
        self
    }

    /// The path as authors write it: `$.pages[0].questions[2].visibleIf`.
    pub fn path_text(&self) -> String {
        path_text(&self.path)
    }

    /// Shows the diagnostic as a compiler would: message, file, line, column, caret, help.
    ///
    /// `source` is the definition's JSON text, `file` the name to print.
    pub fn render(&self, file: &str, source: &str) -> String {
        let mut shown = format!("{}[{}]: {}\n", self.severity, self.kind, self.message);
        let place = match &self.span {
            Some(span) if self.path.is_empty() => Some(span.clone()),
            span => locate(source, &self.path, span.clone(), self.at_key),
        };
        match place {
            Some(range) => render_place(&mut shown, file, source, range, &self.path_text()),
            None => {
                let _ = writeln!(shown, "  --> {file} at {}", self.path_text());
            }
        }
        if let Some(suggestion) = &self.suggestion {
            let _ = writeln!(shown, "   = help: did you mean `{suggestion}`?");
        }
        shown
    }
}

fn render_place(shown: &mut String, file: &str, source: &str, range: Range<usize>, path: &str) {
    let before = source.get(..range.start).unwrap_or(source);
    let line_number = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = source.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let column = before[line_start..].chars().count() + 1;
    let line_end = line_start + line.len();
    let marked = source.get(range.start..range.end.min(line_end).max(range.start));
    let carets = marked.map_or(1, |text| width(text).max(1));
    let margin = line_number.to_string().len();
    let lead = width(&before[line_start..]);
    // A minified definition is one endless line: show a window around the place.
    let (line, lead) = window(line, before.len() - line_start, lead);
    let _ = writeln!(shown, "{:margin$}--> {file}:{line_number}:{column} ({path})", "");
    let _ = writeln!(shown, "{:margin$} |", "");
    let _ = writeln!(shown, "{line_number} | {line}");
    let _ = writeln!(shown, "{:margin$} | {:lead$}{}", "", "", "^".repeat(carets.min(60)));
}

fn window(line: &str, offset: usize, lead: usize) -> (String, usize) {
    if line.len() <= 160 {
        return (line.to_owned(), lead);
    }
    let start = (0..=offset.saturating_sub(60)).rev().find(|at| line.is_char_boundary(*at));
    let start = start.unwrap_or(0);
    let shown: String = line[start..].chars().take(120).collect();
    let lead = line.get(start..offset).map_or(0, width);
    (format!("…{shown}…"), lead + 1)
}

/// Columns on a terminal: East Asian characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if ('\u{1100}'..'\u{fffe}').contains(&c) { 2 } else { 1 }).sum()
}

/// A path as authors write it.
pub fn path_text(path: &[Step]) -> String {
    let mut text = String::from("$");
    for step in path {
        let _ = match step {
            Step::Key(key) => write!(text, ".{key}"),
            Step::Index(index) => write!(text, "[{index}]"),
        };
    }
    text
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path_text(), self.message, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_line_column_and_caret_inside_an_expression() {
        let source = "{\n  \"a\": [\n    {\"visibleIf\": \"{x} \\\"= 1\"}\n  ]\n}";
        let path = vec![Step::Key("a".into()), Step::Index(0), Step::Key("visibleIf".into())];
        let diagnostic = Diagnostic::error("expression", path, "unexpected character")
            .spanning(4..5)
            .suggest(Some("{x} = 1"));
        let shown = diagnostic.render("survey.json", source);
        let expected = "error[expression]: unexpected character\n \
             --> survey.json:3:24 ($.a[0].visibleIf)\n  |\n\
             3 |     {\"visibleIf\": \"{x} \\\"= 1\"}\n  |                        ^^\n   \
             = help: did you mean `{x} = 1`?\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_minified_definition_shows_only_the_surroundings() {
        let source = format!("{{\"a\":\"{}\",\"b\":1}}", "x".repeat(4000));
        let shown = Diagnostic::error("k", vec![Step::Key("b".into())], "m").render("f", &source);
        assert!(shown.len() < 400, "{shown}");
    }
}
