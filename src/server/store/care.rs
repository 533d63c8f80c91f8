//! Letting go: what is older than it may become, and what somebody asked to have erased.

use sqlx::{Any, Connection, Executor, Transaction};

use super::{Kind, Store, digest, reference};
use crate::seal::{OpeningKey, open};
use crate::value::Value;

/// How many rows leave in one transaction, so that submissions do not wait for long.
const TOGETHER: i64 = 500;

/// What is older than a moment.
const OLDER: &str = "received_at < $1";
/// What is about somebody, as far as that can be read.
const ABOUT: &str = "reference = $1";
const THIS: &str = "id = $1";

/// What was erased.
#[derive(Debug, Default, PartialEq)]
pub struct Erased {
    /// How much it was: a submission may have been kept aside several times.
    pub count: u64,
    /// Which submissions, each once.
    pub ids: Vec<String>,
}

impl Erased {
    /// Adds what else was erased.
    pub fn add(&mut self, other: Erased) {
        self.count += other.count;
        for id in other.ids {
            if !id.is_empty() && !self.ids.contains(&id) {
                self.ids.push(id);
            }
        }
    }
}

impl Store {
    /// Erases what is about a respondent and can be read.
    pub async fn erase(&self, reference: &str) -> sqlx::Result<Erased> {
        self.erase_all(ABOUT, reference).await
    }

    /// Erases a submission by its id, sealed or not.
    pub async fn erase_one(&self, id: &str) -> sqlx::Result<Erased> {
        self.erase_all(THIS, id).await
    }

    /// Erases what is sealed and, opened with this key, turns out to be about a respondent; and says how
    /// much stays shut with it.
    pub async fn erase_sealed(
        &self,
        about: &str,
        key: &OpeningKey,
    ) -> sqlx::Result<(Erased, usize)> {
        let (mut erased, mut shut, mut after) = (Erased::default(), 0, 0);
        loop {
            let batch = self.batch_sealed(None, after).await?;
            let Some(last) = batch.last() else { return Ok((erased, shut)) };
            after = last.sequence;
            for sealed in &batch {
                let sealed = Value::from_json(&sealed.envelope).unwrap_or_default();
                let opened = open(&sealed, key).ok();
                let opened = opened.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
                let Some(opened) = opened else {
                    shut += 1;
                    continue;
                };
                let id = sealed.get("submissionId").and_then(Value::as_text);
                if let Some(id) = id.filter(|_| reference(&opened).as_deref() == Some(about)) {
                    erased.add(self.erase_one(id).await?);
                }
            }
        }
    }

    async fn erase_all(&self, condition: &'static str, value: &str) -> sqlx::Result<Erased> {
        let mut erased = Erased::default();
        loop {
            let some = self.let_go(condition, value).await?;
            let was_all = some.count == 0;
            erased.add(some);
            if was_all {
                self.scrub().await?;
                return Ok(erased);
            }
        }
    }

    /// Erases some of what arrived before a moment as RFC 3339 in UTC; 0 where nothing is left.
    pub async fn let_age_out(&self, before: &str) -> sqlx::Result<u64> {
        Ok(self.let_go(OLDER, before).await?.count)
    }

    async fn let_go(&self, condition: &'static str, value: &str) -> sqlx::Result<Erased> {
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
        let count = stored.len() + aside.len() + sealed.len();
        let read = stored.into_iter().chain(aside).map(|(id, _)| id);
        Ok(Erased { count: count as u64, ids: read.chain(sealed).collect() })
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

/// Lets go of what is still sealed, for its age or by its id: nobody can tell whom it is about. Its id
/// and digest stay, so that a late copy is known.
async fn forget(
    transaction: &mut Transaction<'_, Any>,
    condition: &'static str,
    value: &str,
) -> sqlx::Result<Vec<String>> {
    if condition == ABOUT {
        return Ok(Vec::new());
    }
    let forgotten: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "UPDATE sealed SET envelope = NULL WHERE sequence IN (SELECT sequence FROM sealed \
         WHERE envelope IS NOT NULL AND {condition} ORDER BY sequence LIMIT {TOGETHER}) RETURNING id"
    )))
    .bind(value)
    .fetch_all(&mut **transaction)
    .await?;
    Ok(forgotten.into_iter().map(|(id,)| id).collect())
}
