//! Submissions as a table: which columns there are, and what stands in each cell.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use crate::questions::{Kind, scalar_text};
use crate::server::store::{Definition, Stored};
use crate::survey::Survey;
use crate::value::{Map, Value};

/// The columns before the answers, with their place in a submission.
const FIXED: &[(&str, &[&str])] = &[
    ("submission", &["submissionId"]),
    ("survey", &["survey", "id"]),
    ("version", &["survey", "version"]),
    ("status", &["status"]),
    ("locale", &["locale"]),
    ("channel", &["channel"]),
    ("started", &["startedAt"]),
    ("completed", &["completedAt"]),
    ("duration_ms", &["durationMs"]),
];

/// A column of answers: a question's, or one row's of a matrix.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Column {
    id: String,
    row: Option<String>,
}

/// The columns that some submissions need.
pub struct Table {
    definitions: HashMap<String, String>,
    seen: BTreeSet<String>,
    answers: Vec<Column>,
    /// The same, for looking up.
    known: BTreeSet<Column>,
    scores: Vec<String>,
}

impl Table {
    pub fn new(definitions: Vec<Definition>) -> Self {
        let definitions = definitions.into_iter().map(|known| (known.hash, known.definition));
        Table {
            definitions: definitions.collect(),
            seen: BTreeSet::new(),
            answers: Vec::new(),
            known: BTreeSet::new(),
            scores: Vec::new(),
        }
    }

    /// Makes room for a submission: the columns of its survey in the order of the survey, then
    /// whatever else it holds.
    pub fn note(&mut self, stored: &Stored, envelope: &Map) {
        if self.seen.insert(stored.hash.clone())
            && let Some(definition) = self.definitions.remove(&stored.hash)
            && let Ok(loaded) = Survey::load(&definition)
        {
            self.add_survey(&loaded.survey);
        }
        for (id, answer) in envelope.get("answers").and_then(Value::as_map).into_iter().flatten() {
            for row in self.rows_of(id, answer) {
                self.add(Column { id: id.clone(), row });
            }
        }
        for id in scores(stored).into_keys() {
            self.add_score(id);
        }
    }

    fn add_survey(&mut self, survey: &Survey) {
        for question in &survey.questions {
            let id = &question.source.id;
            match &question.kind {
                Kind::Matrix(matrix) => {
                    for row in &matrix.rows {
                        let row = Some(scalar_text(&row.value));
                        self.add(Column { id: id.clone(), row });
                    }
                }
                kind if kind.as_type().takes_answer() => {
                    self.add(Column { id: id.clone(), row: None });
                    if kind.as_type().other().is_some() {
                        self.add(Column { id: format!("{id}-comment"), row: None });
                    }
                }
                _ => {}
            }
        }
        for entry in &survey.scoring {
            self.add_score(entry.source.id.clone());
        }
    }

    /// An answer to a question whose rows have columns goes into these, any other into one.
    fn rows_of(&self, id: &str, answer: &Value) -> Vec<Option<String>> {
        let has_rows = self.answers.iter().any(|column| column.id == id && column.row.is_some());
        match answer.as_map() {
            Some(rows) if has_rows => rows.keys().cloned().map(Some).collect(),
            _ => vec![None],
        }
    }

    fn add(&mut self, column: Column) {
        if self.known.insert(column.clone()) {
            self.answers.push(column);
        }
    }

    fn add_score(&mut self, id: String) {
        if !self.scores.contains(&id) {
            self.scores.push(id);
        }
    }

    /// Writes the line of column names, after the mark by which spreadsheets know UTF-8.
    pub fn write_head(&self, output: &mut impl Write) -> io::Result<()> {
        output.write_all("\u{feff}".as_bytes())?;
        let fixed = FIXED.iter().map(|(name, _)| (*name).to_owned());
        let fixed = fixed.chain([String::from("received")]);
        let answers = self.answers.iter().map(|column| match &column.row {
            Some(row) => format!("{}.{row}", column.id),
            None => column.id.clone(),
        });
        let scores = self.scores.iter().map(|id| format!("score.{id}"));
        write_record(fixed.chain(answers).chain(scores).map(guarded), output)
    }

    pub fn write_row(
        &self,
        stored: &Stored,
        envelope: &Map,
        output: &mut impl Write,
    ) -> io::Result<()> {
        let whole = Value::Map(envelope.clone());
        let fixed = FIXED
            .iter()
            .map(|(_, path)| cell(path.iter().try_fold(&whole, |value, key| value.get(key))));
        let fixed = fixed.chain([stored.received_at.clone()]);
        let answers = self.answers.iter().map(|column| {
            let answer = envelope.get("answers").and_then(|answers| answers.get(&column.id));
            match &column.row {
                Some(row) => cell(answer.and_then(|rows| rows.get(row))),
                None => cell(answer.filter(|_| !self.is_spread(column, answer))),
            }
        });
        let own = scores(stored);
        let scores = self.scores.iter().map(|id| cell(own.get(id).and_then(|s| s.get("value"))));
        write_record(fixed.chain(answers).chain(scores), output)
    }

    /// Whether the answer stands in the columns of its rows already.
    fn is_spread(&self, column: &Column, answer: Option<&Value>) -> bool {
        let has_rows = || self.answers.iter().any(|c| c.id == column.id && c.row.is_some());
        answer.is_some_and(|answer| answer.as_map().is_some()) && has_rows()
    }
}

fn scores(stored: &Stored) -> Map {
    serde_json::from_str(&stored.scores).unwrap_or_default()
}

/// A value as a cell. Text that a spreadsheet would run as a formula is guarded; numbers, which
/// may well begin with a minus, are not.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::List(items)) if items.iter().all(is_scalar) => {
            guarded(items.iter().map(scalar_text).collect::<Vec<_>>().join("|"))
        }
        Some(value @ (Value::List(_) | Value::Map(_))) => value.to_json(),
        Some(Value::Text(text)) => guarded(text.clone()),
        Some(value) => scalar_text(value),
    }
}

fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Map(_))
}

fn guarded(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

fn write_record(cells: impl Iterator<Item = String>, output: &mut impl Write) -> io::Result<()> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells)?;
    // Written as a whole, so that an error of the output keeps its kind.
    let record = writer.into_inner().map_err(|error| error.into_error())?;
    output.write_all(&record)
}
