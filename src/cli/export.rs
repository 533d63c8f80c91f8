//! `askwell export`: what the receiver stored, or what stands in files, for other programs.

mod files;

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use tokio::runtime::Runtime;

use super::{Outcome, lines, surveys};
use crate::export::columns::Columns;
use crate::export::sav::Writer;
use crate::export::{codebook, long, xapi};
use crate::server::store::{Location, Store, explain};
use crate::survey::Survey;
use crate::value::{Map, Value};
use files::Files;

/// Print submissions for other programs
#[derive(Args)]
#[command(after_help = "\
csv has one row per submission: who, which and when, then the answers, then the scores and what the page
told. Rows of a matrix are columns `question.row`, several choices are joined by `|`, and text that a
spreadsheet would take for a formula starts with an apostrophe. `askwell report` and --from read it back.
csv-long has one row per answer, codebook one per column of csv with what its values mean.
ndjson has one submission per line as it was sent, with the receiver's own scores
(and \"scoresDiffer\": true where the sender computed others).
xapi has one statement per line (xAPI 1.0.3); sav is an SPSS file, in which what is
no answer (don't know, prefer not to say, not observed) is a number declared as missing.
What was answered with 409 or 422 is kept aside: --refused prints it, with the reasons.
What devices sealed and nobody has opened yet is in none of these: --sealed prints it, for askwell import.

Examples:
  askwell export --format csv > answers.csv
  askwell export --survey tour-satisfaction --format ndjson | askwell score tour-satisfaction
  askwell export --from answers.ndjson --definition tour-satisfaction --format sav > answers.sav
  askwell export --definition tour-satisfaction --format codebook > codebook.csv
  askwell export --survey tour-satisfaction --format xapi --base https://example.org/askwell
  askwell export --refused --format ndjson
  askwell export --sealed --format ndjson > sealed.ndjson")]
pub struct Options {
    /// The database of the receiver
    #[arg(long, value_name = "URL", default_value = "sqlite:askwell.db")]
    database: String,
    /// Read these files instead: ndjson, or csv as printed here; - is standard input
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "definition")]
    from: Vec<String>,
    /// The survey that was answered: a definition file, or the id of an instrument
    #[arg(long, value_name = "SURVEY")]
    definition: Option<String>,
    /// Only submissions to this survey
    #[arg(long, value_name = "ID")]
    survey: Option<String>,
    /// What to print
    #[arg(long, value_enum)]
    format: Format,
    /// The language of labels; the survey's own where absent
    #[arg(long, value_name = "LANGUAGE")]
    locale: Option<String>,
    /// The address under which xAPI statements name the survey
    #[arg(long, value_name = "ADDRESS", default_value = "https://askwell.example")]
    base: String,
    /// Print what was refused and kept aside instead; as ndjson only
    #[arg(long)]
    refused: bool,
    /// Print what is still sealed instead; as ndjson only
    #[arg(long, conflicts_with = "refused")]
    sealed: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Csv,
    CsvLong,
    Codebook,
    Ndjson,
    Xapi,
    Sav,
}

pub fn run(options: &Options) -> Result<Outcome, String> {
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    runtime.block_on(export(options))?;
    Ok(Outcome::Fine)
}

async fn export(options: &Options) -> Result<(), String> {
    if options.refused && options.format != Format::Ndjson {
        return Err(String::from(
            "--refused needs --format ndjson: what does not fit its survey fits no table",
        ));
    }
    if options.sealed && options.format != Format::Ndjson {
        return Err(String::from("--sealed needs --format ndjson: nobody can look into it here"));
    }
    let survey = match &options.definition {
        Some(name) => Some(surveys::find(name)?.load()?),
        None => None,
    };
    if let (Format::Codebook, Some(survey)) = (options.format, &survey) {
        return lines::is_open(codebook::write(survey, &mut io::stdout().lock())).map(drop);
    }
    let source = match &survey {
        Some(survey) if !options.from.is_empty() => {
            Source::Files(Files::new(&options.from, Arc::clone(survey)))
        }
        _ => {
            let location = Location { url: &options.database, create: false, max_size: None };
            Source::Store(Store::open(&location).await?)
        }
    };
    let exporter = Exporter { source: &source, options, survey };
    let exported = match options.format {
        Format::Csv => exporter.csv().await,
        Format::CsvLong => exporter.long().await,
        Format::Codebook => exporter.codebook().await,
        Format::Xapi => exporter.xapi().await,
        Format::Sav => exporter.sav().await,
        Format::Ndjson if options.refused => exporter.refused().await,
        Format::Ndjson if options.sealed => exporter.sealed().await,
        Format::Ndjson => exporter.ndjson().await,
    };
    exporter.tell_of_sealed().await?;
    if let Source::Store(store) = source {
        store.close().await;
    }
    exported
}

/// Where submissions come from.
enum Source {
    Store(Store),
    Files(Files),
}

