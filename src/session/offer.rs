//! Which choices, rows and columns a question offers now, and in which order.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

use super::recalculate::{Queue, Shown};
use super::scope::View;
use super::{Aspects, Changes, Session};
use crate::expr::Expression;
use crate::order::{seed_for, shuffled};
use crate::questions::{
    CarryMode, Choice, ChoiceList, Contents, Fetched, Items, Kind, Order, Part, Wording,
    compare_words, scalar_text,
};
use crate::survey::source::HiddenAnswers;
use crate::survey::{Carry, Key, ListRules, Offer};
use crate::text::Text;
use crate::validate::chooses;
use crate::value::Value;

impl Session {
    /// A question's type with what it offers now.
    pub fn kind(&self, question: usize) -> Option<&Kind> {
        if cfg!(lean) {
            return self.question(question).map(|model| &model.kind);
        }
        match self.instances.get(question)?.offered.as_deref() {
            Some(kind) => Some(kind),
            None => self.question(question).map(|model| &model.kind),
        }
    }

    /// A question's type where it offers something else now than the definition says.
    pub fn offered_kind(&self, question: usize) -> Option<Arc<Kind>> {
        if cfg!(lean) {
            return None;
        }
        self.instances.get(question)?.offered.clone()
    }

    /// Works out anew what a question offers. What is no longer offered leaves the answer.
    pub(super) fn renew_offer(
        &mut self,
        question: usize,
        queue: &mut Queue,
        changes: &mut Changes,
    ) {
        if cfg!(lean) {
            return;
        }
        let survey = Arc::clone(&self.survey);
        let id = self.instances[question].id;
        let Some(model) = survey.block(id.block).get(id.index) else { return };
        let Some(offer) = model.offer.as_deref() else { return };
        let kind = model.kind.as_type();
        let lists: Vec<(Part, Vec<Choice>)> = kind
            .items()
            .iter()
            .zip(&offer.lists)
            .map(|(items, rules)| {
                (items.part, self.offered(question, items, rules, offer, kind.choice_list()))
            })
            .collect();
        let before = self.kind(question).map(|kind| kind.as_type().items()).unwrap_or_default();
        let same = before.iter().zip(&lists).all(|(before, (_, now))| before.list == now);
        if !same {
            let mut kind = model.kind.clone();
            for (part, list) in lists {
                kind.as_type_mut().offer(part, list);
            }
            self.instances[question].offered = Some(Arc::new(kind));
            changes.mark(question, Aspects::OFFER);
            self.follow(Key::offered(id), self.row_of(question), queue, changes);
        }
        self.settle_own(question, queue, changes);
        self.settle_rows(question, queue, changes);
        // Choices leave the answer at once, whatever the survey does with hidden answers; rows and
        // columns are like questions, and those of a table are settled. Given answers are judged as they are,
        // and shared ones may be choices elsewhere. Carried ones are looked at each time, where answers are tidy, but
        // not to begin with.
        let fetched = self.fetched(question);
        changes.wants |= fetched == Fetched::Waiting;
        // Answers are kept while their choices are on the way, or cannot be had.
        let known = matches!(fetched, Fetched::NotAsked | Fetched::Here);
        let at_once = match self.hidden_mode(model) {
            HiddenAnswers::OnHidden | HiddenAnswers::OnHiddenContainer => true,
            _ => kind.choice_list().is_some(),
        };
        if known
            && at_once
            && model.rows.is_none()
            && (!same || (self.is_tidy() && offer.carry.is_some()))
            && !(self.is_tidy() && self.starting && offer.carry.is_some())
            && !self.replaying
            && self.twins(question).is_empty()
        {
            let (left, withdrawn) = self.withdraw(question);
            self.assign(question, left, queue, changes);
            self.instances[question].withdrawn = withdrawn;
        }
    }

    /// The answer without what is not offered, but with what was taken from it before and is
    /// offered again; and what remains taken.
    fn withdraw(&self, question: usize) -> (Value, Vec<Value>) {
        let answer = self.answer(question);
        let before = answer.as_list().unwrap_or_default();
        let Some(kind) = self.kind(question).map(Kind::as_type) else {
            return (answer.clone(), Vec::new());
        };
        let left = if answer.is_null() { Value::Null } else { kind.retained(answer) };
        let mut withdrawn = self.instances[question].withdrawn.clone();
        if withdrawn.is_empty() && before.is_empty() {
            return (left, withdrawn);
        }
        let mut left = match left {
            Value::List(left) => left,
            _ => Vec::new(),
        };
        for value in before {
            if !left.contains(value) {
                withdrawn.push(value.clone());
            }
        }
        let list = kind.choice_list().map_or(&[][..], |list| &list.choices);
        withdrawn.retain(|value| {
            let offered = list.iter().any(|choice| choice.value == *value);
            if offered {
                left.push(value.clone());
            }
            !offered
        });
        let left = if left.is_empty() {
            Value::Null
        } else {
            kind.tidied(Value::List(left), &Value::Null)
        };
        (left, withdrawn)
    }

