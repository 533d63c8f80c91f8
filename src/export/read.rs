//! A table with a row per submission, read back into submissions.

use std::io::{self, BufRead, BufReader, Read};

use super::cell::Form;
use super::columns::Columns;
use super::wide::FIXED;
use crate::survey::Survey;
use crate::value::{Map, Value};

/// How many of the columns before the answers every version of `askwell export` has printed.
const ALWAYS: usize = 10;

/// What a column of the table holds.
enum Target {
    /// A place in the submission.
    Fixed(&'static [&'static str]),
    Answer {
        id: String,
        row: Option<String>,
        form: Form,
    },
    Score(String),
    Entry(&'static str, String),
}

/// Submissions in a table, one after the other.
pub struct Reader<R> {
    reader: csv::Reader<BufReader<R>>,
    targets: Vec<Target>,
    record: csv::StringRecord,
}

impl<R: Read> Reader<R> {
    /// Reads the line of column names. Columns that neither the survey nor the tables of
    /// `askwell export` have are answers under their name.
    ///
    /// # Errors
    /// There is no such line.
    pub fn new(input: R, survey: &Survey) -> Result<Reader<R>, String> {
        let mut input = BufReader::new(input);
        let separator = separator(input.fill_buf().map_err(|error| error.to_string())?);
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(separator).from_reader(input);
        let names = reader.headers().map_err(|error| error.to_string())?.clone();
        let mut columns = Columns::default();
        columns.add_survey(survey);
        let pairs = names.iter().map(clean).zip(FIXED);
        let leading = pairs.take_while(|(name, (fixed, _))| name == fixed).count();
        let own = leading >= ALWAYS;
        let targets = names.iter().enumerate().map(|(at, name)| match FIXED.get(at) {
            Some((_, path)) if own && at < leading => Target::Fixed(path),
            _ => target(clean(name), &columns, own),
        });
        let targets = targets.collect();
        Ok(Reader { reader, targets, record: csv::StringRecord::new() })
    }

    /// The next submission; nothing at the end. A row that cannot be read is an error, and the next one
    /// can be asked for.
    pub fn next_submission(&mut self) -> Option<Result<Map, String>> {
        match self.reader.read_record(&mut self.record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.submission())),
            Err(error) => match error.kind() {
                csv::ErrorKind::Io(_) => None,
                _ => Some(Err(error.to_string())),
            },
        }
    }

    fn submission(&self) -> Map {
        let mut submission = Map::new();
        let mut answers = Map::new();
        for (target, cell) in self.targets.iter().zip(&self.record) {
            if cell.is_empty() {
                continue;
            }
            match target {
                Target::Fixed(path) => put_at(&mut submission, path, fixed(path, cell)),
                Target::Answer { id, row: None, form } => {
                    let value = form.read(cell);
                    if !value.is_empty() {
                        answers.insert(id.clone(), value);
                    }
                }
                Target::Answer { id, row: Some(row), form } => {
                    put_at(&mut answers, &[id, row], form.read(cell));
                }
                Target::Score(id) => {
                    put_at(&mut submission, &["scores", id, "value"], Form::Any.read(cell));
                }
                Target::Entry(place, name) => {
                    put_at(&mut submission, &[place, name], Form::Any.read(cell));
                }
            }
        }
        submission.insert(String::from("answers"), Value::Map(answers));
        submission
    }
}

/// What stands between the cells of a table that begins so: where a comma is the mark of decimals,
/// spreadsheets save semicolons.
pub fn separator(start: &[u8]) -> u8 {
    let head = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |mark: u8| head.iter().filter(|byte| **byte == mark).count();
    let mut found = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(found) {
            found = other;
        }
    }
    found
}

fn clean(name: &str) -> &str {
    let name = name.trim_start_matches('\u{feff}');
    name.strip_prefix('\'').unwrap_or(name)
}

fn target(name: &str, columns: &Columns, own: bool) -> Target {
    let known = columns.answers.iter().find(|column| column.name() == name);
    if let Some(column) = known {
        let (id, row) = (column.id.clone(), column.row.clone());
        return Target::Answer { id, row, form: column.form.clone() };
    }
    if let Some(id) = name.strip_prefix("score.").filter(|_| own) {
        return Target::Score(id.to_owned());
    }
    for place in ["context", "device"] {
        let entry = name.strip_prefix(place).and_then(|name| name.strip_prefix('.'));
        if let Some(entry) = entry {
            return Target::Entry(place, entry.to_owned());
        }
    }
    if !own && let Some((_, path)) = FIXED.iter().find(|(fixed, _)| *fixed == name) {
        return Target::Fixed(path);
    }
    // A row that the survey no longer has.
    let row = name.split_once('.').filter(|(id, _)| columns.has_rows(id));
    match row {
        Some((id, row)) => {
            let (id, row) = (id.to_owned(), Some(row.to_owned()));
            Target::Answer { id, row, form: Form::Any }
        }
        None => {
            let form = if name.ends_with("-comment") { Form::Text } else { Form::Any };
            Target::Answer { id: name.to_owned(), row: None, form }
        }
    }
}

fn fixed(path: &[&str], cell: &str) -> Value {
    match path {
        ["durationMs"] => Form::Number.read(cell),
        _ => Form::Text.read(cell),
    }
}

/// Puts a value into maps within maps.
fn put_at(map: &mut Map, path: &[&str], value: Value) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        if !value.is_empty() {
            map.insert((*first).to_owned(), value);
        }
        return;
    }
    let inner = map.or_insert_with((*first).to_owned(), || Value::Map(Map::new()));
    if let Value::Map(inner) = inner {
        put_at(inner, rest, value);
    }
}

/// Whether the input is a table rather than lines of JSON.
pub fn is_table(input: &mut impl BufRead) -> io::Result<bool> {
    let start = input.fill_buf()?;
    let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).trim_ascii_start();
    Ok(start.first().is_some_and(|byte| *byte != b'{'))
}
