//! Reading the database: definitions, and submissions in the order of arrival.

use super::{Definition, KeptAside, Store, Stored};

impl Store {
    /// Keeps a definition for as long as there may be submissions to it.
    pub async fn remember(&self, survey: &Definition) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO survey (hash, id, version, definition) VALUES ($1, $2, $3, $4)
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

    /// The definition of that hash: another receiver may have brought it.
    pub async fn definition(&self, hash: &str) -> sqlx::Result<Option<Definition>> {
        sqlx::query_as("SELECT hash, id, version, definition FROM survey WHERE hash = $1")
            .bind(hash)
            .fetch_optional(&self.pool)
            .await
    }

    /// A batch of submissions after the given sequence number, in the order of arrival; of one
    /// survey or of all.
    pub async fn batch(&self, survey: Option<&str>, after: i64) -> sqlx::Result<Vec<Stored>> {
        sqlx::query_as(
            "SELECT sequence, hash, envelope, scores, scores_differ, received_at FROM submission
             WHERE sequence > $1 AND ($2 = '' OR survey = $2) ORDER BY sequence LIMIT 500",
        )
        .bind(after)
        .bind(survey.unwrap_or_default())
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
             WHERE sequence > $1 AND ($2 = '' OR survey = $2) ORDER BY sequence LIMIT 500",
        )
        .bind(after)
        .bind(survey.unwrap_or_default())
        .fetch_all(&self.pool)
        .await
    }

    /// Whether a link for one submission has brought it.
    pub async fn is_spent(&self, link: &str) -> sqlx::Result<bool> {
        let spent: Option<(String,)> =
            sqlx::query_as("SELECT submission FROM spent_link WHERE link = $1")
                .bind(link)
                .fetch_optional(&self.pool)
                .await?;
        Ok(spent.is_some())
    }
}
