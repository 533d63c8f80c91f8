//! Question types: one folder each, one row each in the table below.

#[cfg(not(lean))]
mod calculated;
mod choice;
mod choice_list;
mod choices_by_url;
mod consent;
mod contents;
mod data_url;
mod date;
#[cfg(not(lean))]
mod file;
mod hidden;
mod image;
mod items;
mod matrix;
mod multiple_choice;
mod note;
mod nps;
mod number;
mod panel;
#[cfg(not(lean))]
mod ranking;
mod rating;
#[cfg(not(lean))]
mod repeat;
mod scale;
#[cfg(not(lean))]
mod signature;
mod single_choice;
#[cfg(not(lean))]
mod slider;
#[cfg(not(lean))]
mod table;
mod text;
#[cfg(not(lean))]
mod text_list;
mod totals;
mod yes_no;

use crate::definition::{ExpressionText, Log, Place, kinds, pick};
use crate::issue::{Code, Issue};
use crate::text::{Language, Text};
use crate::value::{Map, Value};

pub use choice::{Choice, FullChoice, Wording, compare_words, scalar_text};
pub use choice_list::{CarryMode, ChoiceList, Look, Looks, SpecialChoices};
pub use choices_by_url::{ChoicesByUrl, Fetched};
pub use contents::{Contents, QuestionOrder};
pub use items::{Items, Order, Part};
pub use scale::Scale;
pub use totals::{Total, Totals};

/// What a question type has to know about answers. Everything about conditions, pages and
/// state is the session's business.
pub trait QuestionType {
    /// Whether it holds an answer at all; notes and panels do not.
    fn takes_answer(&self) -> bool {
        true
    }

    /// Whether entries count as an answer before anything is written in them.
    fn counts_entries(&self) -> bool {
        false
    }

    /// How many rows stand there whatever is given.
    fn rows_at_least(&self) -> usize {
        0
    }

    /// How it holds other questions.
    fn contents(&self) -> Contents {
        Contents::Nothing
    }

    /// The answer to begin with where the author gives none.
    fn first_answer(&self) -> Value {
        Value::Null
    }

    /// Adds what is wrong with an answer that is not empty.
    fn check(&self, answer: &Value, issues: &mut Vec<Issue>);

    /// What is missing if an answer is required; nothing where the answer suffices.
    fn missing(&self, answer: &Value) -> Option<Issue> {
        let blank = answer.as_text().is_some_and(|text| text.trim().is_empty());
        (blank || answer.is_empty()).then(|| Issue::new(Code::Required))
    }

    /// The answer in the words that the respondent saw.
    fn display(&self, answer: &Value, language: &Language) -> String;

    /// The ends of the scale, for types that rate.
    fn scale(&self) -> Option<Scale> {
        None
    }

    /// What is wrong with having no answer although none is required.
    fn too_empty(&self) -> Option<Issue> {
        None
    }

    /// The choices that stand after all others, where it can have such.
    fn special(&self) -> Option<&SpecialChoices> {
        None
    }

    /// The choice whose words are written out in `<id>-comment`, if there is one.
    fn other(&self) -> Option<&'static str> {
        self.special()?.show_other.then_some("other")
    }

    /// How its choices look, where there is a choice of that.
    fn looks(&self) -> Option<&Looks> {
        None
    }

    /// Its choices, where it has such.
    fn choice_list(&self) -> Option<&ChoiceList> {
        None
    }

    /// The lists that conditions can thin out.
    fn items(&self) -> Vec<Items<'_>> {
        Vec::new()
    }

    /// Puts what is offered now in the place of a list.
    fn offer(&mut self, _part: Part, _list: Vec<Choice>) {}

    /// Whether all that it offers counts as chosen, answered or not.
    fn takes_all(&self) -> bool {
        false
    }

    /// What is left of an answer once what is not offered is taken out.
    fn retained(&self, answer: &Value) -> Value {
        answer.clone()
    }

    /// An answer in the form that the control gives it, after the answer `before`.
    fn tidied(&self, answer: Value, _before: &Value) -> Value {
        answer
    }

    /// Whether it lies beyond the limits of the question.
    fn is_beyond(&self, _answer: &Value) -> bool {
        false
    }

    /// Whether it is to be hidden while there is nothing to choose from.
    fn is_voidable(&self) -> bool {
        self.choice_list().is_some_and(|list| list.hide_if_empty)
    }

    /// Whether there is nothing to choose from.
    fn has_nothing(&self) -> bool {
        // "None" alone is no choice, unless it is asked about what another question left.
        self.choice_list().is_some_and(|list| {
            let carried = list.carry_from.is_some();
            list.choices.iter().all(|choice| choice.special && !carried)
        })
    }

    /// The answers that one more entry begins with, after these; nothing where none can be added.
    fn new_entry(&self, _entries: &[Value]) -> Option<Map> {
        None
    }

    /// Whether one of so many entries may go.
    fn may_remove_entry(&self, _count: usize) -> bool {
        false
    }

    /// Which columns of its rows are totalled.
    fn totals(&self) -> Option<&Totals> {
        None
    }

    /// The author's own words for an issue.
    fn issue_words(&self, code: Code) -> Option<&Text> {
        match code {
            Code::RequiredComment => self.special()?.other_error.as_ref(),
            _ => None,
        }
    }

    /// Every text that the author wrote, with its place inside the question.
    fn texts(&self) -> Vec<&Text> {
        Vec::new()
    }

    /// How the answer is computed, for types that nobody answers.
    fn computed(&self) -> Option<&ExpressionText> {
        None
    }

    /// Reports options that contradict each other.
    fn lint(&self, _place: &Place, _log: &Log) {}

    /// Adds what follows from what was read.
    fn complete(&mut self) {}
}

