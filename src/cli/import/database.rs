//! Into the receiver's database, by the way that submissions take which were sent.

use tokio::runtime::Runtime;

use super::{Fate, Options};
use crate::cli::{lines, surveys};
use crate::seal::OpeningKey;
use crate::server::import::Importer;
use crate::server::reply::Reply;
use crate::server::store::Location;

/// Brings submissions in, and says of each what became of it.
pub fn bring(
    bodies: Vec<String>,
    options: &Options,
    key: Option<OpeningKey>,
) -> Result<Vec<Fate>, String> {
    let known = surveys::known(&options.survey)?;
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    let replies = runtime.block_on(async {
        let location = Location { url: &options.database, create: true, max_size: None };
        let importer = Importer::open(&location, known, key).await?;
        let replies = importer.take(bodies).await;
        importer.close().await;
        replies
    })?;
    replies.iter().map(fate).collect()
}

fn fate(reply: &Reply) -> Result<Fate, String> {
    Ok(match reply.status() {
        "stored" => Fate::New { sealed: false },
        "stored-sealed" => Fate::New { sealed: true },
        "already-stored" => Fate::Known,
        _ => Fate::Refused(lines::json(reply)?),
    })
}