    /// An answer without what is not offered.
    fn retained(&self, question: usize) -> Cow<'_, Value> {
        let answer = self.answer(question);
        match self.instances.get(question).and_then(|instance| instance.offered.as_deref()) {
            Some(kind) if !answer.is_null() => Cow::Owned(kind.as_type().retained(answer)),
            _ => Cow::Borrowed(answer),
        }
    }

    /// What counts of an answer: without hidden rows and columns, which are like hidden questions.
    /// A choice that is not offered stays, so that it is refused.
    pub(super) fn counted(&self, question: usize) -> Cow<'_, Value> {
        if cfg!(lean) {
            return Cow::Borrowed(self.answer(question));
        }
        match self.question(question).map(|model| model.kind.as_type().choice_list()) {
            Some(None) if self.rows(question).is_empty() => self.retained(question),
            _ => Cow::Borrowed(self.answer(question)),
        }
    }

    /// Brings wording into order again where the language decides it.
    pub(super) fn renew_alphabets(&mut self, changes: &mut Changes) {
        if cfg!(lean) {
            return;
        }
        let mut queue = Queue::new();
        for question in 0..self.instances.len() {
            let stands = self.row_of(question).is_none_or(|row| self.rows[row].stands);
            let by_wording = self.question(question).is_some_and(|model| {
                let items = model.kind.as_type().items();
                items
                    .iter()
                    .any(|items| matches!(items.order, Order::Ascending | Order::Descending))
            });
            if stands && by_wording {
                self.renew_offer(question, &mut queue, changes);
            }
        }
        self.run(queue, changes);
    }

    fn offered(
        &self,
        question: usize,
        items: &Items,
        rules: &ListRules,
        offer: &Offer,
        list: Option<&ChoiceList>,
    ) -> Vec<Choice> {
        let all: Cow<[Choice]> = match (offer.carry, list) {
            (Some(carry), Some(list)) => {
                let special = list.choices.iter().filter(|choice| choice.special).cloned();
                let mut carried = self.carried(question, carry, list);
                carried.extend(special);
                Cow::Owned(carried)
            }
            (None, Some(list)) if list.by_url.is_some() => {
                let special = list.choices.iter().filter(|choice| choice.special).cloned();
                let mut fetched = self.fetched_choices(question).unwrap_or_default();
                fetched.extend(special);
                Cow::Owned(fetched)
            }
            _ => Cow::Borrowed(items.list),
        };
        let mut offered = Vec::new();
        for index in self.arranged(question, items, &all) {
            let Some(choice) = all.get(index) else { continue };
            if choice.special {
                offered.push(choice.clone());
                continue;
            }
            let own = rules.own.binary_search_by_key(&index, |own| own.index).ok();
            let own = own
                .and_then(|at| rules.own.get(at))
                .filter(|_| offer.carry.is_none() && offer.url.is_empty());
            let visible = own.and_then(|own| own.visible.as_ref()).or(rules.visible.as_ref());
            let enabled = own.and_then(|own| own.enabled.as_ref()).or(rules.enabled.as_ref());
            let view = View { item: Some(&choice.value), ..self.scope(self.row_of(question)) };
            let holds = |condition: Option<&Expression>| {
                condition.is_none_or(|condition| condition.is_true(&view, &self.environment))
            };
            if holds(visible) {
                offered.push(Choice { enabled: holds(enabled), ..choice.clone() });
            }
        }
        offered
    }

    /// The order of a list by place; special choices stay last.
    fn arranged(&self, question: usize, items: &Items, list: &[Choice]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..list.len()).collect();
        let ordinary = list.iter().take_while(|choice| !choice.special).count();
        let language = self.language();
        match items.order {
            Order::Given => {}
            Order::Ascending | Order::Descending => {
                let words = |index: &usize| list[*index].words(&language);
                order[..ordinary].sort_unstable_by(|one, other| {
                    let by_words = compare_words(words(one), words(other));
                    let by_words = match items.order {
                        Order::Descending => by_words.reverse(),
                        _ => by_words,
                    };
                    match by_words {
                        Ordering::Equal => one.cmp(other),
                        unequal => unequal,
                    }
                });
            }
            Order::Random => {
                let groups: Vec<Option<&str>> =
                    list.iter().map(|choice| choice.group.as_deref()).collect();
                let name = self.name_of(question) + "." + items.part.fields()[0];
                order = shuffled(&groups, seed_for(self.start.seed, &name));
            }
        }
        order
    }

    /// What another question gives to choose from.
    fn carried(&self, question: usize, carry: Carry, list: &ChoiceList) -> Vec<Choice> {
        let first = self.row_of(question).map_or(0, |row| self.rows[row].first);
        let source = if carry.beside { first + carry.index } else { carry.index };
        let (Some(kind), Some(model)) = (self.kind(source), self.question(source)) else {
            return Vec::new();
        };
        let answer = self.answer(source);
        if let (Some(block), Some(entries)) = (model.rows, answer.as_list()) {
            return self.carried_entries(block, entries, list);
        }
        let items = kind.as_type().items();
        let Some(items) = items.first() else { return Vec::new() };
        let mut carried: Vec<Choice> = Vec::new();
        for choice in items.list.iter().filter(|choice| !choice.special) {
            let chosen = match (items.part, answer) {
                _ if kind.as_type().takes_all() => true,
                (Part::Choices, Value::List(chosen)) => chosen.contains(&choice.value),
                (Part::Choices, chosen) => *chosen == choice.value,
                _ => answer.get(&scalar_text(&choice.value)).is_some_and(|row| !row.is_empty()),
            };
            let wanted = match list.carry_mode {
                CarryMode::All => true,
                CarryMode::Selected => chosen,
                CarryMode::Unselected => !chosen,
            };
            if wanted {
                carried.push(Choice { enabled: true, exclusive: false, ..choice.clone() });
            }
        }
        let has_other =
            list.choices.iter().any(|c| c.special && c.value.as_text() == Some("other"));
        let other = kind.as_type().other().filter(|_| list.carry_mode == CarryMode::Selected);
        if let Some(other) = other.filter(|other| chooses(answer, other))
            && let Some(written) = self.comment(source).as_text().filter(|_| !has_other)
        {
            carried.push(written_choice(Value::from(other), written));
        }
        carried
    }

    /// The entries of a repeat as choices, each value once.
    fn carried_entries(&self, block: usize, entries: &[Value], list: &ChoiceList) -> Vec<Choice> {
        let mut carried: Vec<Choice> = Vec::new();
        for entry in entries {
            let value = match &list.carry_values {
                Some(id) => entry.get(id),
                None => {
                    let mut questions = self.survey.block(block).iter();
                    questions.find_map(|question| entry.get(&question.source.id))
                }
            };
            let scalar = |value: &&Value| !matches!(value, Value::List(_) | Value::Map(_));
            let Some(value) = value.filter(scalar).filter(|value| !value.is_empty()) else {
                continue;
            };
            if carried.iter().any(|choice| choice.value == *value) {
                continue;
            }
            let text = list.carry_texts.as_ref().and_then(|id| entry.get(id)).map(scalar_text);
            let text = text.filter(|text| !text.is_empty()).unwrap_or_else(|| scalar_text(value));
            carried.push(written_choice(value.clone(), &text));
        }
        carried
    }

    /// Shows or hides a question by its own condition and by whether there is anything to choose.
    pub(super) fn settle_own(&mut self, question: usize, queue: &mut Queue, changes: &mut Changes) {
        let kind = self.kind(question).map(Kind::as_type);
        let void = kind.is_some_and(|kind| kind.is_voidable() && kind.has_nothing());
        let holds = self.instances[question].holds && !void;
        self.show(Shown::Question(question), holds, queue, changes);
    }

    /// The rows of a question that are shown, in the order in which they are.
    pub fn shown_rows(&self, question: usize) -> Vec<usize> {
        let rows = self.rows(question);
        let offered = self.instances.get(question).and_then(|instance| instance.offered.as_deref());
        match offered.map(|kind| kind.as_type().contents()) {
            Some(Contents::Rows { names: Some(names), .. }) => {
                let named = |name: &String| {
                    rows.iter().copied().find(|row| self.row_name(*row) == Some(name.as_str()))
                };
                names.iter().filter_map(named).collect()
            }
            _ => rows.to_vec(),
        }
    }

    /// Shows the rows of a table that are offered, and hides the others.
    fn settle_rows(&mut self, question: usize, queue: &mut Queue, changes: &mut Changes) {
        let shown = self.shown_rows(question);
        for row in self.rows(question).to_vec() {
            for inside in self.in_row(row) {
                self.show(Shown::InRow(inside), shown.contains(&row), queue, changes);
            }
        }
    }
}

/// A choice in the respondent's own words.
fn written_choice(value: Value, text: &str) -> Choice {
    Choice { wording: Wording::Plain, ..Choice::new(value, Text::plain(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::Code;
    use crate::session::Start;
    use crate::survey::Survey;
    use crate::value::Map;

    #[test]
    fn given_answers_are_refused_rather_than_changed() {
        let json = r#"{"askwell": 1, "id": "s", "pages": [{"id": "p", "questions": [
            {"id": "a", "type": "text"},
            {"id": "b", "type": "single-choice", "choices": ["x", {"value": "y", "visibleIf": "{a} = 1"}]},
            {"id": "c", "type": "single-choice", "required": true, "choicesByUrl": {"url": "c.json"}}]}]}"#;
        let survey = Arc::new(Survey::load(json).unwrap().survey);
        let answers: Map = [("b".to_owned(), "y".into()), ("c".to_owned(), "z".into())].into();
        let session = Session::with_answers(survey, Start::default(), &answers);
        assert_eq!(session.answers(), answers);
        assert_eq!(session.find_issues(1).first().map(|issue| issue.code), Some(Code::NotAChoice));
        // What lies elsewhere is not known here.
        assert!(session.find_issues(2).is_empty());
    }
}
