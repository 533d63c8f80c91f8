//! A session as a value, to be kept and taken up again.

use std::sync::Arc;

use super::{Changes, Session, Start};
use crate::survey::Survey;
use crate::value::{Map, Value};

impl Session {
    /// The whole state. What follows from the answers is not in it: it is computed anew.
    pub fn save(&self) -> Value {
        let page = self.survey.pages.get(self.page).map(|page| page.source.id.as_str());
        let edited = (0..self.instances.len()).filter(|question| self.instances[*question].edited);
        let mut withdrawn = Map::new();
        for (question, instance) in self.instances.iter().enumerate() {
            if !instance.withdrawn.is_empty() {
                withdrawn.insert(self.name_of(question), instance.withdrawn.clone().into());
            }
        }
        let edited: Vec<String> = edited.map(|question| self.name_of(question)).collect();
        let held = (0..self.survey.questions.len()).filter(|question| self.is_held_back(*question));
        let held: Vec<String> = held.map(|question| self.name_of(question)).collect();
        let question = self.question.map(|question| self.name_of(question));
        let entries: [(&str, Value); 18] = [
            ("id", self.start.id.as_str().into()),
            ("survey", self.survey.source.id.as_str().into()),
            ("hash", self.survey.hash().into()),
            ("locale", self.locale.as_str().into()),
            ("page", page.unwrap_or_default().into()),
            ("seed", self.start.seed.to_string().into()),
            ("time", self.save_time()),
            ("standing", self.save_standing()),
            ("question", question.map_or(Value::Null, Value::from)),
            ("reviewing", self.reviewing.into()),
            ("screenedOut", self.screened_out.map_or(Value::Null, |end| Value::Number(end as f64))),
            ("startedMs", self.start.now_ms.into()),
            ("answers", Value::Map(self.given_answers())),
            ("edited", edited.into()),
            ("withdrawn", withdrawn.into()),
            ("held", held.into()),
            ("consent", Value::Map(self.consent.clone())),
            ("completedMs", self.completed_ms.map_or(Value::Null, Value::Number)),
        ];
        Value::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A session that holds given answers, as a submission or [`answers`](Session::answers)
    /// has them. Conditions are evaluated, but no answer is computed: all are given.
    pub fn with_answers(survey: Arc<Survey>, start: Start, answers: &Map) -> Session {
        let mut session = Session::blank(survey, start);
        session.replayed = true;
        session.put_given(answers);
        session.recalculate_all(false);
        session.begin();
        session
    }

    fn put_given(&mut self, answers: &Map) {
        let survey = Arc::clone(&self.survey);
        let given = |name: &str| answers.get(name).cloned().unwrap_or_default();
        for (index, question) in survey.questions.iter().enumerate() {
            let name = question.source.value_name.as_ref().unwrap_or(&question.source.id);
            // A trigger may give a value to what nobody answers.
            if question.kind.as_type().takes_answer() || self.is_tidy() {
                self.put(index, given(name), &mut Changes::default());
            }
            let comment = format!("{name}-comment");
            // An id may end like a comment's name; then it is the question that is meant.
            if survey.index_of(&comment).is_none() {
                self.instances[index].comment = given(&comment);
            }
        }
        for (index, name) in survey.variables.iter().enumerate() {
            self.variables[index] = given(name);
        }
    }

    /// Takes a saved session up again. Nothing where it belongs to another survey; answers
    /// to questions that a new version no longer has are left out.
    ///
    /// `start` gives the clock, words and context of now; the saved id, seed, language and start
    /// time win over it.
    pub fn restore(survey: Arc<Survey>, start: Start, saved: &Value) -> Option<Session> {
        let text = |name: &str| saved.get(name).and_then(Value::as_text);
        if text("survey") != Some(&survey.source.id) {
            return None;
        }
        let now_ms = start.now_ms;
        let start = Start {
            id: text("id").unwrap_or(&start.id).to_owned(),
            seed: text("seed").and_then(|seed| seed.parse().ok()).unwrap_or(start.seed),
            locale: text("locale").unwrap_or(&start.locale).to_owned(),
            now_ms: saved.get("startedMs").and_then(Value::as_number).unwrap_or(now_ms),
            ..start
        };
        let none = Map::new();
        let answers = saved.get("answers").and_then(Value::as_map).unwrap_or(&none);
        let mut session = Session::with_answers(survey, start, answers);
        session.environment.now_ms = now_ms;
        session.replayed = false;
        let survey = Arc::clone(&session.survey);
        if session.is_tidy() {
            // What was set while hidden stands until its condition is asked again.
            session.put_given(answers);
        }
        let edited = saved.get("edited").and_then(Value::as_list).unwrap_or_default();
        for question in 0..session.instances.len() {
            let name = Value::from(session.name_of(question));
            session.instances[question].edited = edited.contains(&name);
            let withdrawn = name.as_text().and_then(|name| saved.get("withdrawn")?.get(name));
            let withdrawn = withdrawn.and_then(Value::as_list).unwrap_or_default();
            session.instances[question].withdrawn = withdrawn.to_vec();
        }
        let held = saved.get("held").and_then(Value::as_list).unwrap_or_default();
        for question in held.iter().filter_map(|id| survey.index_of(id.as_text()?)) {
            let default = session.default_of(&survey.questions[question]);
            session.put(question, default, &mut Changes::default());
            session.hold_back(question);
        }
        if let Some(standing) = saved.get("standing") {
            session.restore_standing(standing);
        }
        session.consent =
            saved.get("consent").and_then(Value::as_map).cloned().unwrap_or_else(Map::new);
        let pages = &survey.pages;
        let page = pages.iter().position(|page| Some(page.source.id.as_str()) == text("page"));
        let completed_ms = saved.get("completedMs").and_then(Value::as_number);
        let stays = |page: &usize| completed_ms.is_some() || session.flow.is_page_visible(*page);
        let shown = page.filter(stays);
        let first = session.flow.visible_pages().next();
        session.page = shown.or(first).or(page).unwrap_or(0);
        let question = text("question").and_then(|id| survey.index_of(id));
        session.question = question.filter(|question| session.is_visible(*question));
        if let Some(time) = saved.get("time") {
            session.restore_time(time);
        }
        session.reviewing = saved.get("reviewing").and_then(Value::as_bool) == Some(true);
        if completed_ms.is_none() {
            session.keep_place(&mut Changes::default());
        }
        let screened_out = saved.get("screenedOut").and_then(Value::as_number);
        session.screened_out = screened_out.map(|end| end as usize);
        session.completed_ms = completed_ms;
        Some(session)
    }
}
