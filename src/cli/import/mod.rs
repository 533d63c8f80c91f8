//! `askwell import`: a queue that was exported from a device, into the receiver's database or to an
//! endpoint.

mod database;
mod endpoint;
mod queue;

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::keys::opening_key;
use super::{Outcome, lines};
use crate::seal::{self, OpeningKey};
use crate::value::Value;

/// Bring in a queue that was exported from a device
#[derive(Args)]
#[command(after_help = "\
Takes what a kiosk exports, sealed or not, and submissions one a line as `askwell export` prints them with
--format ndjson or --sealed. Each is judged and scored as if it had been sent, and stored once: importing
a file again changes nothing, nor does a device that sends later what was imported.

With --open-with sealed submissions are opened with the collector's private key; without it they are
kept sealed. Prints one line for each that was refused, with codes and no answers, and then how many were
read, new, already there and refused, so that they add up. What was refused is in the file still; what
does not fit its survey is also kept aside, as the receiver does.

A file that was cut off or changed is refused as a whole; --damaged takes what can be read of it. Ends with
status 1 where something was refused, or stayed sealed although a key was given.

Examples:
  askwell import askwell-queue-2026-11-23.ndjson
  askwell import queue.ndjson --open-with collector-key.private.json --database sqlite:answers.db
  askwell import queue.ndjson --to https://survey.example.com/v1/submissions
  askwell export --sealed --format ndjson | askwell import - --open-with collector-key.private.json \\
                 --database sqlite:opened.db")]
pub struct Options {
    /// The files; - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// The database of the receiver, made where it is missing
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
    /// Send them to this endpoint instead
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["database", "survey"])]
    to: Option<String>,
    /// The collector's private key
    #[arg(long, value_name = "FILE")]
    open_with: Option<PathBuf>,
    /// Another definition, beside those that the database knows; can be given several times
    #[arg(long, value_name = "FILE")]
    survey: Vec<String>,
    /// Take what can be read of a file that is not whole
    #[arg(long)]
    damaged: bool,
}

/// What became of one submission.
enum Fate {
    New {
        sealed: bool,
    },
    Known,
    /// A line of JSON that says why, without answers.
    Refused(String),
}

/// What is told at the end: `read` is the sum of the others but `stillSealed`, which are among the new.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    read: usize,
    new: usize,
    already_there: usize,
    refused: usize,
    /// Not tried, because the endpoint takes nothing more for now.
    left: usize,
    still_sealed: usize,
}

/// What cannot even be read.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Refusal<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_id: Option<&'a str>,
    status: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let key = options.open_with.as_deref().map(opening_key).transpose()?;
    let is_open = key.is_some();
    let mut counts = Counts::default();
    let mut fates = Vec::new();
    let mut bodies = Vec::new();
    // Every file is looked at before anything is brought in.
    for file in &options.files {
        let queue = queue::read(file, options.damaged)?;
        counts.read += queue.bodies.len() + queue.unreadable.len();
        for line in queue.unreadable {
            let status = "unreadable";
            let refusal = Refusal { submission_id: None, status, line: Some(line) };
            fates.push(Fate::Refused(lines::json(&refusal)?));
        }
        bodies.extend(queue.bodies);
    }
    let mut left = None;
    match &options.to {
        Some(address) => {
            left = endpoint::bring(bodies, address, key.as_ref(), &mut fates)?;
        }
        None => fates.extend(database::bring(bodies, options, key)?),
    }
    let mut output = lines::Output::new();
    for fate in fates {
        match fate {
            Fate::New { sealed } => {
                counts.new += 1;
                counts.still_sealed += usize::from(sealed);
            }
            Fate::Known => counts.already_there += 1,
            Fate::Refused(line) => {
                counts.refused += 1;
                lines::is_open(output.line(&line))?;
            }
        }
    }
    counts.left = counts.read - counts.new - counts.already_there - counts.refused;
    lines::is_open(output.line(&lines::json(&counts)?))?;
    match left {
        Some(reason) => Err(format!(
            "the endpoint takes nothing more for now ({reason}): run the same command again later; \
             what has arrived is told apart"
        )),
        None if counts.refused > 0 || (is_open && counts.still_sealed > 0) => Ok(Outcome::Findings),
        None => Ok(Outcome::Fine),
    }
}

/// A body as it is to be brought in: opened where the key fits. An error is a code.
fn opened(body: String, key: Option<&OpeningKey>) -> Result<String, &'static str> {
    let Some(key) = key else { return Ok(body) };
    let envelope: Value = serde_json::from_str(&body).unwrap_or_default();
    if !seal::is_sealed(&envelope) {
        return Ok(body);
    }
    let text = seal::open(&envelope, key).map_err(seal::Unopened::code)?;
    String::from_utf8(text).map_err(|_| seal::Unopened::OtherContent.code())
}
