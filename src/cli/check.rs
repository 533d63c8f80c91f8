//! `askwell check`: what is wrong with definitions.

use std::io::{self, Write};

use clap::Args;

use super::{Outcome, lines, surveys};
use crate::diagnostic::{Diagnostic, Severity};
use crate::survey::Survey;

/// Check survey definitions and show every mistake with line, column and caret
#[derive(Args)]
#[command(after_help = "\
Exit status: 0 without errors (warnings alone are fine), 1 with errors, 2 where a file cannot be read.

Examples:
  askwell check my-survey.json
  askwell check surveys/*.json
  askwell check tour-satisfaction        (an instrument that ships with Askwell)")]
pub struct Options {
    /// Definition files, or ids of instruments
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let mut output = io::stdout().lock();
    let (mut errors, mut warnings) = (0, 0);
    for file in &options.files {
        let source = surveys::find(file)?;
        let diagnostics = match Survey::load(&source.json) {
            Ok(loaded) => loaded.warnings,
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
    }
    let files = count(options.files.len(), "file");
    let summary = format!("{files}: {}, {}", count(errors, "error"), count(warnings, "warning"));
    lines::is_open(writeln!(output, "{summary}"))?;
    Ok(if errors == 0 { Outcome::Fine } else { Outcome::Findings })
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
