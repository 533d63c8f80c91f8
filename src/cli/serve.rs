//! `askwell serve`: the receiver and the site.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::http::{HeaderValue, Uri};
use clap::Args;
use tokio::runtime::Runtime;

use super::{Outcome, keys, surveys};
use crate::link::PublicKeys;
use crate::server;
use crate::server::limits::Rate;
use crate::server::links::Links;

/// Receive submissions, store each exactly once, and serve the site
#[derive(Args)]
#[command(after_help = "\
Submissions are posted to /v1/submissions and answered with 201 (stored), 200 (stored before),
409 (other content under the same id), 410 (its link is spent or over; kept aside), 422 (does not fit
its survey; kept aside) or, where nothing could be kept, 400, 403, 413, 415, 429 or 503. Many at once,
as a JSON array or one a line (application/x-ndjson), go to /v1/submissions/batch and are answered
one by one. /healthz tells whether the database answers; with --metrics-token, /metrics counts for
Prometheus, for whoever gives the token.

Several receivers may share one PostgreSQL database behind a load balancer.

The receiver knows the instruments that ship with Askwell, each --survey, and every definition that
it was started with before, so that submissions to an older version are still taken.

Examples:
  askwell serve
  askwell serve --listen 0.0.0.0:80 --database sqlite:/var/lib/askwell/askwell.db
  askwell serve --survey my-survey.json --allow-origin https://www.example.com
  askwell serve --database postgres://askwell@db.example.com/askwell --trust-proxy
  askwell serve --links-key link-keys.json --links-only my-survey --keep-days 730")]
pub struct Options {
    /// Where to listen; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The SQLite file, made where it is missing, or a PostgreSQL database as postgres://…
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
    /// The public keys of survey links; submissions by link then need a signed one
    #[arg(long, value_name = "FILE")]
    links_key: Option<PathBuf>,
    /// A survey that takes nothing without a signed link; can be given several times
    #[arg(long, value_name = "ID", requires = "links_key")]
    links_only: Vec<String>,
    /// The collector's private key: submissions that were sealed on their device are opened with it
    #[arg(long, value_name = "FILE")]
    open_with: Option<PathBuf>,
    /// How many submissions a device that names itself may send in a minute; 0 is no limit
    #[arg(long, value_name = "COUNT", default_value = "600")]
    device_rate: u32,
    /// How many may come from one address in a minute, a hall of kiosks included; 0 is no limit
    #[arg(long, value_name = "COUNT", default_value = "12000")]
    address_rate: u32,
    /// How many requests to work on at the same time; others are asked to come back (503)
    #[arg(long, value_name = "COUNT", default_value = "1000")]
    at_once: usize,
    /// Take the sender's address from the last entry of X-Forwarded-For
    #[arg(long)]
    trust_proxy: bool,
    /// Serve /metrics to whoever gives the token in this file as `Authorization: Bearer …`
    #[arg(long, value_name = "FILE")]
    metrics_token: Option<PathBuf>,
    /// Erase submissions after so many days
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..))]
    keep_days: Option<u32>,
}

pub fn run(options: Options) -> Result<Outcome, String> {
    let known = surveys::known(&options.survey)?;
    let options = server::Options {
        listen: options.listen,
        database: options.database,
        max_database_size: options.max_database_size,
        site: options.site,
        allow_origin: options.allow_origin,
        surveys: known,
        links: Links {
            keys: options.links_key.map(link_keys).transpose()?,
            only: options.links_only,
        },
        opening: options.open_with.as_deref().map(keys::opening_key).transpose()?,
        device_rate: Rate { per_minute: options.device_rate },
        address_rate: Rate { per_minute: options.address_rate },
        at_once: options.at_once,
        trusts_proxy: options.trust_proxy,
        metrics_token: options.metrics_token.map(token).transpose()?,
        keep_days: options.keep_days,
    };
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    runtime.block_on(server::serve(options))?;
    Ok(Outcome::Fine)
}

/// A token short enough to be guessed is none.
fn token(file: PathBuf) -> Result<String, String> {
    let name = file.display();
    let text =
        fs::read_to_string(&file).map_err(|error| format!("`{name}` cannot be read ({error})"))?;
    let token = text.trim();
    if token.len() < 16 || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "`{name}` holds no token: at least 16 letters and digits, such as `openssl rand -hex 32` prints"
        ));
    }
    Ok(token.to_owned())
}

fn link_keys(file: PathBuf) -> Result<PublicKeys, String> {
    let name = file.display();
    let text =
        fs::read_to_string(&file).map_err(|error| format!("`{name}` cannot be read ({error})"))?;
    PublicKeys::read(&text).map_err(|error| format!("`{name}` cannot be used: {error}"))
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
