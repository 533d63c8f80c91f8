//! What expressions see of a session.

use std::borrow::Cow;

use super::Session;
use crate::expr::Scope;
use crate::questions::Kind;
use crate::survey::Slot;
use crate::value::Value;

/// A session as seen from one of its rows, or from outside all rows.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub session: &'a Session,
    pub row: Option<usize>,
    /// The choice, row or column that a condition is asked about.
    pub item: Option<&'a Value>,
}

impl Session {
    /// What expressions see from a row, or from outside all rows.
    pub fn scope(&self, row: Option<usize>) -> View<'_> {
        View { session: self, row, item: None }
    }
}

impl View<'_> {
    fn cell(&self, up: usize, index: usize) -> &Value {
        let mut row = self.row;
        for _ in 0..up {
            row = row.and_then(|row| self.session.row_of(self.session.rows[row].owner));
        }
        let first = row.and_then(|row| self.session.rows.get(row)).map(|row| row.first);
        first.map_or(&Value::Null, |first| self.session.answer(first + index))
    }

    /// The answers of a neighbour of the row.
    fn neighbour(&self, distance: isize) -> Value {
        let Some(row) = self.row else { return Value::Null };
        let position = self.session.row_position(row).checked_add_signed(distance);
        let owner = self.session.rows[row].owner;
        let neighbour = position.and_then(|position| self.session.rows(owner).get(position));
        match neighbour {
            Some(neighbour) => Value::Map(self.session.cells(*neighbour, &|_| true)),
            None => Value::Null,
        }
    }
}

impl Scope for View<'_> {
    fn value(&self, slot: u32) -> Cow<'_, Value> {
        let session = self.session;
        let owned = match Slot::decode(slot) {
            Slot::Answer(question) => return Cow::Borrowed(session.read(question)),
            Slot::Comment(question) => return Cow::Borrowed(session.comment(question)),
            Slot::Cell { up, index } => return Cow::Borrowed(self.cell(up, index)),
            Slot::Calculated(index) => {
                return session
                    .calculated
                    .get(index)
                    .map_or(Cow::Owned(Value::Null), Cow::Borrowed);
            }
            Slot::Variable(index) => session.variables.get(index).cloned().unwrap_or_default(),
            Slot::Totals(question) => session.totals(question),
            Slot::Score(index) => {
                let score = session.survey.scoring.get(index);
                let value = score.and_then(|entry| session.score(entry).value);
                value.map_or(Value::Null, Value::Number)
            }
            Slot::Context => Value::Map(session.start.context.clone()),
            Slot::Visibility(question) => Value::Bool(session.is_visible(question)),
            Slot::RowIndex => {
                self.row.map_or(Value::Null, |row| Value::Number(session.row_position(row) as f64))
            }
            Slot::RowName => {
                let name = self.row.and_then(|row| session.row_name(row));
                name.map_or(Value::Null, Value::from)
            }
            Slot::PreviousRow => self.neighbour(-1),
            Slot::NextRow => self.neighbour(1),
            Slot::OwnTotals => match self.row {
                Some(row) => session.totals(session.rows[row].owner),
                None => Value::Null,
            },
            Slot::Item => return Cow::Borrowed(self.item.unwrap_or(&Value::Null)),
            Slot::Offered { .. } => Value::Null,
        };
        Cow::Owned(owned)
    }

    fn is_blank(&self, slot: u32) -> bool {
        let Slot::Answer(question) = Slot::decode(slot) else { return false };
        let counts = |kind: &Kind| kind.as_type().counts_entries();
        self.session.kind(question).is_some_and(counts) && self.session.answer(question).is_empty()
    }

    fn display_value(&self, question: &str, value: Option<&Value>) -> Option<String> {
        let index = self.session.survey.index_of(question)?;
        Some(match value {
            Some(value) => {
                let kind = self.session.kind(index)?.as_type();
                kind.display(value, &self.session.language())
            }
            None => self.session.display_answer(index),
        })
    }

    fn comment(&self, question: &str, _: Option<&Value>) -> Option<Value> {
        Some(self.session.comment(self.session.survey.index_of(question)?).clone())
    }

    fn property(&self, question: &str, property: &str) -> Option<Value> {
        let index = self.session.survey.index_of(question)?;
        match property {
            "visible" => Some(self.session.is_visible(index).into()),
            "required" => Some(self.session.is_required(index).into()),
            "readOnly" => Some(self.session.is_read_only(index).into()),
            _ => None,
        }
    }
}
