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
ndjson has one submission per line as it was sent, with the receiver's own scores.

Examples:
  askwell export --format csv > answers.csv
  askwell export --survey tour-satisfaction --format ndjson | askwell score tour-satisfaction")]
pub struct Options {
    /// The SQLite file of the receiver
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
    /// Only submissions to this survey
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// What to print
    #[arg(long, value_enum)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
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
    let location = Location { url: &options.database, create: false, max_size: None };
    let store = Store::open(&location).await?;
    let exporter = Exporter { store: &store, survey: options.survey.as_deref() };
    let exported = match options.format {
        Format::Csv => exporter.csv().await,
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
            let batch = self.store.batch(self.survey, after).await;
            let batch =
                batch.map_err(|error| format!("the database refuses: {}", explain(&error)))?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for stored in &batch {
                let envelope: Map = serde_json::from_str(&stored.envelope)
                    .map_err(|error| format!("submission {} is damaged: {error}", stored.id))?;
                if !take(stored, envelope)? {
                    return Ok(());
                }
            }
        }
    }

    async fn ndjson(&self) -> Result<(), String> {
        let mut output = io::stdout().lock();
        self.each(|stored, mut envelope| {
            let scores: Value = serde_json::from_str(&stored.scores).unwrap_or_default();
            envelope.insert(String::from("scores"), scores);
            envelope.insert(String::from("receivedAt"), stored.received_at.as_str().into());
            lines::is_open(writeln!(output, "{}", Value::Map(envelope).to_json()))
        })
        .await
    }

    /// Two passes: which columns there are is known once every submission was seen.
    async fn csv(&self) -> Result<(), String> {
        let definitions = self.store.definitions().await;
        let definitions =
            definitions.map_err(|error| format!("the database refuses: {}", explain(&error)))?;
        let mut table = Table::new(definitions);
        self.each(|stored, envelope| {
            table.note(stored, &envelope);
            Ok(true)
        })
        .await?;
        let mut output = io::stdout().lock();
        if !lines::is_open(table.write_head(&mut output))? {
            return Ok(());
        }
        self.each(|stored, envelope| {
            lines::is_open(table.write_row(stored, &envelope, &mut output))
        })
        .await
    }
}
