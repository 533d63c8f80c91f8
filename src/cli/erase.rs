//! `askwell erase`: everything about one respondent, on request.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use tokio::runtime::Runtime;

use super::Outcome;
use super::keys::opening_key;
use crate::seal::OpeningKey;
use crate::server::store::{Erased, Location, Store, explain};

/// Erase what is stored about a respondent
#[derive(Args)]
#[command(after_help = "\
A submission is about whom the host told as `booking` in its context, or else as `reference`. What is
stored and what is kept aside goes; ids stay, with a digest, so that a copy which a device still
sends later does not come back. The receiver may run meanwhile. Backups and exports are yours to
look after.

Whom a sealed submission is about is sealed as well: with --open-with each is opened in memory, and
nothing of it is written. Where the key must not come near this database, bring what is sealed to the key
(`askwell export --sealed`, `askwell import --open-with`), erase by reference there, and here by the ids
that are printed.

Prints how much was erased, of which ids, and how much is sealed and was not looked into. Ends with status 1
where nothing is stored about them.

Examples:
  askwell erase --reference B-2741
  askwell erase --reference B-2741 --open-with collector-key.private.json
  askwell erase --id 0198c0de-0000-7000-8000-000000000001
  askwell erase --reference B-2741 --database postgres://askwell@db.example.com/askwell")]
pub struct Options {
    /// The booking, or whatever else the host told
    #[arg(long, value_name = "TEXT", required_unless_present = "id")]
    reference: Option<String>,
    /// A submission by its id, sealed or not; can be given several times
    #[arg(long, value_name = "ID", conflicts_with = "reference")]
    id: Vec<String>,
    /// The collector's private key, to look into what is sealed
    #[arg(long, value_name = "FILE", requires = "reference")]
    open_with: Option<PathBuf>,
    /// The database of the receiver
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let key = options.open_with.as_deref().map(opening_key).transpose()?;
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    let (erased, shut) = runtime.block_on(erase(options, key.as_ref()))?;
    println!("{}", json!({ "erased": erased.count, "ids": erased.ids, "stillSealed": shut }));
    Ok(if erased.count == 0 { Outcome::Findings } else { Outcome::Fine })
}

async fn erase(options: &Options, key: Option<&OpeningKey>) -> Result<(Erased, usize), String> {
    let location = Location { url: &options.database, create: false, max_size: None };
    let store = Store::open(&location).await?;
    let erased = erase_from(&store, options, key).await;
    store.close().await;
    erased.map_err(|error| format!("the database refuses: {}", explain(&error)))
}

async fn erase_from(
    store: &Store,
    options: &Options,
    key: Option<&OpeningKey>,
) -> sqlx::Result<(Erased, usize)> {
    let mut erased = Erased::default();
    for id in &options.id {
        erased.add(store.erase_one(id).await?);
    }
    if let Some(reference) = &options.reference {
        erased.add(store.erase(reference).await?);
        if let Some(key) = key {
            let (found, shut) = store.erase_sealed(reference, key).await?;
            erased.add(found);
            return Ok((erased, shut));
        }
    }
    let shut = store.count_sealed(None).await?;
    Ok((erased, usize::try_from(shut).unwrap_or_default()))
}