/// What is made of the rows beside the table itself.
macro_rules! table {
    ($($(#[$gate:meta])? $name:literal $module:ident $type:ident $about:literal)*) => {
        kinds! {
            /// The type-specific part of a question.
            as QuestionType by as_type:
            $($(#[$gate])? $name $module $type $about)*
        }

        impl Kind {
            /// What this type knows about answers, to be changed.
            pub fn as_type_mut(&mut self) -> &mut dyn QuestionType {
                match self { $($(#[$gate])? Kind::$type(options) => options,)* }
            }

            /// The control that a respondent uses.
            #[cfg(feature = "ui")]
            pub fn view(&self, field: crate::ui::kit::Field) -> crate::ui::kit::View {
                match self {
                    $($(#[$gate])? Kind::$type(options) => $module::view::view(options, field),)*
                }
            }
        }

        /// The examples of every type, as JSON: they feed gallery, tests and docs.
        pub fn examples() -> Vec<(&'static str, &'static str)> {
            vec![$($(#[$gate])? ($name, include_str!(concat!(stringify!($module), "/examples.json"))),)*]
        }
    };
}

table! {
    "single-choice" single_choice SingleChoice "Choose one of several."
    "multiple-choice" multiple_choice MultipleChoice "Choose any of several."
    #[cfg(not(lean))]
    "ranking" ranking Ranking "Put choices in an order."
    "rating" rating Rating "Rate on a scale of numbers, labels, stars or smileys."
    #[cfg(not(lean))]
    "slider" slider Slider "Choose a number or a range along a line."
    "nps" nps Nps "How likely to recommend, from 0 to 10."
    "matrix" matrix Matrix "Rate several rows on the same columns."
    "text" text TextAnswer "Write a line or several."
    #[cfg(not(lean))]
    "text-list" text_list TextList "Write a short text for each of several things."
    "number" number Number "Give a number."
    #[cfg(not(lean))]
    "date" date Date "Give a date or a time."
    "yes-no" yes_no YesNo "Answer yes or no."
    "note" note Note "Read something; there is nothing to answer."
    #[cfg(not(lean))]
    "file" file FileUpload "Hand in files."
    #[cfg(not(lean))]
    "signature" signature Signature "Sign by hand or by typing a name."
    #[cfg(not(lean))]
    "image" image Image "Look at an image; there is nothing to answer."
    "hidden" hidden Hidden "Hold a value that respondents do not see."
    "consent" consent Consent "Agree, or not, to a statement."
    #[cfg(not(lean))]
    "table" table Table "Ask the same questions about several things."
    #[cfg(not(lean))]
    "repeat" repeat Repeat "Ask the same questions several times."
    #[cfg(not(lean))]
    "calculated" calculated Calculated "See a value that is computed from other answers."
    "panel" panel Panel "Several questions under one title."
}

/// Finds a type by its name in a definition, or reports the nearest name.
pub fn row(name: &str, place: &Place, log: &Log) -> Option<&'static Row> {
    pick(TABLE, |row| row.name, "question type", name, place, log)
}

/// Reads the type's own fields of a question and reports contradictions among them.
pub fn read(row: &Row, map: &Map, place: &Place, log: &Log) -> Option<Kind> {
    let mut kind = (row.read)(map, place, log)?;
    kind.as_type().lint(place, log);
    kind.as_type_mut().complete();
    Some(kind)
}
