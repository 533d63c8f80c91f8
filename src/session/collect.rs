//! The answers as one map, and the scores that they give.

use super::Session;
use crate::metrics::Score;
use crate::questions::{Look, Total};
use crate::score;
use crate::survey::Scoring;
use crate::survey::source::HiddenAnswers;
use crate::validate::chooses;
use crate::value::{Map, Sorted, Value};

impl Session {
    /// The answers so far. Those to hidden questions stay until the survey is complete, so
    /// that showing a question again brings its answer back; then they are dropped.
    pub fn answers(&self) -> Map {
        if self.is_complete() { self.submitted_answers() } else { self.given_answers() }
    }

    /// Every answer there is, hidden or not.
    pub(super) fn given_answers(&self) -> Map {
        self.collect(&|_| true, false)
    }

    /// What is submitted: the answers to visible questions, and those to hidden ones that the
    /// survey says are kept.
    pub fn submitted_answers(&self) -> Map {
        if self.is_tidy() && self.is_complete() {
            return self.collect(&|question| self.is_left(question), true);
        }
        self.collect(&|question| self.is_visible(question) || self.keeps_hidden(question), true)
    }

    /// Whether an answer is left once what is hidden is dropped.
    fn is_left(&self, question: usize) -> bool {
        let cell = self.row_of(question).is_some();
        !cell || self.flow.holds(question) || self.keeps_hidden(question)
    }

    fn keeps_hidden(&self, question: usize) -> bool {
        // Where answers are tidy, cells of tables are not looked at once more at the end.
        if let Some(row) = self.row_of(question).filter(|_| self.is_tidy())
            && !self.counts_entries(self.rows[row].owner)
        {
            return true;
        }
        let mode = self.question(question).map(|model| self.hidden_mode(model));
        mode == Some(HiddenAnswers::None)
    }

    /// `submitted` leaves hidden rows and columns out too.
    fn collect(&self, counts: &dyn Fn(usize) -> bool, submitted: bool) -> Map {
        let mut answers = Map::new();
        for (index, question) in self.survey.questions.iter().enumerate() {
            let shared = self.twins(index).into_iter().any(counts);
            let id = question.source.value_name.as_ref().unwrap_or(&question.source.id);
            if !counts(index) && !shared {
                let totals = self.totals(index);
                if self.is_tidy() && !totals.is_empty() {
                    answers.insert(format!("{id}-total"), totals);
                }
                continue;
            }
            let answer = match question.rows {
                // What is no answer here stays as it is, so that it can be refused by name.
                Some(_) if !self.rows(index).is_empty() && self.fits_rows(index) => {
                    self.answer_from_rows(index, counts)
                }
                _ if submitted && !self.keeps_hidden(index) => self.counted(index).into_owned(),
                _ => self.answer(index).clone(),
            };
            if answer.as_list().is_some() && question.kind.as_type().counts_entries() {
                answers.insert(id.clone(), answer.clone());
            }
            let comment = match submitted && self.is_stray(index) {
                true => Value::Null,
                false => self.comment(index).clone(),
            };
            let totals = self.totals(index);
            let entries = [
                (id.clone(), answer),
                (format!("{id}-comment"), comment),
                (format!("{id}-total"), totals),
            ];
            answers.extend(entries.into_iter().filter(|(_, value)| !value.is_empty()));
        }
        let variables = self.survey.variables.iter().cloned().zip(self.variables.iter().cloned());
        answers.extend(variables.filter(|(_, value)| !value.is_empty()));
        let calculated = self.survey.source.calculated.iter().zip(&self.calculated);
        for (source, value) in calculated.filter(|(source, _)| source.include) {
            if !value.is_empty() {
                answers.insert(source.id.clone(), value.clone());
            }
        }
        answers
    }

    /// Whether what is written out for "other" belongs to no answer, since that is not chosen.
    fn is_stray(&self, question: usize) -> bool {
        let Some(model) = self.question(question) else { return false };
        // Buttons have no place to write in; nothing that was written is kept for them.
        let looks = model.kind.as_type().looks();
        if self.is_tidy() && looks.is_some_and(|looks| looks.look == Look::Buttons) {
            return true;
        }
        let other = model.kind.as_type().other().filter(|_| !model.source.comment);
        other.is_some_and(|other| !chooses(self.answer(question), other))
    }

    /// The totals over the rows of a question by column; nothing for other questions.
    pub fn totals(&self, question: usize) -> Value {
        if cfg!(lean) {
            return Value::Null;
        }
        if let Some((_, totals)) =
            self.following.totals.iter().find(|(owner, _)| *owner == question)
        {
            return totals.clone();
        }
        self.totals_over(question, self.answer(question))
    }

    /// The totals that an answer gives.
    pub(super) fn totals_over(&self, question: usize, answer: &Value) -> Value {
        let Some(model) = self.question(question) else { return Value::Null };
        let Some(totals) = model.kind.as_type().totals() else { return Value::Null };
        let mut found = Map::new();
        let mut computed = model.totals.iter();
        for (column, total) in totals {
            let total = match total {
                Total::Of(total) => total.over(column, answer).map(Value::Number),
                Total::Computed(_) => computed.next().and_then(|expression| {
                    let scope = self.scope(self.row_of(question));
                    expression.evaluate(&scope, &self.environment).ok()
                }),
            };
            if let Some(total) = total.filter(|total| !total.is_empty()) {
                found.insert(column.clone(), total);
            }
        }
        Value::Map(found)
    }

    /// The scores that the visible answers give.
    pub fn scores(&self) -> Sorted<String, Score> {
        let scoring = self.survey.scoring.iter();
        scoring.map(|entry| (entry.source.id.clone(), self.score(entry))).collect()
    }

    pub(super) fn score(&self, scoring: &Scoring) -> Score {
        let visible = |question: usize| {
            self.is_visible(question).then(|| self.counted(question)).filter(|a| !a.is_empty())
        };
        let clock = &self.environment;
        let local_ms = clock.now_ms + f64::from(clock.utc_offset_minutes) * 60_000.0;
        // A session that was never told the time does not know the day.
        let today = (clock.now_ms > 0.0).then(|| (local_ms / 86_400_000.0).floor());
        score::score(&self.survey, scoring, today, &visible)
    }
}
