//! What is asked of an answer beyond its type.

use super::converter::Converter;
use super::names::Scope;
use super::object::Object;
use crate::value::{Map, Value};

impl Converter {
    pub fn validators(&self, object: &Object, scope: &Scope) -> Vec<Value> {
        let mut validators = Vec::new();
        for item in object.list("validators") {
            let kind = item.value.get("type").and_then(Value::as_text).unwrap_or_default();
            let kind = kind.to_ascii_lowercase();
            let kind = kind.strip_suffix("validator").unwrap_or(&kind);
            let class = format!("{kind}validator");
            let Some(entry) = Object::new(&item, &[&class], &self.losses) else { continue };
            entry.take("type");
            let converted = self.validator(&entry, kind, scope);
            if converted.is_empty() {
                self.losses.add(&item.path, "not carried over");
            } else {
                entry.finish();
            }
            validators.extend(converted.into_iter().map(Value::Map));
        }
        validators
    }

    fn validator(&self, entry: &Object, kind: &str, scope: &Scope) -> Vec<Map> {
        let mut validator = Map::new();
        validator.extend(self.text(entry, "text").map(|text| ("text".into(), text)));
        if entry.word("notificationType") != "error" {
            let level = entry.word("notificationType");
            validator.insert("notificationType".into(), Value::Text(level));
        }
        let mut also = None;
        let name = match kind {
            "numeric" => {
                self.numbers(entry, &mut validator, &[("minValue", "min"), ("maxValue", "max")]);
                "number"
            }
            "text" => {
                let limits = [("minLength", "minLength"), ("maxLength", "maxLength")];
                self.counts(entry, &mut validator, &limits);
                if !entry.flag("allowDigits") {
                    // Only digits at the end are refused.
                    let mut pattern = validator.clone();
                    pattern.retain(|name, _| !name.ends_with("Length"));
                    pattern.insert("regex".into(), Value::from("\\D$"));
                    pattern.insert("type".into(), Value::from("pattern"));
                    also = Some(pattern);
                }
                "length"
            }
            "regex" => {
                let Some(regex) = entry.string("regex") else { return Vec::new() };
                validator.insert("regex".into(), Value::Text(regex));
                self.flags(entry, &mut validator, &["caseInsensitive"]);
                "pattern"
            }
            "email" => "email",
            "answercount" => {
                let limits = [("minCount", "minCount"), ("maxCount", "maxCount")];
                self.counts(entry, &mut validator, &limits);
                "count"
            }
            "expression" => {
                if entry.look("expression").is_none_or(|item| item.value.is_empty()) {
                    return Vec::new();
                }
                // What is no expression never holds.
                let condition = self.expression(entry, "expression", scope);
                let condition = condition.unwrap_or_else(|| Value::from("1 = 2"));
                validator.insert("expression".into(), condition);
                "expression"
            }
            _ => return Vec::new(),
        };
        validator.insert("type".into(), Value::from(name));
        std::iter::once(validator).chain(also).collect()
    }

    fn numbers(&self, entry: &Object, validator: &mut Map, names: &[(&str, &str)]) {
        for (theirs, ours) in names {
            let number = entry.number(theirs).map(Value::Number);
            validator.extend(number.map(|number| ((*ours).to_owned(), number)));
        }
    }

    fn counts(&self, entry: &Object, validator: &mut Map, names: &[(&str, &str)]) {
        for (theirs, ours) in names {
            let count = entry.count(theirs).map(Value::Number);
            validator.extend(count.map(|count| ((*ours).to_owned(), count)));
        }
    }
}
