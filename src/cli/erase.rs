//! `askwell erase`: everything about one respondent, on request.

use clap::Args;
use tokio::runtime::Runtime;

use super::Outcome;
use crate::server::store::{Location, Store, explain};

/// Erase what is stored about a respondent
#[derive(Args)]
#[command(after_help = "\
A submission is about whom the host told as `booking` in its context, or else as `reference`. What is
stored and what is kept aside goes; ids stay, with a digest, so that a copy which a device still
sends later does not come back. The receiver may run meanwhile. Backups and exports are yours to
look after.

Ends with status 1 where nothing is stored about them.

Examples:
  askwell erase --reference B-2741
  askwell erase --reference B-2741 --database postgres://askwell@db.example.com/askwell")]
pub struct Options {
    /// The booking, or whatever else the host told
    #[arg(long, value_name = "TEXT")]
    reference: String,
    /// The database of the receiver
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    let erased = runtime.block_on(erase(options))?;
    println!("{{\"erased\":{erased}}}");
    Ok(if erased == 0 { Outcome::Findings } else { Outcome::Fine })
}

async fn erase(options: &Options) -> Result<u64, String> {
    let location = Location { url: &options.database, create: false, max_size: None };
    let store = Store::open(&location).await?;
    let erased = store.erase(&options.reference).await;
    store.close().await;
    erased.map_err(|error| format!("the database refuses: {}", explain(&error)))
}
