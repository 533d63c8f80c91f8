//! Letting go: what is older than it may become, and what somebody asked to have erased.

use sqlx::{Any, Connection, Executor, Transaction};

use super::{Kind, Store, digest};

/// How many rows leave in one transaction, so that submissions do not wait for long.
const TOGETHER: i64 = 500;

/// What is older than a moment.
const OLDER: &str = "received_at < $1";

impl Store {
    /// Erases everything about a respondent, and says how much it was.
    pub async fn erase(&self, reference: &str) -> sqlx::Result<u64> {
        let mut erased = 0;
        loop {
            let some = self.let_go("reference = $1", reference).await?;
            erased += some;
            if some == 0 {
                self.scrub().await?;
                return Ok(erased);
            }
        }
    }

    /// Erases some of what arrived before a moment as RFC 3339 in UTC; 0 where nothing is left.
    pub async fn let_age_out(&self, before: &str) -> sqlx::Result<u64> {
        self.let_go(OLDER, before).await
    }

    async fn let_go(&self, condition: &'static str, value: &str) -> sqlx::Result<u64> {
        let mut connection = self.pool.acquire().await?;
        if self.kind == Kind::Sqlite {
            // What is deleted is overwritten too.
            connection.execute("PRAGMA secure_delete = ON").await?;
        }
        let mut transaction = match self.kind {
            Kind::Sqlite => connection.begin_with("BEGIN IMMEDIATE").await?,
            Kind::Postgres => connection.begin().await?,
        };
        let stored = leave(&mut transaction, "submission", condition, value).await?;
        for (id, envelope) in &stored {
            sqlx::query(
                "INSERT INTO gone (id, digest) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            )
            .bind(id)
            .bind(digest(envelope))
            .execute(&mut *transaction)
            .await?;
        }
        let sealed = forget(&mut transaction, condition, value).await?;
        let aside = leave(&mut transaction, "kept_aside", condition, value).await?;
        transaction.commit().await?;
        Ok((stored.len() + aside.len()) as u64 + sealed)
    }

    /// Takes what was erased out of the write-ahead log as well.
    async fn scrub(&self) -> sqlx::Result<()> {
        if self.kind == Kind::Sqlite {
            self.pool.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }
}

async fn leave(
    transaction: &mut Transaction<'_, Any>,
    table: &'static str,
    condition: &'static str,
    value: &str,
) -> sqlx::Result<Vec<(String, String)>> {
    let rows: Vec<(i64, String, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "SELECT sequence, id, envelope FROM {table} WHERE {condition} ORDER BY sequence LIMIT {TOGETHER}"
    )))
    .bind(value)
    .fetch_all(&mut **transaction)
    .await?;
    for (sequence, _, _) in &rows {
        sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE sequence = $1")))
            .bind(sequence)
            .execute(&mut **transaction)
            .await?;
    }
    Ok(rows.into_iter().map(|(_, id, envelope)| (id, envelope)).collect())
}

/// Lets go of what is still sealed, for its age: nobody can tell whom it is about. Its id stays.
async fn forget(
    transaction: &mut Transaction<'_, Any>,
    condition: &'static str,
    value: &str,
) -> sqlx::Result<u64> {
    if condition != OLDER {
        return Ok(0);
    }
    let forgotten = sqlx::query(sqlx::AssertSqlSafe(format!(
        "UPDATE sealed SET envelope = NULL WHERE sequence IN (SELECT sequence FROM sealed \
         WHERE envelope IS NOT NULL AND {condition} ORDER BY sequence LIMIT {TOGETHER})"
    )))
    .bind(value)
    .execute(&mut **transaction)
    .await?;
    Ok(forgotten.rows_affected())
}
