//! JSON lines in, JSON lines out: each reply is flushed before the next line is read, so that
//! another program can talk to this one step by step.

use std::io::{self, BufRead, ErrorKind, StdoutLock, Write};

use serde::Serialize;

use super::Outcome;
use crate::value::Value;

/// Standard output, line by line.
pub struct Output {
    stdout: StdoutLock<'static>,
}

impl Output {
    pub fn new() -> Self {
        Output { stdout: io::stdout().lock() }
    }

    /// Writes one line and hands it on at once.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.stdout, "{line}")?;
        self.stdout.flush()
    }
}

/// A reply as one line of JSON, its fields in the order in which they are declared.
pub fn json(reply: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(reply).map_err(|error| format!("the reply cannot be written: {error}"))
}

#[derive(Serialize)]
struct Refusal {
    error: String,
}

/// Answers every line of standard input. A refused line is answered with `{"error"}`, and the
/// next one is read.
pub fn answer(
    output: &mut Output,
    mut reply: impl FnMut(&Value) -> Result<String, String>,
) -> Result<Outcome, String> {
    let mut outcome = Outcome::Fine;
    for line in io::stdin().lock().split(b'\n') {
        let line = line.map_err(|error| format!("standard input cannot be read: {error}"))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read = serde_json::from_slice(&line).map_err(|error| format!("no JSON: {error}"));
        let reply = read.and_then(|value| reply(&value)).or_else(|error| {
            outcome = Outcome::Findings;
            json(&Refusal { error })
        })?;
        if !is_open(output.line(&reply))? {
            break;
        }
    }
    Ok(outcome)
}

/// Whether anybody still reads the output: `askwell … | head -1` ends without complaint.
pub fn is_open(written: io::Result<()>) -> Result<bool, String> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(format!("standard output cannot be written: {error}")),
    }
}
