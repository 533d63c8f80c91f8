//! What only the whole engine for browsers knows, and the smaller one refuses.

use std::collections::BTreeSet;

use super::source::{
    Calculated, Completion, Notice, Outcome, PageSource, QuestionSource, ScoringSource,
    SurveySource,
};
use crate::questions::{self, FullChoice};
use crate::{expr, metrics};

/// Options of fields that the smaller engine knows without them.
const OPTIONS: &[&str] = &["dropdown"];

/// The words of a definition by which the loader sees that it takes the whole engine: names of
/// types, metrics, fields and options. A word that also has a common meaning is none of them;
/// there the smaller engine refuses the survey.
pub fn rare_words() -> BTreeSet<&'static str> {
    let mut rare: BTreeSet<&str> = OPTIONS.iter().copied().collect();
    let mut common = BTreeSet::new();
    for (fields, rare_fields) in [
        (SurveySource::FIELDS, SurveySource::RARE),
        (PageSource::FIELDS, PageSource::RARE),
        (QuestionSource::FIELDS, QuestionSource::RARE),
        (FullChoice::FIELDS, FullChoice::RARE),
        (Completion::FIELDS, Completion::RARE),
        (Calculated::FIELDS, Calculated::RARE),
        (Notice::FIELDS, Notice::RARE),
        (Outcome::FIELDS, Outcome::RARE),
        (ScoringSource::FIELDS, ScoringSource::RARE),
    ] {
        rare.extend(rare_fields);
        common.extend(fields.iter().filter(|field| !rare_fields.contains(field)));
    }
    for row in questions::TABLE {
        match row.rare {
            true => rare.insert(row.name),
            false => common.insert(row.name),
        };
        if !row.rare {
            let rare_fields = row.rare_fields.concat();
            let fields = row.field_names.concat();
            common.extend(fields.into_iter().filter(|field| !rare_fields.contains(field)));
            rare.extend(rare_fields);
        }
    }
    for row in metrics::TABLE {
        match row.rare {
            true => rare.insert(row.name),
            false => common.insert(row.name),
        };
    }
    &rare - &common
}

/// The functions of expressions that only the whole engine knows.
pub fn rare_functions() -> BTreeSet<&'static str> {
    expr::rare_functions().collect()
}
