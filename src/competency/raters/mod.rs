//! Many raters of one person: what they say of each statement, laid side by side.
//!
//! Self-ratings are never averaged with those of others. A perspective with too few raters is left
//! out, and is no part of any figure over others either. Nothing here passes anybody: critical
//! aspects are judged by a person, whose record is taken over as it is.

mod agreement;
mod coverage;
pub mod html;
mod record;
mod statements;
mod submissions;
mod words;

use serde::Serialize;

pub use submissions::{Perspective, Submission, read};

use super::form::Profile;
use super::unit::Unit;
use crate::text::Text;

/// How many raters a perspective needs before anything of it is shown.
///
/// They can be raised and never lowered: who was promised that three answers are the least that is
/// shown must not find two shown later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minimums {
    pub peer: usize,
    pub report: usize,
    pub customer: usize,
}

impl Default for Minimums {
    fn default() -> Self {
        Minimums { peer: 3, report: 3, customer: 5 }
    }
}

impl Minimums {
    /// How many a perspective needs; self and supervisor are one each, and known to be.
    pub fn of(&self, perspective: Perspective) -> usize {
        match perspective {
            Perspective::SelfRating | Perspective::Supervisor => 1,
            Perspective::Peer => self.peer,
            Perspective::Report => self.report,
            Perspective::Customer => self.customer,
        }
    }

    /// The same with another minimum for a perspective.
    ///
    /// # Errors
    /// Where that is below the least, or the perspective has none.
    pub fn with(mut self, perspective: Perspective, minimum: usize) -> Result<Self, String> {
        let least = Minimums::default().of(perspective);
        let place = match perspective {
            Perspective::Peer => &mut self.peer,
            Perspective::Report => &mut self.report,
            Perspective::Customer => &mut self.customer,
            Perspective::SelfRating | Perspective::Supervisor => {
                return Err(format!("`{}` is one person and has no minimum", perspective.name()));
            }
        };
        if minimum < least {
            return Err(format!("the minimum of `{}` cannot be below {least}", perspective.name()));
        }
        *place = minimum;
        Ok(self)
    }
}

/// What many raters say of one person.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Combined {
    pub unit: UnitName,
    pub raters: Vec<RaterCount>,
    pub statements: Vec<statements::Row>,
    pub groups: Vec<statements::GroupRow>,
    pub agreement: agreement::Agreement,
    pub comments: Vec<statements::Comment>,
    pub coverage: coverage::Coverage,
    pub notes: Vec<NoteText>,
    pub record: record::Record,
    /// What a reader has to know before drawing conclusions, as codes with their subject.
    pub warnings: Vec<Warning>,
}

/// The framework that all of this is about.
#[derive(Clone, Debug, Serialize)]
pub struct UnitName {
    pub code: String,
    pub title: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<Text>,
}

/// A note of the unit, for assessors to have at hand.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NoteText {
    pub label: String,
    pub text: Text,
    pub referenced_by: Vec<String>,
}

/// How many rated from one perspective, and whether they are enough.
#[derive(Clone, Debug, Serialize)]
pub struct RaterCount {
    pub perspective: &'static str,
    pub n: usize,
    pub minimum: usize,
    pub shown: bool,
}

/// Something to know, such as a context that the unit asks for and that was missing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warning {
    pub code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl Warning {
    fn new(code: &'static str, about: Option<&str>) -> Warning {
        Warning { code, about: about.map(str::to_owned) }
    }
}

/// Combines the submissions about one person.
///
/// ```
/// use askwell::competency::{form, raters, source};
/// let unit = source::read(form::shipped_unit("TTM3R0299v2").unwrap()).unwrap().unit;
/// let lines = r#"{"survey": {"id": "ttm3r0299v2-self-assessment"}, "answers": {"T1.1": 3}}
/// {"survey": {"id": "ttm3r0299v2-supervisor-observation"}, "answers": {"T1.1": 1, "ratee": "R-7"}}"#;
/// let submissions = raters::read(lines).unwrap();
/// let combined = raters::combine(&unit, None, &submissions, raters::Minimums::default());
/// assert_eq!(combined.statements[0].verdict, Some("blind-spot"));
/// ```
pub fn combine(
    unit: &Unit,
    profile: Option<&Profile>,
    submissions: &[Submission],
    minimums: Minimums,
) -> Combined {
    let mut warnings = Vec::new();
    let ratings = statements::Ratings::of(submissions, minimums, &mut warnings);
    let raters: Vec<RaterCount> = ratings.counts(minimums);
    for count in raters.iter().filter(|count| count.n > 0 && !count.shown) {
        warnings.push(Warning::new("too-few-raters", Some(count.perspective)));
    }
    if raters.iter().all(|count| count.perspective != "self" || count.n == 0) {
        warnings.push(Warning::new("no-self-rating", None));
    }
    let statements = ratings.rows(unit, profile);
    let groups = ratings.groups(unit, &statements);
    let coverage = coverage::Coverage::of(unit, profile, submissions);
    for aspect in coverage.aspects.iter().filter(|aspect| !aspect.enough) {
        warnings.push(Warning::new("too-few-methods", Some(&aspect.id)));
    }
    let record = record::Record::of(unit, submissions, &mut warnings);
    Combined {
        unit: UnitName {
            code: unit.code.clone(),
            title: unit.title.clone(),
            level: unit.level,
            revision: unit.revision.clone(),
        },
        agreement: agreement::Agreement::of(unit, &ratings),
        comments: ratings.comments(unit),
        notes: unit
            .notes
            .iter()
            .map(|note| NoteText {
                label: note.label.clone(),
                text: note.text.clone(),
                referenced_by: note.referenced_by.clone(),
            })
            .collect(),
        raters,
        statements,
        groups,
        coverage,
        record,
        warnings,
    }
}
