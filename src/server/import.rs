//! Submissions that come by file rather than over the network: the same judgement, the same once.

use super::links::Links;
use super::metrics::Metrics;
use super::reading::{Read, Reader};
use super::reply::Reply;
use super::store::{Definition, Location, Store, Writer};
use super::surveys::Surveys;
use crate::seal::OpeningKey;

/// How many are judged before they are stored together.
const TOGETHER: usize = 256;

/// A receiver without a network.
pub struct Importer {
    store: Store,
    reader: Reader,
    writer: Writer,
}

impl Importer {
    /// Opens the database; its definitions and the given ones are known.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the database.
    pub async fn open(
        location: &Location<'_>,
        surveys: Vec<Definition>,
        opening: Option<OpeningKey>,
    ) -> Result<Importer, String> {
        let store = Store::open(location).await?;
        let surveys = Surveys::open(surveys, &store).await?;
        // Whoever has the database at hand needs no link.
        let links = Links { keys: None, only: Vec::new() };
        let reader = Reader { surveys, links, opening };
        let writer = Writer::start(store.clone(), Metrics::default());
        Ok(Importer { store, reader, writer })
    }

    /// Stores submissions, each as JSON text, and says of each what became of it.
    ///
    /// # Errors
    /// Where the database refuses; what was stored before stays.
    pub async fn take(&self, bodies: Vec<String>) -> Result<Vec<Reply>, String> {
        let mut replies = Vec::with_capacity(bodies.len());
        let mut bodies = bodies.into_iter().peekable();
        while bodies.peek().is_some() {
            let mut arrivals = Vec::new();
            for body in bodies.by_ref().take(TOGETHER) {
                match self.reader.read(body.into(), None).await {
                    Read::Arrived { arrival, .. } => arrivals.push(arrival),
                    Read::Unreadable(message) => {
                        replies.push(Reply::refusal(400, "unreadable", message));
                    }
                }
            }
            let refuses = "the database refuses; nothing more is imported, and what was stays";
            for (arrival, receipt) in self.writer.store(arrivals).await.ok_or(refuses)? {
                replies.push(Reply::receipt(arrival, receipt.ok_or(refuses)?));
            }
        }
        Ok(replies)
    }

    /// Ends all work.
    pub async fn close(&self) {
        self.store.close().await;
    }
}
