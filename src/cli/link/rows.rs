//! One link for each row of a table.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};

use super::Maker;
use crate::cli::Outcome;
use crate::link::Link;

/// How many marks the bar has.
const WIDTH: usize = 30;

/// Prints the table with the column `link`. Rows that cannot be are reported and left out, so
/// that the others can be sent.
pub fn each(maker: &Maker, common: &Link, file: &str) -> Result<Outcome, String> {
    let mut text = String::new();
    let read = match file {
        "-" => io::stdin().read_to_string(&mut text),
        path => File::open(path).and_then(|mut file| file.read_to_string(&mut text)),
    };
    read.map_err(|error| format!("`{file}` cannot be read ({error})"))?;
    let text = text.trim_start_matches('\u{feff}');
    let refused = |error: csv::Error| format!("`{file}` is no table: {error}");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let names = table.headers().map_err(refused)?.clone();
    if names.iter().any(|name| name == "link") {
        return Err(format!("`{file}` has a column `link` already"));
    }
    let meant = |name: &&str| name.starts_with("prefill.") || name.starts_with("context.");
    if let Some(name) = names.iter().find(|name| name.contains('.') && !meant(name)) {
        return Err(format!("`{file}`: is the column `{name}` prefill.QUESTION or context.NAME?"));
    }
    let rows: Vec<csv::StringRecord> =
        table.records().collect::<Result<_, _>>().map_err(refused)?;
    let mut output = csv::Writer::from_writer(io::stdout().lock());
    let broken = |error: csv::Error| format!("standard output cannot be written: {error}");
    output.write_record(names.iter().chain(["link"])).map_err(broken)?;
    let mut bar = Bar::new(rows.len());
    let mut outcome = Outcome::Fine;
    for (number, row) in rows.iter().enumerate() {
        match link(maker, common, &names, row) {
            Ok(address) => {
                output.write_record(row.iter().chain([address.as_str()])).map_err(broken)?;
            }
            Err(reason) => {
                bar.clear();
                eprintln!("{file}, row {}: {reason}", number + 2);
                outcome = Outcome::Findings;
            }
        }
        bar.show(number + 1);
    }
    bar.clear();
    output.flush().map_err(|error| format!("standard output cannot be written: {error}"))?;
    Ok(outcome)
}

fn link(
    maker: &Maker,
    common: &Link,
    names: &csv::StringRecord,
    row: &csv::StringRecord,
) -> Result<String, String> {
    let mut link = common.clone();
    for (name, cell) in names.iter().zip(row) {
        if !cell.is_empty() {
            maker.apply(&mut link, name, cell).map_err(|reason| format!("{name}: {reason}"))?;
        }
    }
    maker.address(link)
}

/// How far it is, on a terminal only.
struct Bar {
    all: usize,
    shown: Option<usize>,
    on: bool,
}

impl Bar {
    fn new(all: usize) -> Self {
        Bar { all, shown: None, on: io::stderr().is_terminal() && all > 0 }
    }

    fn show(&mut self, done: usize) {
        let marks = done * WIDTH / self.all.max(1);
        if self.on && (self.shown != Some(marks) || done == self.all) {
            self.shown = Some(marks);
            eprint!("\r{}{} {done} of {}", "█".repeat(marks), "░".repeat(WIDTH - marks), self.all);
            let _ = io::stderr().flush();
        }
    }

    fn clear(&mut self) {
        if self.on && self.shown.take().is_some() {
            eprint!("\r\x1b[2K");
        }
    }
}
