//! One submission at a time, read from its line into places that are used again for the next.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

use super::plan::{Answer, Place, Plan};
use crate::submission::ENVELOPE;
use crate::value::number_text;

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

/// A key, borrowed from the line unless something in it is escaped.
struct Key;

enum Name<'de> {
    Borrowed(&'de str),
    Owned(String),
}

impl Name<'_> {
    fn as_str(&self) -> &str {
        match self {
            Name::Borrowed(name) => name,
            Name::Owned(name) => name,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Name<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Name<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name::Owned(name.to_owned()))
    }
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

/// What is not of the expected shape holds nothing for a report.
macro_rules! nothing {
    ($($visit:ident $type:ty),*) => {
        $(fn $visit<E>(self, _: $type) -> Result<(), E> {
            Ok(())
        })*
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
    };
}

fn drain<'de, A: SeqAccess<'de>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

fn drain_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
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

/// A number; anything else leaves the place as it is.
struct Number<'a>(&'a mut f64);

impl<'de> DeserializeSeed<'de> for Number<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Number<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        *self.0 = number as f64;
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        *self.0 = number as f64;
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        *self.0 = number;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        drain(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        drain_map(map)
    }

    nothing!(visit_bool bool, visit_str &str);
}

/// Text; a number or a flag as it is written.
struct Words<'a>(&'a mut String);

impl<'de> DeserializeSeed<'de> for Words<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Words<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.push_str(text);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.0.push_str(&number.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.0.push_str(&number_text(number));
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.0.push_str(if flag { "true" } else { "false" });
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        drain(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        drain_map(map)
    }

    nothing!();
}

/// One choice or several.
struct Chosen<'a> {
    chosen: &'a mut Vec<Choice>,
    names: &'a [String],
}

impl Chosen<'_> {
    fn choose(self, name: &str) {
        if name.is_empty() {
            return;
        }
        let listed = self.names.iter().position(|known| known == name);
        self.chosen.push(match listed {
            Some(at) => Choice::Listed(at),
            None => Choice::Unlisted(name.to_owned()),
        });
    }
}

impl<'de> DeserializeSeed<'de> for Chosen<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Chosen<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a choice")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.choose(name);
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.choose(if flag { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.choose(&number.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.choose(&number.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.choose(&number_text(number));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Chosen { chosen, names } = self;
        while list.next_element_seed(Chosen { chosen, names })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        drain_map(map)
    }

    nothing!();
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
