//! What expressions see of a session.

use std::borrow::Cow;

use super::Session;
use crate::expr::Scope;
use crate::survey::Slot;
use crate::value::Value;

impl Scope for Session {
    fn value(&self, slot: u32) -> Cow<'_, Value> {
        match Slot::decode(slot) {
            Slot::Answer(question) => Cow::Borrowed(self.answer(question)),
            Slot::Comment(question) => Cow::Borrowed(self.comment(question)),
            Slot::Calculated(index) => {
                self.calculated.get(index).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
            }
            Slot::Score(index) => {
                let score =
                    self.survey.scoring.get(index).and_then(|entry| self.score(entry).value);
                Cow::Owned(score.map_or(Value::Null, Value::Number))
            }
            Slot::Context => Cow::Owned(Value::Map(self.start.context.clone())),
            Slot::Visibility(question) => Cow::Owned(Value::Bool(self.is_visible(question))),
        }
    }

    fn display_value(&self, question: &str, value: Option<&Value>) -> Option<String> {
        let index = self.survey.index_of(question)?;
        Some(match value {
            Some(value) => {
                let kind = self.survey.questions[index].kind.as_type();
                kind.display(value, &self.language())
            }
            None => self.display_answer(index),
        })
    }

    fn comment(&self, question: &str, _: Option<&Value>) -> Option<Value> {
        Some(Session::comment(self, self.survey.index_of(question)?).clone())
    }

    fn property(&self, question: &str, property: &str) -> Option<Value> {
        let index = self.survey.index_of(question)?;
        match property {
            "visible" => Some(self.is_visible(index).into()),
            "required" => Some(self.is_required(index).into()),
            "readOnly" => Some(self.is_read_only(index).into()),
            _ => None,
        }
    }
}
