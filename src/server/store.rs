//! The database: every submission once, written through in one transaction before it is
//! acknowledged.

#[cfg(unix)]
use std::fs::OpenOptions;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection, Sqlite, SqliteConnection, Transaction};

use super::judge::Reason;
use crate::value::Map;

/// How long a write waits for another program that holds the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// SQLite's page size; the size limit is counted in pages.
const PAGE_SIZE: u32 = 4096;

/// The receiver's database.
#[derive(Clone)]
pub struct Store {
    pool: SqlitePool,
}

/// Which database, and how to open it.
pub struct Location<'a> {
    /// A file, as `sqlite:askwell.db` or a plain path.
    pub url: &'a str,
    /// Whether to make the file where it is missing.
    pub create: bool,
    /// How large it may grow, in bytes.
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
}

/// What became of a submission. It is on disk in every case.
pub enum Receipt {
    Stored,
    /// The same submission was there already, with these scores.
    AlreadyStored {
        scores: Map,
    },
    /// Its id is taken by another one; this one is kept aside.
    Conflict,
    /// It is invalid and kept aside.
    KeptAside,
}

/// A stored submission.
#[derive(sqlx::FromRow)]
pub struct Stored {
    pub sequence: i64,
    pub hash: String,
    pub envelope: String,
    pub scores: String,
    pub scores_differ: bool,
    pub received_at: String,
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

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the database.
    pub async fn open(location: &Location<'_>) -> Result<Store, String> {
        let refused = |error: sqlx::Error| {
            format!("the database `{}` cannot be opened: {}", location.url, explain(&error))
        };
        let options = SqliteConnectOptions::from_str(location.url).map_err(refused)?;
        if location.create && !location.url.contains(":memory:") {
            make_private(options.get_filename());
        }
        let mut options = options
            .create_if_missing(location.create)
            .page_size(PAGE_SIZE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT);
        if let Some(bytes) = location.max_size {
            options =
                options.pragma("max_page_count", (bytes / u64::from(PAGE_SIZE)).max(1).to_string());
        }
        // SQLite has one writer at a time anyway; one connection makes requests queue in order.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_with(options)
            .await
            .map_err(refused)?;
        let migrated = sqlx::migrate!("src/server/migrations").run(&pool).await;
        migrated.map_err(|error| refused(error.into()))?;
        Ok(Store { pool })
    }

    /// Keeps a definition for as long as there may be submissions to it.
    pub async fn remember(&self, survey: &Definition) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO survey (hash, id, version, definition) VALUES (?, ?, ?, ?)
             ON CONFLICT (hash) DO NOTHING",
        )
        .bind(&survey.hash)
        .bind(&survey.id)
        .bind(&survey.version)
        .bind(&survey.definition)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Every definition ever known, the newest first.
    pub async fn definitions(&self) -> sqlx::Result<Vec<Definition>> {
        let definitions = "SELECT hash, id, version, definition FROM survey \
                           ORDER BY known_since DESC, hash";
        sqlx::query_as(definitions).fetch_all(&self.pool).await
    }

    /// Stores a submission exactly once: the only way into the table of submissions.
    ///
    /// # Errors
    /// Where the database refuses, nothing of the submission is kept and the sender has to try
    /// again.
    pub async fn receive(&self, arrival: &Arrival) -> sqlx::Result<Receipt> {
        let mut connection = self.pool.acquire().await?;
        let receipt = receive(arrival, &mut connection).await;
        if receipt.is_err() {
            // SQLite ends a transaction by itself where the disk is full, and a connection that
            // still believes in it would refuse everything from then on.
            connection.close_on_drop();
        }
        receipt
    }

    /// A batch of submissions after the given sequence number, in the order of arrival; of one
    /// survey or of all.
    pub async fn batch(&self, survey: Option<&str>, after: i64) -> sqlx::Result<Vec<Stored>> {
        sqlx::query_as(
            "SELECT sequence, hash, envelope, scores, scores_differ, received_at FROM submission
             WHERE sequence > ?1 AND (?2 IS NULL OR survey = ?2) ORDER BY sequence LIMIT 500",
        )
        .bind(after)
        .bind(survey)
        .fetch_all(&self.pool)
        .await
    }

    /// The same of submissions that are kept aside.
    pub async fn batch_aside(
        &self,
        survey: Option<&str>,
        after: i64,
    ) -> sqlx::Result<Vec<KeptAside>> {
        sqlx::query_as(
            "SELECT sequence, reasons, envelope, received_at FROM kept_aside
             WHERE sequence > ?1 AND (?2 IS NULL OR survey = ?2) ORDER BY sequence LIMIT 500",
        )
        .bind(after)
        .bind(survey)
        .fetch_all(&self.pool)
        .await
    }

    /// Whether the database answers.
    pub async fn is_reachable(&self) -> bool {
        sqlx::query("SELECT 1 FROM submission LIMIT 1").fetch_optional(&self.pool).await.is_ok()
    }

    /// Ends all work and folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Makes a new database file that only its owner can read; SQLite gives the files beside it the
