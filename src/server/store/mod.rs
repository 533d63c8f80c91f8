//! The database: every submission once, written through in one transaction before it is
//! acknowledged. SQLite or PostgreSQL, by the same statements.

mod care;
mod intake;
mod open;
mod read;
mod shut;
mod writer;

use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::AnyPool;

use super::judge::Reason;
use crate::value::{Map, Value};

pub use care::Erased;
pub use writer::Writer;

/// The receiver's database.
#[derive(Clone)]
pub struct Store {
    pool: AnyPool,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// Which database, and how to open it.
pub struct Location<'a> {
    /// A file, as `sqlite:askwell.db` or a plain path, or a server, as `postgres://…`.
    pub url: &'a str,
    /// Whether to make the file where it is missing.
    pub create: bool,
    /// How large the file may grow, in bytes.
    pub max_size: Option<u64>,
}

/// A definition that submissions can be answers to.
#[derive(sqlx::FromRow)]
pub struct Definition {
    pub hash: String,
    pub id: String,
    pub version: String,
    pub definition: String,
}

/// A submission together with what the receiver makes of it.
pub struct Arrival {
    pub id: String,
    pub survey: String,
    /// The whole submission as JSON with sorted keys.
    pub envelope: String,
    /// Whom it is about, as far as the host told.
    pub reference: Option<String>,
    /// The id of the link for one submission that it came by.
    pub link: Option<String>,
    /// The digest of the sealed form in which it came.
    pub sealed: Option<String>,
    pub verdict: Verdict,
}

/// Whether a submission fits its survey.
pub enum Verdict {
    Valid {
        /// The hash of the definition that it answers.
        hash: String,
        /// The receiver's own scores.
        scores: Map,
        /// Whether the sender computed other ones.
        scores_differ: bool,
    },
    Invalid {
        /// Why not: codes, no answers.
        reasons: Vec<Reason>,
    },
    /// Nobody here can look into it; it is kept as it is.
    Sealed,
    /// It lacks the link that it needs, and is not kept.
    Unwelcome { reason: &'static str },
}

/// What became of a submission. It is on disk in every case but the last.
#[derive(Clone)]
pub enum Receipt {
    Stored,
    /// The same submission was there already, with these scores; none where it had to go since.
    AlreadyStored {
        scores: Map,
    },
    /// Its id is taken by another one; this one is kept aside.
    Conflict,
    /// It is invalid and kept aside.
    KeptAside,
    /// Its link has brought another submission; this one is kept aside.
    LinkUsed,
    /// It was not kept.
    Unwelcome,
}

/// A stored submission.
#[derive(sqlx::FromRow)]
pub struct Stored {
    pub sequence: i64,
    pub hash: String,
    pub envelope: String,
    pub scores: String,
    /// 1 where the sender computed other scores, else 0.
    pub scores_differ: i64,
    pub received_at: String,
}

/// A submission that is still sealed.
#[derive(sqlx::FromRow)]
pub struct Sealed {
    pub sequence: i64,
    pub envelope: String,
}

/// A submission that is kept aside.
#[derive(sqlx::FromRow)]
pub struct KeptAside {
    pub sequence: i64,
    /// Why it was refused, as JSON.
    pub reasons: String,
    pub envelope: String,
    pub received_at: String,
}

impl Arrival {
    fn digest(&self) -> String {
        digest(&self.envelope)
    }
}

/// What tells one envelope from another: the SHA-256 of its JSON with sorted keys.
pub fn digest(envelope: &str) -> String {
    Sha256::digest(envelope.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whom a submission is about: what the host told as `booking`, else as `reference`.
pub fn reference(envelope: &Value) -> Option<String> {
    let context = envelope.get("context")?;
    let given = ["booking", "reference"].into_iter().find_map(|name| context.get(name))?;
    match given.as_text() {
        Some(text) => Some(text.to_owned()),
        None => given.as_number().map(|number| json!(number).to_string()),
    }
}

/// A database error in words, without any value that was to be stored.
pub fn explain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::PoolTimedOut => String::from("it is busy"),
        error => error.to_string(),
    }
}
