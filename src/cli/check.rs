//! `askwell check`: what is wrong with definitions, and what a language still lacks.

use std::io::{self, Write};

use clap::Args;

use super::{Outcome, lines, surveys};
use crate::diagnostic::{Diagnostic, Severity};
use crate::survey::Survey;
use crate::translation::{Definition, Wording};

/// Check survey definitions and show every mistake with line, column and caret
#[derive(Args)]
#[command(after_help = "\
With --locale, a line for each text that readers of the language would find in another one: its path, where it is, and
how it reads, separated by tabs. What is written for zh-Hant is enough for zh-TW.

Exit status: 0 without errors (warnings alone are fine), 1 with errors or missing texts, 2 where a file cannot be read.

Examples:
  askwell check my-survey.json
  askwell check surveys/*.json
  askwell check --locale ja survey.json
  askwell check tour-satisfaction        (an instrument that ships with Askwell)")]
pub struct Options {
    /// Definition files, or ids of instruments
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// List the texts that are missing in this language, a BCP 47 tag such as th or zh-Hans
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let mut output = io::stdout().lock();
    let (mut errors, mut warnings, mut missing) = (0, 0, 0);
    for file in &options.files {
        let source = surveys::find(file)?;
        let diagnostics = match Survey::load(&source.json) {
            Ok(loaded) => {
                let unlisted = Definition::read(&source.json).map(|known| known.unlisted());
                loaded.warnings.into_iter().chain(unlisted.unwrap_or_default()).collect()
            }
            Err(diagnostics) => diagnostics,
        };
        let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
        let found = diagnostics.iter().filter(is_error).count();
        errors += found;
        warnings += diagnostics.len() - found;
        for diagnostic in &diagnostics {
            let shown = diagnostic.render(&source.name, &source.json);
            if !lines::is_open(writeln!(output, "{shown}"))? {
                break;
            }
        }
        for line in options.locale.iter().flat_map(|locale| self::missing(&source, locale)) {
            missing += 1;
            if !lines::is_open(writeln!(output, "{line}"))? {
                break;
            }
        }
    }
    let files = count(options.files.len(), "file");
    let mut summary =
        format!("{files}: {}, {}", count(errors, "error"), count(warnings, "warning"));
    if let Some(locale) = &options.locale {
        summary += &format!(", {} missing in {locale}", count(missing, "text"));
    }
    lines::is_open(writeln!(output, "{summary}"))?;
    Ok(if errors + missing == 0 { Outcome::Fine } else { Outcome::Findings })
}

/// A line for each text that a language lacks; none of a definition that does not load, whose
/// errors are shown.
fn missing(source: &surveys::Source, locale: &str) -> Vec<String> {
    let Ok(definition) = Definition::read(&source.json) else { return Vec::new() };
    let line = |wording: &Wording| {
        let before = source.json.get(..wording.at()).unwrap_or_default();
        let (number, last) = (before.matches('\n').count() + 1, before.rsplit('\n').next());
        let column = last.unwrap_or_default().chars().count() + 1;
        let text = wording.source(definition.default_locale()).replace(['\n', '\r', '\t'], " ");
        format!("{}\t{}:{number}:{column}\t{text}", wording.path, source.name)
    };
    definition.missing(locale).iter().map(line).collect()
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
