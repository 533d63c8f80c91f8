//! The JSON Schema of definitions, written from the types that read them.

use crate::definition::{Field, Shape};
use crate::metrics;
use crate::questions;
use crate::validators::{self, ValidatorSource};
use crate::value::{Map, Value};

use super::source::{PageSource, QuestionSource, ScoringSource, SurveySource};

/// The JSON Schema (draft 2020-12) of a survey definition.
///
/// Editors that are pointed to it complete and check definitions while they are written.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let questions = questions::TABLE.iter().map(|row| {
        let fields = QuestionSource::fields().into_iter().chain((row.fields)()).collect();
        tagged(fields, "type", row.name, row.about, &mut definitions)
    });
    let questions: Vec<Value> = questions.collect();
    let metrics = metrics::TABLE.iter().map(|row| {
        let fields = ScoringSource::fields().into_iter().chain((row.fields)()).collect();
        tagged(fields, "metric", row.name, row.about, &mut definitions)
    });
    let metrics: Vec<Value> = metrics.collect();
    definitions.insert("questions".into(), list(object([("oneOf", Value::List(questions))])));
    let validators = validators::TABLE.iter().map(|row| {
        let fields = ValidatorSource::fields().into_iter().chain((row.fields)()).collect();
        tagged(fields, "type", row.name, row.about, &mut definitions)
    });
    let validators: Vec<Value> = validators.collect();
    definitions
        .insert("validator".into(), Value::Map(object([("oneOf", Value::List(validators))])));
    definitions.insert("text".into(), text_schema());
    let mut page = fields_schema(PageSource::fields(), &mut definitions);
    extend(&mut page, "questions", reference("questions"), true);
    let mut survey = fields_schema(SurveySource::fields(), &mut definitions);
    extend(&mut survey, "pages", list(page), true);
    extend(&mut survey, "scoring", list(object([("oneOf", Value::List(metrics))])), false);
    extend(&mut survey, "$schema", Value::Map(object([("type", "string".into())])), false);
    survey.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    survey.insert("title".into(), "Askwell survey".into());
    survey.insert("$defs".into(), Value::Map(definitions));
    Value::Map(survey)
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn list(items: impl Into<Value>) -> Value {
    Value::Map(object([("type", "array".into()), ("items", items.into())]))
}

fn reference(name: &str) -> Value {
    Value::Map(object([("$ref", format!("#/$defs/{name}").into())]))
}

fn text_schema() -> Value {
    let string = Value::Map(object([("type", "string".into())]));
    let languages = object([("type", "object".into()), ("additionalProperties", string.clone())]);
    Value::Map(object([("oneOf", Value::List(vec![string, Value::Map(languages)]))]))
}

/// An object with one more field whose value is the row's name.
fn tagged(fields: Vec<Field>, tag: &str, name: &str, about: &str, definitions: &mut Map) -> Value {
    let mut schema = fields_schema(fields, definitions);
    schema.insert("description".into(), about.into());
    extend(&mut schema, tag, Value::Map(object([("const", name.into())])), true);
    Value::Map(schema)
}

fn fields_schema(fields: Vec<Field>, definitions: &mut Map) -> Map {
    let mut schema = object([
        ("type", "object".into()),
        ("additionalProperties", false.into()),
        ("properties", Map::new().into()),
        ("required", Value::List(Vec::new())),
    ]);
    for field in fields {
        let mut shape = match shape_schema((field.shape)(), definitions) {
            Value::Map(shape) => shape,
            _ => Map::new(),
        };
        shape.insert("description".into(), field.about.trim().into());
        extend(&mut schema, field.name, Value::Map(shape), field.required);
    }
    schema
}

fn extend(schema: &mut Map, name: &str, shape: Value, required: bool) {
    if let Some(Value::Map(properties)) = schema.get_mut("properties") {
        properties.insert(name.to_owned(), shape);
    }
    if required && let Some(Value::List(names)) = schema.get_mut("required") {
        names.push(name.into());
    }
}

fn shape_schema(shape: Shape, definitions: &mut Map) -> Value {
    let typed = |name: &str| Value::Map(object([("type", name.into())]));
    match shape {
        Shape::Anything => Value::Map(Map::new()),
        Shape::Boolean => typed("boolean"),
        Shape::Number => typed("number"),
        Shape::Integer => typed("integer"),
        Shape::String | Shape::Expression => typed("string"),
        Shape::Text => reference("text"),
        Shape::Words(words) => Value::Map(object([("enum", words.to_vec().into())])),
        Shape::List(items) => list(shape_schema(items(), definitions)),
        Shape::Map(values) => {
            let values = shape_schema(values(), definitions);
            Value::Map(object([("type", "object".into()), ("additionalProperties", values)]))
        }
        Shape::Either(one, other) => {
            let either = vec![shape_schema(one(), definitions), shape_schema(other(), definitions)];
            Value::Map(object([("anyOf", Value::List(either))]))
        }
        Shape::Object { name, about, fields } => {
            if !definitions.contains_key(name) {
                let mut schema = fields_schema(fields(), definitions);
                schema.insert("description".into(), about.trim().into());
                definitions.insert(name.to_owned(), Value::Map(schema));
            }
            reference(name)
        }
        Shape::Named(name) => reference(name),
    }
}
