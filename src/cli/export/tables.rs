//! Submissions as tables: for spreadsheets and for programs of statistics.

use std::io::{self, Write};
use std::sync::Arc;

use super::source::{Exporter, Source, Submission};
use crate::cli::lines;
use crate::export::columns::Columns;
use crate::export::sav::Writer;
use crate::export::{codebook, long};
use crate::value::Value;

impl Exporter<'_> {
    /// Two passes: which columns there are is known once every submission was seen.
    pub async fn csv(&self) -> Result<(), String> {
        let definitions = self.definitions().await?;
        let mut columns = Columns::default();
        if let (Source::Files(_), Some(survey)) = (self.source, &self.survey) {
            columns.add_survey(survey);
        }
        let mut seen = Vec::new();
        let mut last = 0;
        self.each(|submission| {
            let hash = submission.hash;
            if !seen.contains(&hash) {
                if let Some(survey) = definitions.get(&hash) {
                    columns.add_survey(survey);
                }
                seen.push(hash);
            }
            columns.note(&submission.envelope, &submission.scores);
            last = submission.sequence;
            Ok(true)
        })
        .await?;
        let mut output = io::stdout().lock();
        if !lines::is_open(columns.write_head(&mut output))? {
            return Ok(());
        }
        self.each(|submission| {
            if submission.sequence > last {
                // It arrived between the passes: there may be no columns for it.
                return Ok(false);
            }
            let row = columns.write_row(&submission.envelope, &submission.scores, &mut output);
            lines::is_open(row)
        })
        .await
    }

    pub async fn long(&self) -> Result<(), String> {
        let definitions = self.definitions().await?;
        let mut output = io::stdout().lock();
        if !lines::is_open(long::write_head(&mut output))? {
            return Ok(());
        }
        self.each(|submission| {
            let envelope = &submission.envelope;
            let survey = definitions.get(&submission.hash).or(self.survey.as_ref());
            let locale = survey.map(|survey| self.locale(survey)).unwrap_or_default();
            let survey = survey.map(Arc::as_ref);
            lines::is_open(long::write_rows(envelope, survey, &locale, &mut output))
        })
        .await
    }

    pub async fn codebook(&self) -> Result<(), String> {
        let survey = self.one_survey().await?;
        lines::is_open(codebook::write(&survey, &mut io::stdout().lock())).map(drop)
    }

    pub async fn sav(&self) -> Result<(), String> {
        let survey = self.one_survey().await?;
        let mut writer = Writer::new(&survey, &self.locale(&survey));
        let is_other = |submission: &Submission| {
            let id = submission.envelope.get("survey").and_then(|survey| survey.get("id"));
            id.and_then(Value::as_text).is_some_and(|id| id != survey.source.id)
        };
        self.each(|submission| {
            if !is_other(&submission) {
                writer.widen(&submission.envelope);
            }
            Ok(true)
        })
        .await?;
        let mut output = io::BufWriter::new(io::stdout().lock());
        if !lines::is_open(writer.write_head(None, &mut output))? {
            return Ok(());
        }
        self.each(|submission| {
            if is_other(&submission) {
                return Ok(true);
            }
            let case = writer.write_case(&submission.envelope, &submission.scores, &mut output);
            lines::is_open(case)
        })
        .await?;
        lines::is_open(output.flush()).map(drop)
    }
}
