//! `askwell serve`: the receiver and the site.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::{HeaderValue, Uri};
use clap::Args;
use tokio::runtime::Runtime;

use super::{Outcome, surveys};
use crate::instruments;
use crate::server;
use crate::server::store::Definition;

/// Receive submissions, store each exactly once, and serve the site
#[derive(Args)]
#[command(after_help = "\
Submissions are posted to /v1/submissions and answered with 201 (stored), 200 (stored before),
409 (other content under the same id), 422 (does not fit its survey; kept aside) or, where nothing
could be kept, 400, 413, 415 or 503. /healthz tells whether the database answers.

The receiver knows the instruments that ship with Askwell, each --survey, and every definition that
it was started with before, so that submissions to an older version are still taken.

Examples:
  askwell serve
  askwell serve --listen 0.0.0.0:80 --database sqlite:/var/lib/askwell/askwell.db
  askwell serve --survey my-survey.json --allow-origin https://www.example.com")]
pub struct Options {
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The SQLite file; it is made where it is missing
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
    /// Refuse new submissions (503) once the database has this many bytes
    #[arg(long, value_name = "BYTES")]
    max_database_size: Option<u64>,
    /// The folder with the built site
    #[arg(long, value_name = "FOLDER", default_value = "dist")]
    site: PathBuf,
    /// Another site whose pages may send submissions; can be given several times
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    allow_origin: Vec<HeaderValue>,
    /// Another definition to receive submissions to; can be given several times
    #[arg(long, value_name = "FILE")]
    survey: Vec<String>,
}

pub fn run(options: Options) -> Result<Outcome, String> {
    let mut known = Vec::new();
    for instrument in instruments::TABLE {
        known.push(definition(&surveys::find(instrument.id)?)?);
    }
    for file in &options.survey {
        known.push(definition(&surveys::read(file)?)?);
    }
    let options = server::Options {
        listen: options.listen,
        database: options.database,
        max_database_size: options.max_database_size,
        site: options.site,
        allow_origin: options.allow_origin,
        surveys: known,
    };
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    runtime.block_on(server::serve(options))?;
    Ok(Outcome::Fine)
}

fn definition(source: &surveys::Source) -> Result<Definition, String> {
    let survey = source.load()?;
    Ok(Definition {
        hash: survey.hash().to_owned(),
        id: survey.source.id.clone(),
        version: survey.source.version.clone(),
        definition: source.json.clone(),
    })
}

/// An origin exactly as browsers send it: scheme, host and port, nothing after them.
fn origin(text: &str) -> Result<HeaderValue, String> {
    let wrong = || format!("`{text}` is no origin such as https://www.example.com");
    let uri: Uri = text.parse().map_err(|_| wrong())?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme));
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'));
    match (scheme, authority) {
        (Some(scheme), Some(authority)) if format!("{scheme}://{authority}") == text => {
            HeaderValue::from_str(&text.to_lowercase()).map_err(|_| wrong())
        }
        _ => Err(wrong()),
    }
}
