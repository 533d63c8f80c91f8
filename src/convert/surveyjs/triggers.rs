//! Triggers, the newer form with an expression and the older with a name and an operator.

use super::converter::Converter;
use super::names::Scope;
use super::object::Object;
use crate::value::{Map, Value};

pub fn triggers(converter: &Converter, survey: &Object) -> Vec<Value> {
    let mut triggers = Vec::new();
    for item in survey.list("triggers") {
        let kind = item.value.get("type").and_then(Value::as_text).unwrap_or_default();
        let kind = kind.to_ascii_lowercase();
        let kind = kind.strip_suffix("trigger").unwrap_or(&kind);
        let class = format!("{kind}trigger");
        let Some(object) = Object::new(&item, &[&class], &converter.losses) else { continue };
        object.take("type");
        if let Some(trigger) = trigger(converter, &object, kind) {
            triggers.push(Value::Map(trigger));
        }
        object.finish();
    }
    triggers
}

fn trigger(converter: &Converter, object: &Object, kind: &str) -> Option<Map> {
    let name = match kind {
        "complete" => "complete",
        "setvalue" => "set",
        "copyvalue" => "copy",
        "runexpression" => "run",
        "skip" => "skip",
        _ => {
            converter.losses.add(&object.path, "there is no such trigger in Askwell");
            for name in ["expression", "name", "operator", "value", "pages", "questions"] {
                object.take(name);
            }
            return None;
        }
    };
    let mut trigger = Map::new();
    trigger.insert("type".into(), Value::from(name));
    let condition = match object.look("expression") {
        Some(_) => converter.expression(object, "expression", &Scope::default()),
        None => legacy_condition(object).map(Value::Text),
    };
    for name in ["name", "operator", "value"] {
        object.take(name);
    }
    if condition.is_none() && name != "copy" {
        converter.losses.add(&object.path, "a trigger without a condition never goes off");
        return None;
    }
    trigger.extend(condition.map(|condition| ("expression".into(), condition)));
    for field in ["setToName", "fromName", "gotoName"] {
        trigger.extend(object.string(field).map(|name| (field.to_owned(), Value::Text(name))));
    }
    let to = trigger.get("setToName").and_then(Value::as_text);
    let lost = to.is_some_and(|to| converter.names.is_out_of_reach(to));
    if let Some(item) = object.take("setValue") {
        trigger.insert("setValue".into(), item.value.clone());
    }
    let run = converter.expression(object, "runExpression", &Scope::default());
    trigger.extend(run.map(|run| ("runExpression".into(), run)));
    object.take("isVariable");
    if lost {
        let message = "a trigger sets no answer in parts whose name has a point in it";
        converter.losses.add(&object.path, message);
        return None;
    }
    Some(trigger)
}

/// The condition of a trigger as version 1 wrote it: `{name, operator, value}`.
fn legacy_condition(object: &Object) -> Option<String> {
    let name = object.look("name")?.value.as_text()?;
    let operator = object.look("operator").and_then(|item| item.value.as_text());
    let operator = match operator.unwrap_or("equal") {
        "empty" => return Some(format!("{{{name}}} empty")),
        "notempty" => return Some(format!("{{{name}}} notempty")),
        "equal" => "=",
        "notequal" => "!=",
        "contains" => "contains",
        "notcontains" => "notcontains",
        "greater" => ">",
        "less" => "<",
        "greaterorequal" => ">=",
        "lessorequal" => "<=",
        _ => return None,
    };
    let value = match object.look("value")?.value {
        Value::Text(text) => format!("'{}'", text.replace('\'', "\\'")),
        other => other.to_json(),
    };
    Some(format!("{{{name}}} {operator} {value}"))
}
