//! Submissions for other programs: tables with a codebook, statements for learning systems, SPSS files.

pub mod cell;
pub mod codebook;
pub mod columns;
pub mod long;
pub mod read;
pub mod sav;
pub mod wide;
pub mod xapi;

use std::io::{self, Write};

/// The mark by which spreadsheets know UTF-8.
pub const MARK: &str = "\u{feff}";

/// Writes one line of a table.
pub fn write_record(
    cells: impl Iterator<Item = String>,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells)?;
    // Written as a whole, so that an error of the output keeps its kind.
    let record = writer.into_inner().map_err(|error| error.into_error())?;
    output.write_all(&record)
}
