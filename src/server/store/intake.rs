//! Storing submissions exactly once: the only way into the table of submissions.

use sqlx::{Any, AnyConnection, Connection, Transaction};

use super::{Arrival, Kind, Receipt, Verdict, shut};
use crate::server::judge::Reason;
use crate::value::Map;

/// Stores submissions in one transaction: all of them are on disk once this is done, or none.
pub async fn store(
    arrivals: &[&Arrival],
    kind: Kind,
    connection: &mut AnyConnection,
) -> sqlx::Result<Vec<Receipt>> {
    let mut transaction = match kind {
        // Taking the write lock first keeps it from being refused half-way.
        Kind::Sqlite => connection.begin_with("BEGIN IMMEDIATE").await?,
        Kind::Postgres => connection.begin().await?,
    };
    let mut receipts = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        let receipt = store_one(arrival, &mut transaction).await?;
        if let Some(digest) = &arrival.sealed
            && !matches!(receipt, Receipt::Unwelcome)
        {
            shut::opened(arrival, digest, &mut transaction).await?;
        }
        receipts.push(receipt);
    }
    transaction.commit().await?;
    Ok(receipts)
}

async fn store_one(
    arrival: &Arrival,
    transaction: &mut Transaction<'_, Any>,
) -> sqlx::Result<Receipt> {
    if let Verdict::Valid { hash, scores, scores_differ } = &arrival.verdict {
        let scores = serde_json::to_string(scores).unwrap_or_default();
        // The database decides who is first, so that two receivers never both are.
        if insert(arrival, (hash, &scores, *scores_differ), transaction).await? {
            return spend(arrival, transaction).await;
        }
    }
    if let Verdict::Sealed = arrival.verdict {
        if let Some(receipt) = shut::keep(arrival, transaction).await? {
            return Ok(receipt);
        }
        keep_aside(arrival, &[Reason::whole("conflict")], transaction).await?;
        return Ok(Receipt::Conflict);
    }
    match find(arrival, transaction).await? {
        Found::Same(scores) => Ok(Receipt::AlreadyStored { scores }),
        Found::Other => {
            keep_aside(arrival, &[Reason::whole("conflict")], transaction).await?;
            Ok(Receipt::Conflict)
        }
        Found::Nothing => match &arrival.verdict {
            Verdict::Invalid { reasons } => {
                keep_aside(arrival, reasons, transaction).await?;
                Ok(Receipt::KeptAside)
            }
            Verdict::Unwelcome { .. } => Ok(Receipt::Unwelcome),
            // Erased between the two statements.
            Verdict::Valid { .. } | Verdict::Sealed => Err(sqlx::Error::RowNotFound),
        },
    }
}

/// What is known of a submission's id.
enum Found {
    Nothing,
    Same(Map),
    Other,
}

async fn find(arrival: &Arrival, transaction: &mut Transaction<'_, Any>) -> sqlx::Result<Found> {
    let stored: Option<(String, String)> =
        sqlx::query_as("SELECT envelope, scores FROM submission WHERE id = $1")
            .bind(&arrival.id)
            .fetch_optional(&mut **transaction)
            .await?;
    if let Some((envelope, scores)) = stored {
        let same = envelope == arrival.envelope;
        let scores = serde_json::from_str(&scores).unwrap_or_default();
        return Ok(if same { Found::Same(scores) } else { Found::Other });
    }
    let gone: Option<(String,)> = sqlx::query_as("SELECT digest FROM gone WHERE id = $1")
        .bind(&arrival.id)
        .fetch_optional(&mut **transaction)
        .await?;
    Ok(match gone {
        Some((digest,)) if digest == arrival.digest() => Found::Same(Map::new()),
        Some(_) => Found::Other,
        None => Found::Nothing,
    })
}

/// False where the id is taken, or was.
async fn insert(
    arrival: &Arrival,
    (hash, scores, scores_differ): (&str, &str, bool),
    transaction: &mut Transaction<'_, Any>,
) -> sqlx::Result<bool> {
    let inserted = sqlx::query(
        "INSERT INTO submission (id, survey, hash, envelope, scores, scores_differ, reference)
         SELECT $1, $2, $3, $4, $5, $6, $7
         WHERE NOT EXISTS (SELECT 1 FROM gone WHERE gone.id = $1)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&arrival.id)
    .bind(&arrival.survey)
    .bind(hash)
    .bind(&arrival.envelope)
    .bind(scores)
    .bind(i64::from(scores_differ))
    .bind(&arrival.reference)
    .execute(&mut **transaction)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Spends the link that a submission came by, or takes the submission out again where another one
/// has done so before.
async fn spend(arrival: &Arrival, transaction: &mut Transaction<'_, Any>) -> sqlx::Result<Receipt> {
    let Some(link) = &arrival.link else { return Ok(Receipt::Stored) };
    let spent = sqlx::query(
        "INSERT INTO spent_link (link, submission) VALUES ($1, $2) ON CONFLICT (link) DO NOTHING",
    )
    .bind(link)
    .bind(&arrival.id)
    .execute(&mut **transaction)
    .await?;
    if spent.rows_affected() == 1 {
        return Ok(Receipt::Stored);
    }
    sqlx::query("DELETE FROM submission WHERE id = $1")
        .bind(&arrival.id)
        .execute(&mut **transaction)
        .await?;
    keep_aside(arrival, &[Reason::whole("link-used")], transaction).await?;
    Ok(Receipt::LinkUsed)
}

async fn keep_aside(
    arrival: &Arrival,
    reasons: &[Reason],
    transaction: &mut Transaction<'_, Any>,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO kept_aside (digest, id, survey, reasons, envelope, reference)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (digest) DO UPDATE SET reasons = excluded.reasons",
    )
    .bind(arrival.digest())
    .bind(&arrival.id)
    .bind(&arrival.survey)
    .bind(serde_json::to_string(reasons).unwrap_or_default())
    .bind(&arrival.envelope)
    .bind(&arrival.reference)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
