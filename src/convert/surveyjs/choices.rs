//! Questions with choices.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use crate::value::{Map, Value};

impl Converter {
    pub fn single(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        self.choices(object, question, scope, false);
        self.columns(object, question);
        self.default(object, question);
        "single-choice"
    }

    pub fn multiple(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        self.choices(object, question, scope, true);
        self.columns(object, question);
        self.limits(object, question);
        self.default(object, question);
        "multiple-choice"
    }

    pub fn ranking(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        self.choices(object, question, scope, true);
        self.default(object, question);
        if object.flag("selectToRankEnabled") {
            question.insert("selectToRankEnabled".into(), Value::from(true));
            self.limits(object, question);
        }
        "ranking"
    }

    fn limits(&self, object: &Object, question: &mut Map) {
        for name in ["minSelectedChoices", "maxSelectedChoices"] {
            question
                .extend(object.count(name).map(|count| (name.to_owned(), Value::Number(count))));
        }
    }

    fn columns(&self, object: &Object, question: &mut Map) {
        if let Some(columns) = object.count("colCount") {
            question.insert("colCount".into(), Value::Number(columns));
        }
    }

    fn choices(&self, object: &Object, question: &mut Map, scope: &Scope, many: bool) {
        let mut choices = self.choice_list(&object.list("choices"), scope);
        for (flag, value, text, wording) in [
            ("showNoneItem", "none", "noneText", "None"),
            ("showRefuseItem", "refused", "refuseText", "Refuse to answer"),
            ("showDontKnowItem", "dontknow", "dontKnowText", "Don't know"),
        ] {
            let own = self.text(object, text);
            if object.flag(flag) {
                let mut choice = Map::new();
                choice.insert("value".into(), Value::from(value));
                choice.insert("text".into(), own.unwrap_or_else(|| Value::from(wording)));
                if many {
                    choice.insert("isExclusive".into(), Value::from(true));
                }
                choices.push(Value::Map(choice));
            }
        }
        question.insert("choices".into(), Value::List(choices));
        let other = self.text(object, "otherText");
        if object.flag("showOtherItem") {
            question.insert("showOtherItem".into(), Value::from(true));
            question.extend(other.map(|text| ("otherText".into(), text)));
        }
    }

    /// The answer to begin with, as it stands.
    pub fn default(&self, object: &Object, question: &mut Map) {
        if let Some(item) = object.take("defaultValue") {
            question.insert("defaultValue".into(), item.value.clone());
        }
    }

    /// Choices, rows or columns: bare values, `value|text`, or objects.
    pub fn choice_list(&self, items: &[Item], _scope: &Scope) -> Vec<Value> {
        items.iter().filter_map(|item| self.choice(item)).collect()
    }

    fn choice(&self, item: &Item) -> Option<Value> {
        match item.value {
            Value::Text(text) => match text.split_once('|') {
                Some((value, text)) => Some(worded(Value::from(value), Value::from(text))),
                None => Some(item.value.clone()),
            },
            Value::Number(_) | Value::Bool(_) => Some(item.value.clone()),
            Value::Map(_) => {
                let object = Object::new(
                    item,
                    &["checkboxitem", "imageitemvalue", "matrixcolumn"],
                    &self.losses,
                )?;
                let value = object.take("value").map(|item| item.value.clone());
                let text = self.text(&object, "text");
                let value = match (value, &text) {
                    (Some(value), _) => value,
                    (None, Some(Value::Text(text))) => Value::Text(text.clone()),
                    (None, _) => {
                        self.losses.add(&item.path, "a choice without a value is left out");
                        return None;
                    }
                };
                let mut choice = Map::new();
                choice.insert("value".into(), value);
                choice.extend(text.map(|text| ("text".into(), text)));
                if object.flag("isExclusive") {
                    choice.insert("isExclusive".into(), Value::from(true));
                }
                object.finish();
                Some(Value::Map(choice))
            }
            _ => {
                self.losses.add(&item.path, "this is no choice");
                None
            }
        }
    }
}

fn worded(value: Value, text: Value) -> Value {
    let mut choice = Map::new();
    choice.insert("value".into(), value);
    choice.insert("text".into(), text);
    Value::Map(choice)
}
