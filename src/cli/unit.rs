//! `askwell unit`: competency units from the documents they come in.

use std::io::{self, Write};

use clap::Args;

use super::{Outcome, lines, surveys};
use crate::competency::source;

/// Read a competency unit (職能單元) and print it as JSON
#[derive(Args)]
#[command(after_help = "\
FILE is a unit document as the iCAP platform gives it (a table of labels and cells as text), or a unit in JSON.
Nothing is added that the file does not hold. What is damaged is shown with line, column and what was expected there.

Exit status: 0 with the unit on standard output, 1 where the file is damaged, 2 where it cannot be read.

Examples:
  askwell unit TTM3R0299v2.txt > unit.json
  askwell unit unit.json                  (checks it: ids that stand twice, notes that are not there)")]
pub struct Options {
    /// The document
    #[arg(value_name = "FILE")]
    file: String,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let file = surveys::read(&options.file)?;
    let document = match source::read(&file.json) {
        Ok(document) => document,
        Err(diagnostics) => {
            eprint!("{}", file.render(&diagnostics));
            return Ok(Outcome::Findings);
        }
    };
    eprint!("{}", file.render(&document.warnings));
    let json = serde_json::to_string_pretty(&document.unit);
    let json = json.map_err(|error| format!("the unit cannot be written: {error}"))?;
    lines::is_open(writeln!(io::stdout().lock(), "{json}"))?;
    Ok(Outcome::Fine)
}
