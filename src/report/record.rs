//! One submission at a time, read from its line into places that are used again for the next.

mod answers;
mod scan;

use super::plan::{Place, Plan};
use crate::submission::ENVELOPE;
use scan::Scanner;
pub use scan::{Key, Malformed};

/// What a report takes from one submission.
#[derive(Default)]
pub struct Record {
    pub id: String,
    pub survey: String,
    pub version: String,
    pub status: String,
    pub locale: String,
    pub channel: String,
    pub completed: String,
    pub duration: Option<u64>,
    pub utc_offset: i32,
    /// By the plan's entries of context and device.
    pub entries: Vec<String>,
    /// By rating; not a number where there is none.
    pub ratings: Vec<f64>,
    /// By list: what was chosen.
    pub choices: Vec<Vec<Choice>>,
    /// By grid: row and column.
    pub cells: Vec<Vec<(usize, usize)>>,
    /// By text.
    pub texts: Vec<String>,
    /// By page: whether anything on it was answered.
    pub pages: Vec<bool>,
    /// Whether something was rated that may have been hidden.
    pub conditional: bool,
    /// Whether the line is a submission rather than mere answers.
    pub is_submission: bool,
    has_answers: bool,
}

/// A choice: by its place in the list, or one that the list does not hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    Listed(usize),
    Unlisted(String),
}

impl Record {
    pub fn new(plan: &Plan) -> Record {
        Record {
            entries: vec![String::new(); plan.entries.len()],
            ratings: vec![f64::NAN; plan.ratings.len()],
            choices: vec![Vec::new(); plan.lists.len()],
            cells: vec![Vec::new(); plan.grids.len()],
            texts: vec![String::new(); plan.texts.len()],
            pages: vec![false; plan.survey.pages.len()],
            ..Record::default()
        }
    }

    /// Reads a line: a submission, or answers alone.
    pub fn read(&mut self, line: &str, plan: &Plan) -> Result<(), Malformed> {
        self.clear();
        let mut scanner = Scanner::new(line);
        scanner.object(|key, value| self.envelope(key, value, plan))?;
        scanner.end()?;
        if !self.has_answers && !self.is_submission {
            self.clear();
            answers::read(&mut Scanner::new(line), self, plan)?;
        }
        Ok(())
    }

    fn envelope(&mut self, key: &str, value: &mut Scanner, plan: &Plan) -> Result<(), Malformed> {
        match key {
            "askwell" if value.number()? != f64::from(ENVELOPE) => Err(Malformed),
            "askwell" => Ok(()),
            "submissionId" => {
                self.is_submission = true;
                words(value, &mut self.id)
            }
            "survey" => value.object(|key, value| match key {
                "id" => words(value, &mut self.survey),
                "version" => words(value, &mut self.version),
                _ => value.skip(),
            }),
            "status" => words(value, &mut self.status),
            "locale" => words(value, &mut self.locale),
            "channel" => words(value, &mut self.channel),
            "completedAt" => words(value, &mut self.completed),
            "durationMs" => {
                let duration = value.figure()?.filter(|duration| *duration >= 0.0);
                self.duration = duration.map(|duration| duration as u64);
                Ok(())
            }
            "answers" => {
                self.has_answers = true;
                answers::read(value, self, plan)
            }
            "context" => value.object(|key, value| self.entry(Place::Context, key, value, plan)),
            "device" => value.object(|key, value| match key {
                "utcOffsetMinutes" => {
                    self.utc_offset = value.figure()?.unwrap_or_default() as i32;
                    Ok(())
                }
                _ => self.entry(Place::Device, key, value, plan),
            }),
            _ => value.skip(),
        }
    }

    fn entry(
        &mut self,
        place: Place,
        key: &str,
        value: &mut Scanner,
        plan: &Plan,
    ) -> Result<(), Malformed> {
        let wanted = |(there, name): &(Place, String)| *there == place && name == key;
        let at = plan.entries.iter().position(wanted);
        match at.and_then(|at| self.entries.get_mut(at)) {
            Some(entry) => words(value, entry),
            None => value.skip(),
        }
    }

    fn clear(&mut self) {
        for text in [
            &mut self.id,
            &mut self.survey,
            &mut self.version,
            &mut self.status,
            &mut self.locale,
            &mut self.channel,
            &mut self.completed,
        ] {
            text.clear();
        }
        self.duration = None;
        self.utc_offset = 0;
        self.entries.iter_mut().for_each(String::clear);
        self.ratings.fill(f64::NAN);
        self.choices.iter_mut().for_each(Vec::clear);
        self.cells.iter_mut().for_each(Vec::clear);
        self.texts.iter_mut().for_each(String::clear);
        self.pages.fill(false);
        self.conditional = false;
        self.is_submission = false;
        self.has_answers = false;
    }

    fn rate(&mut self, plan: &Plan, index: usize, value: f64) {
        let Some(rating) = plan.ratings.get(index) else { return };
        let fits = (rating.min..=rating.max).contains(&value)
            && (!rating.strict || rating.steps.contains(&value));
        if let (true, Some(place)) = (fits, self.ratings.get_mut(index)) {
            *place = value;
            self.conditional |= rating.conditional;
        }
    }
}

/// Puts text in its place.
fn words(value: &mut Scanner, place: &mut String) -> Result<(), Malformed> {
    if let Some(words) = value.words()? {
        place.clear();
        place.push_str(&words);
    }
    Ok(())
}
