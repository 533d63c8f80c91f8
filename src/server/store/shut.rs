//! Sealed submissions: kept as they are until somebody opens them.

use sqlx::{Any, Transaction};

use super::{Arrival, Receipt, Sealed, Store};

/// What became of a sealed submission; nothing where its id came with something else before.
pub async fn keep(
    arrival: &Arrival,
    transaction: &mut Transaction<'_, Any>,
) -> sqlx::Result<Option<Receipt>> {
    let inserted = sqlx::query(
        "INSERT INTO sealed (id, survey, digest, envelope) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&arrival.id)
    .bind(&arrival.survey)
    .bind(arrival.digest())
    .bind(&arrival.envelope)
    .execute(&mut **transaction)
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(Some(Receipt::Stored));
    }
    let known: Option<(String,)> = sqlx::query_as("SELECT digest FROM sealed WHERE id = $1")
        .bind(&arrival.id)
        .fetch_optional(&mut **transaction)
        .await?;
    let same = known.is_some_and(|(digest,)| digest == arrival.digest());
    Ok(same.then(|| Receipt::AlreadyStored { scores: Default::default() }))
}

/// Notes that a submission came sealed and is open now: what was sealed goes, a late copy is known.
pub async fn opened(
    arrival: &Arrival,
    digest: &str,
    transaction: &mut Transaction<'_, Any>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO sealed (id, survey, digest) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET envelope = NULL WHERE sealed.digest = excluded.digest",
    )
    .bind(&arrival.id)
    .bind(&arrival.survey)
    .bind(digest)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

impl Store {
    /// A batch of what is still sealed, after the given sequence number and in the order of arrival; of
    /// one survey or of all.
    pub async fn batch_sealed(
        &self,
        survey: Option<&str>,
        after: i64,
    ) -> sqlx::Result<Vec<Sealed>> {
        sqlx::query_as(
            "SELECT sequence, envelope FROM sealed WHERE envelope IS NOT NULL
             AND sequence > $1 AND ($2 = '' OR survey = $2) ORDER BY sequence LIMIT 500",
        )
        .bind(after)
        .bind(survey.unwrap_or_default())
        .fetch_all(&self.pool)
        .await
    }

    /// How many are still sealed, of one survey or of all.
    pub async fn count_sealed(&self, survey: Option<&str>) -> sqlx::Result<i64> {
        let (count,): (i64,) = sqlx::query_as(
            "SELECT count(*) FROM sealed WHERE envelope IS NOT NULL AND ($1 = '' OR survey = $1)",
        )
        .bind(survey.unwrap_or_default())
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }
}
