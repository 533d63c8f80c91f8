//! `askwell export`: what the receiver stored, or what stands in files, for other programs.

mod files;
mod objects;
mod source;
mod tables;

use std::io;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use tokio::runtime::Runtime;

use super::{Outcome, lines, surveys};
use crate::export::codebook;
use crate::server::store::{Location, Store};
use files::Files;
use source::{Exporter, Source};

/// Print submissions for other programs
#[derive(Args)]
#[command(after_help = "\
csv has one row per submission: who, which and when, then the answers, then the scores and what the page
told. Rows of a matrix are columns `question.row`, several choices are joined by `|`, and text that a
spreadsheet would take for a formula starts with an apostrophe. `askwell report` and --from read it back.
csv-long has one row per answer, codebook one per column of csv with what its values mean.
ndjson has one submission per line as it was sent, with the receiver's own scores
(and \"scoresDiffer\": true where the sender computed others).
xapi has one statement per line (xAPI 1.0.3); sav is an SPSS file, in which what is
no answer (don't know, prefer not to say, not observed) is a number declared as missing.
What was answered with 409 or 422 is kept aside: --refused prints it, with the reasons.
What devices sealed and nobody has opened yet is in none of these: --sealed prints it, for askwell import.

Examples:
  askwell export --format csv > answers.csv
  askwell export --survey tour-satisfaction --format ndjson | askwell score tour-satisfaction
  askwell export --from answers.ndjson --definition tour-satisfaction --format sav > answers.sav
  askwell export --definition tour-satisfaction --format codebook > codebook.csv
  askwell export --survey tour-satisfaction --format xapi --base https://example.org/askwell
  askwell export --refused --format ndjson
  askwell export --sealed --format ndjson > sealed.ndjson")]
pub struct Options {
    /// The database of the receiver
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
    /// Read these files instead: ndjson, or csv as printed here; - is standard input
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "definition")]
    from: Vec<String>,
    /// The survey that was answered: a definition file, or the id of an instrument
    #[arg(long, value_name = "SURVEY")]
    definition: Option<String>,
    /// Only submissions to this survey
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// What to print
    #[arg(long, value_enum)]
    format: Format,
    /// The language of labels; the survey's own where absent
    #[arg(long, value_name = "LANGUAGE")]
    locale: Option<String>,
    /// The address under which xAPI statements name the survey
    #[arg(long, value_name = "ADDRESS", default_value = "https://askwell.example")]
    base: String,
    /// Print what was refused and kept aside instead; as ndjson only
    #[arg(long)]
    refused: bool,
    /// Print what is still sealed instead; as ndjson only
    #[arg(long, conflicts_with = "refused")]
    sealed: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Csv,
    CsvLong,
    Codebook,
    Ndjson,
    Xapi,
    Sav,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    runtime.block_on(export(options))?;
    Ok(Outcome::Fine)
}

async fn export(options: &Options) -> Result<(), String> {
    if options.refused && options.format != Format::Ndjson {
        return Err(String::from(
            "--refused needs --format ndjson: what does not fit its survey fits no table",
        ));
    }
    if options.sealed && options.format != Format::Ndjson {
        return Err(String::from("--sealed needs --format ndjson: nobody can look into it here"));
    }
    let survey = match &options.definition {
        Some(name) => Some(surveys::find(name)?.load()?),
        None => None,
    };
    if let (Format::Codebook, Some(survey)) = (options.format, &survey) {
        return lines::is_open(codebook::write(survey, &mut io::stdout().lock())).map(drop);
    }
    let source = match &survey {
        Some(survey) if !options.from.is_empty() => {
            Source::Files(Files::new(&options.from, Arc::clone(survey)))
        }
        _ => {
            let location = Location { url: &options.database, create: false, max_size: None };
            Source::Store(Store::open(&location).await?)
        }
    };
    let exporter = Exporter { source: &source, options, survey };
    let exported = match options.format {
        Format::Csv => exporter.csv().await,
        Format::CsvLong => exporter.long().await,
        Format::Codebook => exporter.codebook().await,
        Format::Xapi => exporter.xapi().await,
        Format::Sav => exporter.sav().await,
        Format::Ndjson if options.refused => exporter.refused().await,
        Format::Ndjson if options.sealed => exporter.sealed().await,
        Format::Ndjson => exporter.ndjson().await,
    };
    exporter.tell_of_sealed().await?;
    if let Source::Store(store) = source {
        store.close().await;
    }
    exported
}
