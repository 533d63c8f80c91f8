//! `askwell export`: what the receiver stored, as a table or line by line.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use tokio::runtime::Runtime;

use super::table::Table;
use super::{Outcome, lines};
use crate::server::store::{Location, Store, Stored, explain};
use crate::value::{Map, Value};

/// Print the stored submissions
#[derive(Args)]
#[command(after_help = "\
csv has one row per submission: who, which and when, then the answers, then the scores. Rows of a
matrix are columns `question.row`, several choices are joined by `|`, and text that a spreadsheet
would take for a formula starts with an apostrophe.
ndjson has one submission per line as it was sent, with the receiver's own scores
(and \"scoresDiffer\": true where the sender computed others).
What was answered with 409 or 422 is kept aside: --refused prints it, with the reasons.

Examples:
  askwell export --format csv > answers.csv
  askwell export --survey tour-satisfaction --format ndjson | askwell score tour-satisfaction
  askwell export --refused --format ndjson")]
pub struct Options {
    /// The database of the receiver
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
    /// Only submissions to this survey
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// What to print
    #[arg(long, value_enum)]
    format: Format,
    /// Print what was refused and kept aside instead; as ndjson only
    #[arg(long)]
    refused: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Csv,
    Ndjson,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    runtime.block_on(export(options))?;
    Ok(Outcome::Fine)
}

async fn export(options: &Options) -> Result<(), String> {
    if options.refused && options.format == Format::Csv {
        return Err(String::from(
            "--refused needs --format ndjson: what does not fit its survey fits no table",
        ));
    }
    let location = Location { url: &options.database, create: false, max_size: None };
    let store = Store::open(&location).await?;
    let exporter = Exporter { store: &store, survey: options.survey.as_deref() };
    let exported = match options.format {
        Format::Csv => exporter.csv().await,
        Format::Ndjson if options.refused => exporter.refused().await,
        Format::Ndjson => exporter.ndjson().await,
    };
    store.close().await;
    exported
}

struct Exporter<'a> {
    store: &'a Store,
    survey: Option<&'a str>,
}

impl Exporter<'_> {
    /// Hands over every submission, in the order of arrival, until nobody wants more.
    async fn each(
        &self,
        mut take: impl FnMut(&Stored, Map) -> Result<bool, String>,
    ) -> Result<(), String> {
        let mut after = 0;
        loop {
            let batch = self.store.batch(self.survey, after).await.map_err(refuses)?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for stored in &batch {
                if !take(stored, parse(&stored.envelope))? {
                    return Ok(());
                }
            }
        }
    }

    async fn ndjson(&self) -> Result<(), String> {
        let mut output = io::stdout().lock();
        self.each(|stored, mut envelope| {
            envelope.insert(String::from("scores"), Value::Map(parse(&stored.scores)));
            envelope.insert(String::from("receivedAt"), stored.received_at.as_str().into());
            if stored.scores_differ != 0 {
                envelope.insert(String::from("scoresDiffer"), Value::Bool(true));
            }
            lines::is_open(writeln!(output, "{}", Value::Map(envelope).to_json()))
        })
        .await
    }

    async fn refused(&self) -> Result<(), String> {
        let mut output = io::stdout().lock();
        let mut after = 0;
        loop {
            let batch = self.store.batch_aside(self.survey, after).await.map_err(refuses)?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for refused in &batch {
                let mut envelope = parse(&refused.envelope);
                let reasons = serde_json::from_str(&refused.reasons).unwrap_or_default();
                envelope.insert(String::from("refusedFor"), reasons);
                envelope.insert(String::from("receivedAt"), refused.received_at.as_str().into());
                let line = Value::Map(envelope).to_json();
                if !lines::is_open(writeln!(output, "{line}"))? {
                    return Ok(());
                }
            }
        }
    }

    /// Two passes: which columns there are is known once every submission was seen.
    async fn csv(&self) -> Result<(), String> {
        let definitions = self.store.definitions().await.map_err(refuses)?;
        let mut table = Table::new(definitions);
        let mut last = 0;
        self.each(|stored, envelope| {
            table.note(stored, &envelope);
            last = stored.sequence;
            Ok(true)
        })
        .await?;
        let mut output = io::stdout().lock();
        if !lines::is_open(table.write_head(&mut output))? {
            return Ok(());
        }
        self.each(|stored, envelope| {
            if stored.sequence > last {
                // It arrived between the passes: there may be no columns for it.
                return Ok(false);
            }
            lines::is_open(table.write_row(stored, &envelope, &mut output))
        })
        .await
    }
}

/// Only JSON gets into the database.
fn parse(json: &str) -> Map {
    serde_json::from_str(json).unwrap_or_default()
}

fn refuses(error: sqlx::Error) -> String {
    format!("the database refuses: {}", explain(&error))
}
