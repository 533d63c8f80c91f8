//! What things are called in the language of a report.

use super::plan::{Place, Plan, Rating, Subject};
use super::record;
use crate::questions::{Choice, Kind, Part, Wording};
use crate::text::{Language, Text};
use crate::value::number_text;

/// The words of a survey in one language.
pub struct Titles<'a> {
    plan: &'a Plan,
    language: Language<'a>,
}

impl<'a> Titles<'a> {
    pub fn new(plan: &'a Plan) -> Titles<'a> {
        let language = Language {
            tag: &plan.settings.locale,
            default: plan.survey.default_locale(),
            utc_offset_minutes: 0,
            words: crate::locales::word,
        };
        Titles { plan, language }
    }

    pub fn text(&self, text: Option<&Text>, otherwise: &str) -> String {
        let words = text.map_or("", |text| self.language.text(text));
        if words.is_empty() { otherwise.to_owned() } else { plain(words) }
    }

    pub fn question(&self, index: usize) -> String {
        let question = self.plan.survey.questions.get(index);
        question.map_or_else(String::new, |question| {
            self.text(question.source.title.as_ref(), &question.source.id)
        })
    }

    pub fn choice(&self, choice: &Choice) -> String {
        match choice.wording {
            Wording::Plain => choice.words(&self.language).to_owned(),
            _ => plain(choice.words(&self.language)),
        }
    }

    /// A rating: the row of a matrix, or the question.
    pub fn rating(&self, rating: &Rating) -> String {
        let question = self.plan.survey.questions.get(rating.question);
        let row = question.zip(rating.row).and_then(|(question, row)| {
            let lists = question.kind.as_type().items();
            let rows = lists.iter().find(|items| items.part == Part::Rows)?;
            rows.list.get(row).map(|row| self.choice(row))
        });
        row.unwrap_or_else(|| self.question(rating.question))
    }

    /// The question of a row.
    pub fn group(&self, rating: &Rating) -> Option<String> {
        rating.row.map(|_| self.question(rating.question))
    }

    /// A step of a scale, with its wording where it has one.
    pub fn step(&self, rating: &Rating, value: f64) -> String {
        let number = number_text(value);
        let question = self.plan.survey.questions.get(rating.question);
        let steps = match question.map(|question| &question.kind) {
            Some(Kind::Matrix(matrix)) => &matrix.columns,
            Some(Kind::Rating(rating)) => &rating.values,
            _ => return number,
        };
        let step = steps.iter().find(|step| step.value.as_number() == Some(value));
        match step.map(|step| self.choice(step)) {
            Some(words) if words != number => format!("{number} {words}"),
            _ => number,
        }
    }

    pub fn subject(&self, subject: &Subject) -> Option<String> {
        match subject {
            Subject::List(list) => {
                self.plan.lists.get(*list).map(|list| self.question(list.question))
            }
            Subject::Rating(rating) => {
                self.plan.ratings.get(*rating).map(|rating| self.rating(rating))
            }
            Subject::Entry(entry) => self.plan.entries.get(*entry).map(|(place, name)| {
                let place = if *place == Place::Context { "context" } else { "device" };
                format!("{place}.{name}")
            }),
            _ => None,
        }
    }

    /// A choice by its place, or the words of one that is not listed.
    pub fn chosen(&self, list: usize, chosen: &record::Choice) -> String {
        match chosen {
            record::Choice::Listed(at) => {
                let list = self.plan.lists.get(list);
                let Some((list, choice)) =
                    list.and_then(|list| Some((list, list.choices.get(*at)?)))
                else {
                    return String::new();
                };
                let question = self.plan.survey.questions.get(list.question);
                match question.map(|question| &question.kind) {
                    Some(Kind::YesNo(question)) => question
                        .label(choice.value.as_bool() == Some(true), &self.language)
                        .to_owned(),
                    _ => self.choice(choice),
                }
            }
            record::Choice::Unlisted(name) => name.clone(),
        }
    }
}

/// Text without the marks of the Markdown subset.
fn plain(text: &str) -> String {
    text.replace("**", "").replace(['\n', '\r'], " ").trim().to_owned()
}
