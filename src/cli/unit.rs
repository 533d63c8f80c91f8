//! `askwell unit`: competency units from the documents they come in.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{Outcome, lines, surveys};
use crate::competency::{case, source};
use crate::server::time::{self, Moment};
use crate::submission::rfc3339;

/// Read a competency unit (職能單元) and print it as JSON or as a CASE package
#[derive(Args)]
#[command(after_help = "\
FILE is a unit document as the iCAP platform gives it (a table of labels and cells as text), a unit in JSON, or a
CFPackage of 1EdTech CASE 1.1.
Nothing is added that the file does not hold. What is damaged is shown with line, column and what was expected there.

Exit status: 0 with the unit on standard output, 1 where the file is damaged, 2 where it cannot be read.

Examples:
  askwell unit TTM3R0299v2.txt > unit.json
  askwell unit TTM3R0299v2.txt --format case > package.json
  askwell unit package.json > unit.json
  askwell unit unit.json                  (checks it: ids that stand twice, notes that are not there)")]
pub struct Options {
    /// The document
    #[arg(value_name = "FILE")]
    file: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Unit)]
    format: Format,
    /// The moment to give as the last change of a CASE package, instead of now
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    now: Option<Moment>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// The unit with its own names
    Unit,
    /// A CFPackage of 1EdTech CASE 1.1
    Case,
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
    let json = match options.format {
        Format::Unit => serde_json::to_string_pretty(&document.unit),
        Format::Case => {
            let now = options.now.unwrap_or_else(time::now);
            serde_json::to_string_pretty(&case::write(&document.unit, &rfc3339(now.ms)))
        }
    };
    let json = json.map_err(|error| format!("the unit cannot be written: {error}"))?;
    lines::is_open(writeln!(io::stdout().lock(), "{json}"))?;
    Ok(Outcome::Fine)
}
