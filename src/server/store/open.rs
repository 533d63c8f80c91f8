//! Opening a database and bringing its tables up to date.

use std::fs::OpenOptions;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, install_default_drivers};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::{Kind, Location, Store, explain};

/// How long a write waits for another program that holds the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// SQLite's page size; the size limit is counted in pages.
const PAGE_SIZE: u64 = 4096;

/// One to write, the others for exports, health checks and other receivers' definitions.
const POSTGRES_CONNECTIONS: u32 = 8;

impl Store {
    /// Opens the database and brings its tables up to date.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the database.
    pub async fn open(location: &Location<'_>) -> Result<Store, String> {
        install_default_drivers();
        let kind = kind(location.url);
        // A password may stand in the address.
        let name = location.url.split('@').next_back().unwrap_or_default();
        let refused = |error: sqlx::Error| {
            format!("the database `{name}` cannot be opened: {}", explain(&error))
        };
        let (url, connections) = match kind {
            Kind::Postgres => (location.url.to_owned(), POSTGRES_CONNECTIONS),
            // SQLite has one writer at a time anyway.
            Kind::Sqlite => (sqlite_url(location), 1),
        };
        if kind == Kind::Postgres && location.max_size.is_some() {
            return Err(String::from("only a SQLite file can be held to a size"));
        }
        let pragmas = pragmas(kind, location.max_size);
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(BUSY_TIMEOUT)
            .after_connect(move |connection, _| {
                let pragmas = pragmas.clone();
                Box::pin(async move { prepare(connection, &pragmas).await })
            })
            .connect(&url)
            .await
            .map_err(refused)?;
        let migrated = match kind {
            Kind::Sqlite => sqlx::migrate!("src/server/migrations/sqlite").run(&pool).await,
            Kind::Postgres => sqlx::migrate!("src/server/migrations/postgres").run(&pool).await,
        };
        migrated.map_err(|error| refused(error.into()))?;
        Ok(Store { pool, kind })
    }

    /// Whether the database answers.
    pub async fn is_reachable(&self) -> bool {
        let Ok(mut connection) = self.pool.acquire().await else { return false };
        connection.ping().await.is_ok()
    }

    /// Ends all work; SQLite folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn kind(url: &str) -> Kind {
    let postgres = ["postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme));
    if postgres { Kind::Postgres } else { Kind::Sqlite }
}

fn sqlite_url(location: &Location<'_>) -> String {
    let file = location.url.trim_start_matches("sqlite:");
    let (path, settings) = file.split_once('?').unwrap_or((file, ""));
    if location.create && !path.contains(":memory:") && settings.is_empty() {
        make_private(path);
    }
    match settings {
        "" if location.create => format!("sqlite:{path}?mode=rwc"),
        "" => format!("sqlite:{path}?mode=rw"),
        settings => format!("sqlite:{path}?{settings}"),
    }
}

/// What each connection is told first, so that "committed" means "on disk".
fn pragmas(kind: Kind, max_size: Option<u64>) -> Vec<String> {
    let mut statements = match kind {
        Kind::Sqlite => vec![
            String::from("PRAGMA journal_mode = WAL"),
            String::from("PRAGMA synchronous = FULL"),
            format!("PRAGMA busy_timeout = {}", BUSY_TIMEOUT.as_millis()),
        ],
        Kind::Postgres => vec![String::from(
            "SELECT set_config('synchronous_commit', 'on', false) \
             WHERE current_setting('synchronous_commit') IN ('off', 'local')",
        )],
    };
    if let (Kind::Sqlite, Some(bytes)) = (kind, max_size) {
        statements.push(format!("PRAGMA max_page_count = {}", (bytes / PAGE_SIZE).max(1)));
    }
    statements
}

async fn prepare(connection: &mut AnyConnection, statements: &[String]) -> sqlx::Result<()> {
    for statement in statements {
        connection.execute(AssertSqlSafe(statement.clone())).await?;
    }
    Ok(())
}

/// Makes a new database file that only its owner can read; SQLite gives the files beside it the
/// same permissions. A file that is there already stays as it is, and one that cannot be made is
/// reported by SQLite.
fn make_private(path: &str) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let _ = options.open(path.trim_start_matches("//"));
}