/// A submission with the scores that count.
struct Submission {
    /// Its place among all.
    sequence: i64,
    /// Of the definition that was answered.
    hash: String,
    envelope: Map,
    scores: Map,
    scores_differ: bool,
}

struct Exporter<'a> {
    source: &'a Source,
    options: &'a Options,
    /// The survey that was named; of a store the definitions are known.
    survey: Option<Arc<Survey>>,
}

impl Exporter<'_> {
    /// Hands over every submission, in the order of arrival, until nobody wants more.
    async fn each(
        &self,
        mut take: impl FnMut(Submission) -> Result<bool, String>,
    ) -> Result<(), String> {
        let wanted = self.options.survey.as_deref();
        let store = match self.source {
            Source::Store(store) => store,
            Source::Files(files) => {
                return files.each(|sequence, envelope| {
                    let id = envelope.get("survey").and_then(|survey| survey.get("id"));
                    let id = id.and_then(Value::as_text);
                    if wanted.is_some() && id != wanted {
                        return Ok(true);
                    }
                    let scores = envelope.get("scores").and_then(Value::as_map).cloned();
                    let scores = scores.unwrap_or_default();
                    let hash = envelope.get("survey").and_then(|survey| survey.get("hash"));
                    let hash = hash.and_then(Value::as_text).unwrap_or_default().to_owned();
                    take(Submission { sequence, hash, envelope, scores, scores_differ: false })
                });
            }
        };
        let mut after = 0;
        loop {
            let batch = store.batch(wanted, after).await.map_err(refuses)?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = last.sequence;
            for stored in &batch {
                let mut envelope = parse(&stored.envelope);
                let received = stored.received_at.as_str().into();
                envelope.insert(String::from("receivedAt"), received);
                let submission = Submission {
                    sequence: stored.sequence,
                    hash: stored.hash.clone(),
                    envelope,
                    scores: parse(&stored.scores),
                    scores_differ: stored.scores_differ != 0,
                };
                if !take(submission)? {
                    return Ok(());
                }
            }
        }
    }

    async fn ndjson(&self) -> Result<(), String> {
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

    async fn refused(&self) -> Result<(), String> {
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

    async fn sealed(&self) -> Result<(), String> {
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

    /// Whoever counts answers is told that there are more.
    async fn tell_of_sealed(&self) -> Result<(), String> {
        let Source::Store(store) = self.source else { return Ok(()) };
        let wanted = self.options.survey.as_deref();
        let count = store.count_sealed(wanted).await.map_err(refuses)?;
        if count > 0 && !self.options.sealed && !self.options.refused {
            eprintln!(
                "askwell: {count} more are sealed: `askwell export --sealed` prints them, and \
                 `askwell import --open-with` opens them"
            );
        }
        Ok(())
    }

    /// Every definition that is known, by its hash.
    async fn definitions(&self) -> Result<HashMap<String, Arc<Survey>>, String> {
        let mut all = HashMap::new();
        if let Some(survey) = &self.survey {
            all.insert(survey.hash().to_owned(), Arc::clone(survey));
        }
        if let Source::Store(store) = self.source {
            for known in store.definitions().await.map_err(refuses)? {
                if let Ok(loaded) = Survey::load(&known.definition) {
                    all.insert(known.hash, Arc::new(loaded.survey));
                }
            }
        }
        Ok(all)
    }

    /// The one survey that labels are taken from.
    async fn one_survey(&self) -> Result<Arc<Survey>, String> {
        if let Some(survey) = &self.survey {
            return Ok(Arc::clone(survey));
        }
        let wanted = self.options.survey.as_deref();
        let mut found: Vec<Arc<Survey>> = self.definitions().await?.into_values().collect();
        found.retain(|survey| wanted.is_none_or(|id| survey.source.id == id));
        found.sort_by(|one, other| one.source.version.cmp(&other.source.version));
        let several =
            found.iter().any(|one| found.iter().any(|two| one.source.id != two.source.id));
        match found.pop() {
            Some(survey) if !several => Ok(survey),
            Some(_) => Err(String::from("there are several surveys: say which with --survey")),
            None => Err(String::from("the survey is not known here: name it with --definition")),
        }
    }

    fn locale(&self, survey: &Survey) -> String {
        self.options.locale.clone().unwrap_or_else(|| survey.default_locale().to_owned())
    }

    /// Two passes: which columns there are is known once every submission was seen.
    async fn csv(&self) -> Result<(), String> {
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

    async fn long(&self) -> Result<(), String> {
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

    async fn codebook(&self) -> Result<(), String> {
        let survey = self.one_survey().await?;
        lines::is_open(codebook::write(&survey, &mut io::stdout().lock())).map(drop)
    }

    async fn xapi(&self) -> Result<(), String> {
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

    async fn sav(&self) -> Result<(), String> {
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

/// Only JSON gets into the database.
fn parse(json: &str) -> Map {
    serde_json::from_str(json).unwrap_or_default()
}

fn refuses(error: sqlx::Error) -> String {
    format!("the database refuses: {}", explain(&error))
}
