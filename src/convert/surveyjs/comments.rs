//! Choices with a place of their own to write in: it becomes a question after theirs.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use crate::diagnostic::Step;
use crate::value::{Map, Value};

/// What says that a choice has a place to write in.
const FIELDS: [&str; 3] = ["showCommentArea", "isCommentRequired", "commentPlaceholder"];

/// An element whose choices have places to write in.
pub struct Written {
    /// The element without them.
    pub element: Value,
    /// The questions that ask for what would be written there.
    pub questions: Vec<Map>,
}

impl Converter {
    /// Takes the places to write in out of an element; nothing where it has none.
    pub fn written(&self, item: &Item, scope: &Scope) -> Option<Written> {
        let element = item.value.as_map()?;
        let name = element.get("name")?.as_text()?;
        let known = element.get("valueName").and_then(Value::as_text).unwrap_or(name);
        let kind = element.get("type")?.as_text()?.to_ascii_lowercase();
        let relation = match kind.as_str() {
            "radiogroup" | "dropdown" => "=",
            "checkbox" | "tagbox" => "contains",
            _ => return None,
        };
        let list = Item { value: element.get("choices")?, path: item.inside(key("choices")) };
        let (mut choices, mut questions) = (Vec::new(), Vec::new());
        for choice in list.items() {
            let Some(map) = choice.value.as_map().filter(|map| writes(map)) else {
                choices.push(choice.value.clone());
                continue;
            };
            let value = map.get("value").cloned().unwrap_or_default();
            let read = if scope.rows.is_empty() { "" } else { "panel." };
            let literal = match &value {
                Value::Text(text) => format!("'{}'", text.replace('\'', "\\'")),
                other => other.to_json(),
            };
            let shown = format!("{{{read}{known}}} {relation} {literal}");
            questions.extend(self.place_to_write(&choice, name, &value, shown));
            let mut plain = map.clone();
            for field in FIELDS {
                plain.remove(field);
            }
            choices.push(Value::Map(plain));
        }
        if questions.is_empty() {
            return None;
        }
        let mut element = element.clone();
        element.insert("choices".into(), Value::List(choices));
        Some(Written { element: Value::Map(element), questions })
    }

    fn place_to_write(
        &self,
        choice: &Item,
        name: &str,
        value: &Value,
        shown: String,
    ) -> Option<Map> {
        let object = Object::new(choice, &["checkboxitem"], &self.losses)?;
        let word = value.as_text().map_or_else(|| value.to_json(), str::to_owned);
        let mut id = format!("{name}-{word}-comment");
        while self.ids.borrow().contains(&id) {
            id.push('\'');
        }
        self.ids.borrow_mut().push(id.clone());
        let message = format!("asked in a question of its own, `{id}`, where the answer goes too");
        self.losses.add(&choice.inside(key("showCommentArea")), message);
        let mut question = Map::new();
        question.insert("id".into(), Value::Text(id));
        question.insert("type".into(), "text".into());
        question.insert("lines".into(), Value::from(2));
        question.insert("visibleIf".into(), Value::Text(shown));
        question.insert("title".into(), self.text(&object, "text").unwrap_or(Value::Text(word)));
        let placeholder = self.text(&object, "commentPlaceholder");
        question.extend(placeholder.map(|text| ("placeholder".into(), text)));
        if object.flag("isCommentRequired") {
            question.insert("required".into(), Value::from(true));
        }
        Some(question)
    }
}

fn writes(choice: &Map) -> bool {
    choice.get("showCommentArea").and_then(Value::as_bool) == Some(true)
        && choice.get("value").is_some()
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}
