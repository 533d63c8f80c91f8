//! Reports in a page: files are read piece by piece where they lie, and never leave the device.

use std::sync::Arc;

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::export::read::Reader;
use crate::report::html::{self, Element};
use crate::report::model::Drivers;
use crate::report::{Condition, Plan, Report, Settings, Tally, Wave, csv};
use crate::survey::Survey;
use crate::value::Value;

/// Reads files of submissions and reports on them.
#[wasm_bindgen]
pub struct Reporter {
    plan: Arc<Plan>,
    tally: Tally,
    /// The part of the file that is read but not counted, for lack of an end.
    rest: Vec<u8>,
    /// The line of column names, where the file is a table.
    head: Option<Vec<u8>>,
    started: bool,
    drivers: Option<Drivers>,
    report: Option<Report>,
    parts: Vec<Element>,
}

#[wasm_bindgen]
impl Reporter {
    /// A reporter on a survey. `settings` is JSON: `locale`, `minimum`, `wave`, and `where`, a list of
    /// conditions.
    #[wasm_bindgen(constructor)]
    pub fn new(definition: &str, settings: &str) -> Result<Reporter, JsError> {
        let loaded = Survey::load(definition).map_err(|found| {
            let messages: Vec<String> = found.iter().map(ToString::to_string).collect();
            JsError::new(&messages.join("\n"))
        })?;
        let settings = read_settings(settings).map_err(|error| JsError::new(&error))?;
        let plan = Plan::new(Arc::new(loaded.survey), settings);
        let plan = Arc::new(plan.map_err(|error| JsError::new(&error))?);
        Ok(Reporter {
            tally: Tally::new(&plan),
            plan,
            rest: Vec::new(),
            head: None,
            started: false,
            drivers: None,
            report: None,
            parts: Vec::new(),
        })
    }

    /// Counts the next piece of a file.
    pub fn read(&mut self, piece: &[u8]) {
        let piece = match self.started {
            false => piece.strip_prefix("\u{feff}".as_bytes()).unwrap_or(piece),
            true => piece,
        };
        let is_table =
            |piece: &[u8]| piece.trim_ascii_start().first().is_some_and(|byte| *byte != b'{');
        if !self.started && is_table(piece) {
            self.head = Some(Vec::new());
        }
        self.started = true;
        self.rest.extend_from_slice(piece);
        let Some(end) = self.end_of_records() else { return };
        let rest = self.rest.split_off(end);
        let whole = std::mem::replace(&mut self.rest, rest);
        self.count(whole);
    }

    /// The file is over; another may follow.
    pub fn end_file(&mut self) {
        let last = std::mem::take(&mut self.rest);
        if !last.is_empty() {
            self.count(last);
        }
        self.head = None;
        self.started = false;
    }

    /// Looks for what goes with the outcome, once everything is read: the longest step before the report.
    pub fn find_drivers(&mut self) {
        self.drivers = self.tally.drivers();
    }

    /// Computes the rest of the report; gives the number of its parts.
    pub fn finish(&mut self) -> usize {
        let report = self.tally.report_with(self.drivers.take());
        self.parts = html::parts(&report);
        self.report = Some(report);
        self.parts.len()
    }

    /// A part of the report as JSON: `[tag, [name, value, …], child, …]`.
    pub fn part(&self, index: usize) -> String {
        let part = self.parts.get(index).map(serde_json::to_string);
        part.and_then(Result::ok).unwrap_or_default()
    }

    /// The report as a file: `html`, `csv` or `json`.
    pub fn file(&self, format: &str) -> String {
        let Some(report) = &self.report else { return String::new() };
        match format {
            "html" => html::write(report),
            "csv" => csv::write(report),
            _ => serde_json::to_string(report).unwrap_or_default(),
        }
    }
}

impl Reporter {
    /// One past the last line break that ends a line of JSON, or a row of a table.
    fn end_of_records(&self) -> Option<usize> {
        if self.head.is_none() {
            return self.rest.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
        }
        let (mut quoted, mut end) = (false, None);
        for (at, byte) in self.rest.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => end = Some(at + 1),
                _ => {}
            }
        }
        end
    }

    fn count(&mut self, mut whole: Vec<u8>) {
        let Some(head) = &mut self.head else {
            for line in whole.split(|byte| *byte == b'\n') {
                match str::from_utf8(line) {
                    Ok(line) => self.tally.read_line(line),
                    Err(_) => self.tally.read_unreadable(),
                }
            }
            return;
        };
        if head.is_empty() {
            let end = whole.iter().position(|byte| *byte == b'\n').map_or(whole.len(), |at| at + 1);
            let rows = whole.split_off(end);
            *head = std::mem::replace(&mut whole, rows);
            if !head.ends_with(b"\n") {
                head.push(b'\n');
            }
        }
        let table = [head.as_slice(), &whole].concat();
        let Ok(mut reader) = Reader::new(table.as_slice(), &self.plan.survey) else {
            self.tally.read_unreadable();
            return;
        };
        while let Some(submission) = reader.next_submission() {
            match submission {
                Ok(submission) => self.tally.read_line(&Value::Map(submission).to_json()),
                Err(_) => self.tally.read_unreadable(),
            }
        }
    }
}

fn read_settings(json: &str) -> Result<Settings, String> {
    let value: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let text = |name: &str| value.get(name).and_then(Value::as_text).unwrap_or_default();
    let mut settings = Settings { locale: text("locale").to_owned(), ..Settings::default() };
    if let Some(minimum) = value.get("minimum").and_then(Value::as_number) {
        settings.minimum = minimum.max(1.0) as usize;
    }
    if let Some(wave) = Wave::from_name(text("wave")) {
        settings.wave = wave;
    }
    for condition in value.get("where").and_then(Value::as_list).into_iter().flatten() {
        let condition = condition.as_text().unwrap_or_default();
        settings.conditions.push(Condition::parse(condition)?);
    }
    Ok(settings)
}