/// same permissions. A file that is there already stays as it is, and one that cannot be made is
/// reported by SQLite.
#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt;
    let _ = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
}

#[cfg(not(unix))]
fn make_private(_: &Path) {}

async fn receive(arrival: &Arrival, connection: &mut SqliteConnection) -> sqlx::Result<Receipt> {
    // Taking the write lock first keeps two copies of one submission from passing the
    // look-up side by side.
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let receipt = match stored_under(&arrival.id, &mut transaction).await? {
        Some((envelope, scores)) if envelope == arrival.envelope => {
            Receipt::AlreadyStored { scores: serde_json::from_str(&scores).unwrap_or_default() }
        }
        Some(_) => {
            keep_aside(arrival, &[Reason::whole("conflict")], &mut transaction).await?;
            Receipt::Conflict
        }
        None => match &arrival.verdict {
            Verdict::Valid { hash, scores, scores_differ } => {
                let scores = serde_json::to_string(scores).unwrap_or_default();
                insert(arrival, (hash, &scores, *scores_differ), &mut transaction).await?;
                Receipt::Stored
            }
            Verdict::Invalid { reasons } => {
                keep_aside(arrival, reasons, &mut transaction).await?;
                Receipt::KeptAside
            }
        },
    };
    transaction.commit().await?;
    Ok(receipt)
}

async fn stored_under(
    id: &str,
    transaction: &mut Transaction<'_, Sqlite>,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as("SELECT envelope, scores FROM submission WHERE id = ?")
        .bind(id)
        .fetch_optional(&mut **transaction)
        .await
}

async fn insert(
    arrival: &Arrival,
    (hash, scores, scores_differ): (&str, &str, bool),
    transaction: &mut Transaction<'_, Sqlite>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO submission (id, survey, hash, envelope, scores, scores_differ)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&arrival.id)
    .bind(&arrival.survey)
    .bind(hash)
    .bind(&arrival.envelope)
    .bind(scores)
    .bind(scores_differ)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn keep_aside(
    arrival: &Arrival,
    reasons: &[Reason],
    transaction: &mut Transaction<'_, Sqlite>,
) -> sqlx::Result<()> {
    let digest = Sha256::digest(arrival.envelope.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    sqlx::query(
        "INSERT INTO kept_aside (digest, id, survey, reasons, envelope) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (digest) DO UPDATE SET reasons = excluded.reasons",
    )
    .bind(digest)
    .bind(&arrival.id)
    .bind(&arrival.survey)
    .bind(serde_json::to_string(reasons).unwrap_or_default())
    .bind(&arrival.envelope)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// A database error in words, without any value that was to be stored.
pub fn explain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::PoolTimedOut => String::from("it is busy"),
        error => error.to_string(),
    }
}
