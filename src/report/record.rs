//! One submission at a time, read from its line into places that are used again for the next.

mod values;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::plan::{Answer, Place, Plan};
use crate::submission::ENVELOPE;
use values::{Chosen, Key, Number, Words, drain, nothing};

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
    pub fn read(&mut self, line: &str, plan: &Plan) -> Result<(), serde_json::Error> {
        self.clear();
        let mut reader = serde_json::Deserializer::from_str(line);
        Envelope { record: self, plan }.deserialize(&mut reader)?;
        reader.end()?;
        if !self.has_answers && !self.is_submission {
            self.clear();
            let mut reader = serde_json::Deserializer::from_str(line);
            Answers { record: self, plan }.deserialize(&mut reader)?;
        }
        Ok(())
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

/// Reads an object key by key.
macro_rules! object {
    ($name:ident, |$self:ident, $map:ident, $key:ident| $body:block) => {
        impl<'de> DeserializeSeed<'de> for $name<'_> {
            type Value = ();

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
                deserializer.deserialize_map(self)
            }
        }

        impl<'de> Visitor<'de> for $name<'_> {
            type Value = ();

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut $map: A) -> Result<(), A::Error> {
                let mut $self = self;
                while let Some(key) = $map.next_key_seed(Key)? {
                    let $key = key.as_str();
                    $body
                }
                let _ = &mut $self;
                Ok(())
            }
        }
    };
}

struct Envelope<'a> {
    record: &'a mut Record,
    plan: &'a Plan,
}

object!(Envelope, |this, map, key| {
    let record = &mut *this.record;
    match key {
        "askwell" => {
            let version: f64 = map.next_value()?;
            if version != f64::from(ENVELOPE) {
                return Err(A::Error::custom("another version of the envelope"));
            }
        }
        "submissionId" => {
            record.is_submission = true;
            map.next_value_seed(Words(&mut record.id))?;
        }
        "survey" => map.next_value_seed(Reference(record))?,
        "status" => map.next_value_seed(Words(&mut record.status))?,
        "locale" => map.next_value_seed(Words(&mut record.locale))?,
        "channel" => map.next_value_seed(Words(&mut record.channel))?,
        "completedAt" => map.next_value_seed(Words(&mut record.completed))?,
        "durationMs" => {
            let mut number = f64::NAN;
            map.next_value_seed(Number(&mut number))?;
            record.duration = (number >= 0.0).then_some(number as u64);
        }
        "answers" => {
            record.has_answers = true;
            map.next_value_seed(Answers { record, plan: this.plan })?;
        }
        "context" => {
            map.next_value_seed(Entries { record, plan: this.plan, place: Place::Context })?;
        }
        "device" => {
            map.next_value_seed(Entries { record, plan: this.plan, place: Place::Device })?;
        }
        _ => {
            map.next_value::<IgnoredAny>()?;
        }
    }
});

struct Reference<'a>(&'a mut Record);

object!(Reference, |this, map, key| {
    match key {
        "id" => map.next_value_seed(Words(&mut this.0.survey))?,
        "version" => map.next_value_seed(Words(&mut this.0.version))?,
        _ => {
            map.next_value::<IgnoredAny>()?;
        }
    }
});

struct Entries<'a> {
    record: &'a mut Record,
    plan: &'a Plan,
    place: Place,
}

object!(Entries, |this, map, key| {
    if this.place == Place::Device && key == "utcOffsetMinutes" {
        let mut offset = 0.0;
        map.next_value_seed(Number(&mut offset))?;
        this.record.utc_offset = offset as i32;
        continue;
    }
    let wanted = |(place, name): &(Place, String)| *place == this.place && name == key;
    let at = this.plan.entries.iter().position(wanted);
    match at.and_then(|at| this.record.entries.get_mut(at)) {
        Some(entry) => map.next_value_seed(Words(entry))?,
        None => {
            map.next_value::<IgnoredAny>()?;
        }
    }
});

struct Answers<'a> {
    record: &'a mut Record,
    plan: &'a Plan,
}

impl<'de> DeserializeSeed<'de> for Answers<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answers<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("answers by question")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Answers { record, plan } = self;
        // Answers are written in the order of their names, so that the next is most likely the next.
        let mut expected = 0;
        while let Some(key) = map.next_key_seed(Key)? {
            let key = key.as_str();
            let next = plan.fields.get(expected).filter(|field| field.name == key);
            let at = if next.is_some() { Some(expected) } else { plan.field(key) };
            let Some((at, field)) = at.and_then(|at| Some((at, plan.fields.get(at)?))) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            expected = at + 1;
            if let Some(page) = record.pages.get_mut(field.page) {
                *page = true;
            }
            match &field.answer {
                Answer::Rating(rating) => {
                    let mut number = f64::NAN;
                    map.next_value_seed(Number(&mut number))?;
                    record.rate(plan, *rating, number);
                }
                Answer::Rows(rows) => map.next_value_seed(Rows { record, plan, rows })?,
                Answer::Choice(list) | Answer::Choices(list) => {
                    let names = plan.lists.get(*list).map_or(&[][..], |list| &list.names);
                    if let Some(chosen) = record.choices.get_mut(*list) {
                        map.next_value_seed(Chosen { chosen, names })?;
                    }
                }
                Answer::Grid(grid) => {
                    let Some(grid_plan) = plan.grids.get(*grid) else { continue };
                    if let Some(cells) = record.cells.get_mut(*grid) {
                        map.next_value_seed(Cells { cells, grid: grid_plan })?;
                    }
                }
                Answer::Text(text) => {
                    if let Some(text) = record.texts.get_mut(*text) {
                        map.next_value_seed(Words(text))?;
                    }
                }
                Answer::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Rows<'a> {
    record: &'a mut Record,
    plan: &'a Plan,
    rows: &'a [(String, usize)],
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("ratings by row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            let key = key.as_str();
            match self.rows.iter().find(|(name, _)| name == key) {
                Some((_, rating)) => {
                    let mut number = f64::NAN;
                    map.next_value_seed(Number(&mut number))?;
                    self.record.rate(self.plan, *rating, number);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        drain(list)
    }

    nothing!(visit_bool bool, visit_i64 i64, visit_u64 u64, visit_f64 f64, visit_str &str);
}

/// The chosen columns of each row.
struct Cells<'a> {
    cells: &'a mut Vec<(usize, usize)>,
    grid: &'a super::plan::Grid,
}

impl<'de> DeserializeSeed<'de> for Cells<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cells<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("columns by row")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut chosen = Vec::new();
        let names = &self.grid.column_names;
        while let Some(key) = map.next_key_seed(Key)? {
            let row = self.grid.row_names.iter().position(|name| name == key.as_str());
            chosen.clear();
            map.next_value_seed(Chosen { chosen: &mut chosen, names })?;
            for choice in &chosen {
                if let (Some(row), Choice::Listed(column)) = (row, choice) {
                    self.cells.push((row, *column));
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        drain(list)
    }

    nothing!(visit_bool bool, visit_i64 i64, visit_u64 u64, visit_f64 f64, visit_str &str);
}
