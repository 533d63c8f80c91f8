//! A session as a value, to be kept and taken up again.

use std::sync::Arc;

use super::{Changes, Session, Start};
use crate::survey::Survey;
use crate::value::{Map, Value};

impl Session {
    /// The whole state. What follows from the answers is not in it: it is computed anew.
    pub fn save(&self) -> Value {
        let page = self.survey.pages.get(self.page).map(|page| page.source.id.as_str());
        let stored = |value_of: fn(&Session, usize) -> &Value| {
            let questions = self.survey.questions.iter().enumerate();
            let values = questions.map(|(index, q)| (q.source.id.clone(), value_of(self, index)));
            let given = values.filter(|(_, value)| !value.is_null());
            Value::Map(given.map(|(id, value)| (id, value.clone())).collect())
        };
        let edited = (0..self.instances.len()).filter(|question| self.instances[*question].edited);
        let edited: Vec<String> = edited.map(|question| self.name_of(question)).collect();
        let variables = self.survey.variables.iter().cloned().zip(self.variables.iter().cloned());
        let entries: [(&str, Value); 12] = [
            ("id", self.start.id.as_str().into()),
            ("survey", self.survey.source.id.as_str().into()),
            ("hash", self.survey.hash().into()),
            ("locale", self.locale.as_str().into()),
            ("page", page.unwrap_or_default().into()),
            ("startedMs", self.start.now_ms.into()),
            ("answers", stored(Session::answer)),
            ("comments", stored(Session::comment)),
            ("edited", edited.into()),
            ("variables", Value::Map(variables.collect())),
            ("consent", Value::Map(self.consent.clone())),
            ("completedMs", self.completed_ms.map_or(Value::Null, Value::Number)),
        ];
        Value::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Takes a saved session up again. Nothing where it belongs to another survey; answers
    /// to questions that a new version no longer has are left out.
    ///
    /// `start` gives the clock, words and context of now; the saved id, language and start
    /// time win over it.
    pub fn restore(survey: Arc<Survey>, start: Start, saved: &Value) -> Option<Session> {
        let text = |name: &str| saved.get(name).and_then(Value::as_text);
        if text("survey") != Some(&survey.source.id) {
            return None;
        }
        let now_ms = start.now_ms;
        let start = Start {
            id: text("id").unwrap_or(&start.id).to_owned(),
            locale: text("locale").unwrap_or(&start.locale).to_owned(),
            now_ms: saved.get("startedMs").and_then(Value::as_number).unwrap_or(now_ms),
            ..start
        };
        let mut session = Session::blank(survey, start);
        session.environment.now_ms = now_ms;
        let survey = Arc::clone(&session.survey);
        let map = |name: &str, id: &str| {
            saved.get(name).and_then(|values| values.get(id)).cloned().unwrap_or_default()
        };
        for (index, question) in survey.questions.iter().enumerate() {
            let answer = map("answers", &question.source.id);
            session.put(index, answer, &mut Changes::default());
        }
        for (index, question) in survey.questions.iter().enumerate() {
            session.instances[index].comment = map("comments", &question.source.id);
        }
        for (index, name) in survey.variables.iter().enumerate() {
            session.variables[index] = map("variables", name);
        }
        let edited = saved.get("edited").and_then(Value::as_list).unwrap_or_default();
        for question in 0..session.instances.len() {
            let name = Value::from(session.name_of(question));
            session.instances[question].edited = edited.contains(&name);
        }
        session.consent =
            saved.get("consent").and_then(Value::as_map).cloned().unwrap_or_else(Map::new);
        session.recalculate_all(false);
        let pages = &survey.pages;
        let page = pages.iter().position(|page| Some(page.source.id.as_str()) == text("page"));
        let shown = page.filter(|page| session.flow.is_page_visible(*page));
        let first = session.flow.visible_pages().next();
        session.page = shown.or(first).or(page).unwrap_or(0);
        session.completed_ms = saved.get("completedMs").and_then(Value::as_number);
        Some(session)
    }
}
