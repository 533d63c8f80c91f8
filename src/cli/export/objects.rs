//! Submissions line by line as JSON: as they are kept, as they were put aside, and as statements.

use std::io::{self, Write};

use super::source::{Exporter, Source, parse, refuses};
use crate::cli::lines;
use crate::export::xapi;
use crate::value::Value;

impl Exporter<'_> {
    pub async fn ndjson(&self) -> Result<(), String> {
        let mut output = io::stdout().lock();
        self.each(|submission| {
            let mut envelope = submission.envelope;
            envelope.insert(String::from("scores"), Value::Map(submission.scores));
            if submission.scores_differ {
                envelope.insert(String::from("scoresDiffer"), Value::Bool(true));
            }
            lines::is_open(writeln!(output, "{}", Value::Map(envelope).to_json()))
        })
        .await
    }

    pub async fn refused(&self) -> Result<(), String> {
        let Source::Store(store) = self.source else {
            return Err(String::from("only a receiver keeps aside what it refused"));
        };
        let mut output = io::stdout().lock();
        let mut after = 0;
        loop {
            let wanted = self.options.survey.as_deref();
            let batch = store.batch_aside(wanted, after).await.map_err(refuses)?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for refused in &batch {
                let mut envelope = parse(&refused.envelope);
                let reasons = serde_json::from_str(&refused.reasons).unwrap_or_default();
                envelope.insert(String::from("refusedFor"), reasons);
                envelope.insert(String::from("receivedAt"), refused.received_at.as_str().into());
                let line = Value::Map(envelope).to_json();
                if !lines::is_open(writeln!(output, "{line}"))? {
                    return Ok(());
                }
            }
        }
    }

    pub async fn sealed(&self) -> Result<(), String> {
        let Source::Store(store) = self.source else {
            return Err(String::from("--sealed reads the database of a receiver"));
        };
        let mut output = io::stdout().lock();
        let mut after = 0;
        loop {
            let wanted = self.options.survey.as_deref();
            let batch = store.batch_sealed(wanted, after).await.map_err(refuses)?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for sealed in &batch {
                if !lines::is_open(writeln!(output, "{}", sealed.envelope))? {
                    return Ok(());
                }
            }
        }
    }

    pub async fn xapi(&self) -> Result<(), String> {
        let definitions = self.definitions().await?;
        let base = self.options.base.trim_end_matches('/');
        let mut output = io::stdout().lock();
        self.each(|submission| {
            let envelope = &submission.envelope;
            let survey = definitions.get(&submission.hash).or(self.survey.as_ref());
            let survey = survey
                .ok_or("a submission's survey is not known here: name it with --definition")?;
            for statement in xapi::statements(survey, envelope, &submission.scores, base) {
                if !lines::is_open(writeln!(output, "{}", statement.to_json()))? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
        .await
    }
}
