//! Tables of numbers as CSV: what stands where, and what is no number.

use std::fs::File;
use std::io::{self, Read};

use crate::export::read::separator;
use crate::stats::{Columns, Refusal};

/// A CSV file as text.
pub struct Sheet {
    file: String,
    bytes: Vec<u8>,
    names: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

/// What keeps a table from being read.
pub enum Fault {
    /// The file cannot be read at all, or a column is asked for that it lacks.
    Usage(String),
    /// Something stands in it that does not belong there.
    Finding(String),
}

impl Sheet {
    /// Reads a file, or standard input for `-`.
    pub fn read(file: &str) -> Result<Self, Fault> {
        let cannot = |error: io::Error| Fault::Usage(format!("{file} cannot be read: {error}"));
        let mut bytes = Vec::new();
        let read = match file {
            "-" => io::stdin().read_to_end(&mut bytes),
            path => File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
        };
        read.map_err(cannot)?;
        let separator = separator(&bytes);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator).from_reader(bytes.as_slice());
        let names = reader.headers().map_err(|error| broken(file, &bytes, error))?;
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        if names.is_empty() {
            return Err(Fault::Finding(format!(
                "{file} is empty: its first line names the columns"
            )));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            rows.push(record.map_err(|error| broken(file, &bytes, error))?);
        }
        Ok(Sheet { file: file.to_owned(), bytes, names, rows })
    }

    /// The names of all columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Some of the columns as numbers; empty cells and `NA` are missing.
    pub fn columns(&self, names: &[String]) -> Result<Columns, Fault> {
        let mut columns = Vec::new();
        for name in names {
            let mut places = (0..self.names.len()).filter(|at| self.names.get(*at) == Some(name));
            let at = places.next().ok_or_else(|| self.lacks(name))?;
            if places.next().is_some() {
                let message = format!("{}: two columns are named `{name}`", self.file);
                return Err(Fault::Finding(message));
            }
            columns.push((name.clone(), self.numbers(name, at)?));
        }
        Columns::new(columns).map_err(|refusal| Fault::Finding(self.explain(&refusal)))
    }

    fn numbers(&self, name: &str, at: usize) -> Result<Vec<Option<f64>>, Fault> {
        let mut numbers = Vec::new();
        let mut text = None;
        for record in &self.rows {
            let cell = record.get(at).unwrap_or_default().trim();
            let missing = cell.is_empty() || cell == "NA";
            let number = cell.parse().ok().filter(|number: &f64| number.is_finite());
            if number.is_none() && !missing {
                text = text.or(Some(record));
            }
            numbers.push(number);
        }
        let Some(record) = text else { return Ok(numbers) };
        let place = self.place(name, record);
        Err(Fault::Finding(if numbers.iter().any(Option::is_some) {
            format!("{place}: text where a number belongs (missing is an empty cell or NA)")
        } else {
            format!("{place}: the column holds no numbers; name those that count with --columns")
        }))
    }

    /// A refusal with the line of the file in place of the row.
    pub fn explain(&self, refusal: &Refusal) -> String {
        let record = refusal.row.and_then(|row| self.rows.get(row));
        match (&refusal.column, record) {
            (Some(name), Some(record)) => {
                format!("{}: {}", self.place(name, record), refusal.message)
            }
            _ => format!("{}: {refusal}", self.file),
        }
    }

    fn place(&self, name: &str, record: &csv::StringRecord) -> String {
        let line = line_of(&self.bytes, record.position());
        let at = self.names.iter().position(|other| other == name).unwrap_or_default();
        format!("{}, line {line}, column {} `{name}`", self.file, at + 1)
    }

    fn lacks(&self, name: &str) -> Fault {
        let names = self.names.join(", ");
        Fault::Usage(format!("{} has no column `{name}`; it has {names}", self.file))
    }
}

/// The line on which a record begins. The reader's own count is one short where lines end in CRLF, because
/// it has not yet seen the LF of the line before.
fn line_of(bytes: &[u8], position: Option<&csv::Position>) -> usize {
    let start = position.map_or(0, |position| position.byte() as usize).min(bytes.len());
    let (before, record) = bytes.split_at(start);
    let breaks = record.iter().take_while(|byte| matches!(**byte, b'\n' | b'\r'));
    let newlines = before.iter().chain(breaks).filter(|byte| **byte == b'\n').count();
    newlines + 1
}

fn broken(file: &str, bytes: &[u8], error: csv::Error) -> Fault {
    let line = line_of(bytes, error.position());
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::Usage(format!("{file} cannot be read: {error}")),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Fault::Finding(format!(
            "{file}, line {line}: {len} cells, but the first line names {expected_len} columns"
        )),
        csv::ErrorKind::Utf8 { .. } => {
            Fault::Finding(format!("{file}, line {line}: the text is not UTF-8"))
        }
        _ => Fault::Finding(format!("{file}, line {line}: no CSV")),
    }
}
