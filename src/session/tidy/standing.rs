//! What conditions have decided in a survey whose answers are tidy, to be kept: there it rests on
//! the way that was taken, not on the answers alone, since a condition may sleep.

use crate::session::Session;
use crate::value::{Map, Value};

impl Session {
    /// What has been decided; nothing where the answers say it all.
    pub(in crate::session) fn save_standing(&self) -> Value {
        if !self.is_tidy() {
            return Value::Null;
        }
        let mut questions = Map::new();
        for (question, instance) in self.instances.iter().enumerate() {
            let (own, open) = self.flow.conditions(question);
            let count = |count: usize| Value::Number(count as f64);
            let entries: [Value; 10] = [
                own.into(),
                open.into(),
                instance.holds.into(),
                instance.required.into(),
                instance.enabled.into(),
                instance.waiting.clone(),
                instance.begun.into(),
                instance.seen.map_or(Value::Null, count),
                count(instance.given),
                instance.loose.into(),
            ];
            questions.insert(self.name_of(question), entries.to_vec().into());
        }
        let pages = (0..self.pages_enabled.len()).map(|page| {
            let holds = self.flow.page_condition(page);
            vec![Value::from(holds), self.pages_enabled[page].into()].into()
        });
        let number = |number: usize| Value::Number(number as f64);
        let pair = |(trigger, on): &(usize, usize)| vec![number(*trigger), number(*on)].into();
        let ends = self.ends.iter().map(pair);
        let entries: [(&str, Value); 4] = [
            ("questions", Value::Map(questions)),
            ("pages", Value::List(pages.collect())),
            ("calculated", self.calculated.clone().into()),
            ("ends", Value::List(ends.collect())),
        ];
        Value::Map(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Takes up again what had been decided.
    pub(in crate::session) fn restore_standing(&mut self, saved: &Value) {
        if !self.is_tidy() {
            return;
        }
        let mut quietly = |_| {};
        for question in 0..self.instances.len() {
            let name = self.name_of(question);
            let entries = saved.get("questions").and_then(|all| all.get(&name)?.as_list());
            let Some([own, open, holds, required, enabled, waiting, begun, seen, given, loose]) =
                entries
            else {
                continue;
            };
            let count = |count: &Value| count.as_number().map(|count| count as usize);
            let instance = &mut self.instances[question];
            instance.holds = is_true(holds);
            instance.required = is_true(required);
            instance.enabled = is_true(enabled);
            instance.waiting = waiting.clone();
            instance.begun = is_true(begun);
            instance.seen = count(seen);
            instance.given = count(given).unwrap_or_default();
            instance.loose = is_true(loose);
            self.flow.set_open(question, is_true(open), &mut quietly);
            self.flow.set_question(question, is_true(own), &mut quietly);
        }
        let pages = saved.get("pages").and_then(Value::as_list).unwrap_or_default();
        for (page, entries) in pages.iter().enumerate().take(self.pages_enabled.len()) {
            if let Some([holds, enabled]) = entries.as_list() {
                self.pages_enabled[page] = is_true(enabled);
                self.flow.set_page(page, is_true(holds), &mut quietly);
            }
        }
        let calculated = saved.get("calculated").and_then(Value::as_list).unwrap_or_default();
        if calculated.len() == self.calculated.len() {
            self.calculated = calculated.to_vec();
        }
        let ends = saved.get("ends").and_then(Value::as_list).unwrap_or_default().iter();
        let pair = |pair: &Value| match pair.as_list()? {
            [trigger, on] => Some((trigger.as_number()? as usize, on.as_number()? as usize)),
            _ => None,
        };
        self.ends = ends.filter_map(pair).collect();
    }
}

fn is_true(value: &Value) -> bool {
    value.as_bool() == Some(true)
}
