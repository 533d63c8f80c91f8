//! Questions that are answered by writing, drawing or moving something.

use super::converter::Converter;
use super::names::Scope;
use super::object::Object;
use crate::value::{Map, Value};

impl Converter {
    pub fn text_input(&self, object: &Object, question: &mut Map) -> &'static str {
        question.extend(self.text(object, "placeholder").map(|text| ("placeholder".into(), text)));
        self.default(object, question);
        let input = object.look("inputType");
        let kind = object.word("inputType");
        match kind.as_str() {
            "number" | "range" => {
                for name in ["min", "max"] {
                    let limit = object.number(name).map(Value::Number);
                    question.extend(limit.map(|limit| (name.to_owned(), limit)));
                }
                "number"
            }
            "date" | "datetime-local" | "time" | "month" | "datetime" => {
                let kind = if kind == "datetime" { "datetime-local" } else { &kind };
                question.insert("inputType".into(), Value::from(kind));
                question.remove("placeholder");
                for name in ["min", "max"] {
                    let limit = object.string(name).map(Value::Text);
                    question.extend(limit.map(|limit| (name.to_owned(), limit)));
                }
                "date"
            }
            _ => {
                match kind.as_str() {
                    "email" => drop(question.insert("inputType".into(), "email".into())),
                    "tel" | "url" => {
                        question.insert("inputType".into(), kind.as_str().into());
                        question.insert("checkInput".into(), Value::from(false));
                    }
                    "text" => {}
                    _ => {
                        if let Some(item) = &input {
                            self.losses
                                .add(&item.path, format!("`{kind}` is asked for as plain text"));
                        }
                    }
                }
                let autocomplete = object.string("autocomplete").map(Value::Text);
                question.extend(autocomplete.map(|token| ("autocomplete".into(), token)));
                self.max_length(object, question);
                let suggestions: Vec<Value> = object
                    .list("dataList")
                    .iter()
                    .filter_map(|item| self.wording(item, |_, text| text.to_owned()))
                    .collect();
                if !suggestions.is_empty() {
                    question.insert("dataList".into(), Value::List(suggestions));
                }
                "text"
            }
        }
    }

    fn max_length(&self, object: &Object, question: &mut Map) {
        let length = object.count("maxLength").map(Value::Number);
        question.extend(length.map(|length| ("maxLength".into(), length)));
    }

    pub fn comment(&self, object: &Object, question: &mut Map) -> &'static str {
        question.extend(self.text(object, "placeholder").map(|text| ("placeholder".into(), text)));
        self.default(object, question);
        self.max_length(object, question);
        question.insert("lines".into(), Value::Number(object.number_or_default("rows").max(2.0)));
        "text"
    }

    pub fn text_list(&self, object: &Object, question: &mut Map) -> &'static str {
        let mut items = Vec::new();
        for item in object.list("items") {
            let Some(entry) = Object::new(&item, &["multipletextitem"], &self.losses) else {
                continue;
            };
            let mut text = Map::new();
            let id = entry.string("name").unwrap_or_else(|| self.unnamed("item"));
            text.insert("id".into(), Value::Text(id));
            for name in ["title", "placeholder"] {
                text.extend(self.text(&entry, name).map(|wording| (name.to_owned(), wording)));
            }
            if entry.flag("isRequired") {
                text.insert("required".into(), Value::from(true));
            }
            self.max_length(&entry, &mut text);
            match entry.word("inputType").as_str() {
                "text" => {}
                kind @ ("email" | "tel" | "url") => {
                    text.insert("inputType".into(), Value::from(kind));
                }
                kind => {
                    self.losses.add(&entry.path, format!("`{kind}` is asked for as plain text"))
                }
            }
            entry.finish();
            items.push(Value::Map(text));
        }
        question.insert("items".into(), Value::List(items));
        if let Some(columns) = object.count("colCount") {
            question.insert("colCount".into(), Value::Number(columns));
        }
        self.default(object, question);
        "text-list"
    }

    pub fn boolean(&self, object: &Object, question: &mut Map) -> &'static str {
        let values =
            ["valueTrue", "valueFalse"].map(|name| object.take(name).map(|item| item.value));
        let labels = ["labelTrue", "labelFalse"].map(|name| self.text(object, name));
        let default = object.take("defaultValue").map(|item| item.value.clone());
        let own = values.iter().any(Option::is_some);
        let stored = |on: bool| values[usize::from(!on)].cloned().unwrap_or(Value::from(on));
        let default = match default {
            Some(Value::Bool(on)) => Some(stored(on)),
            Some(Value::Text(text)) if text == "true" || text == "false" => {
                Some(stored(text == "true"))
            }
            Some(Value::Text(text)) if text == "indeterminate" => None,
            other => other,
        };
        question.extend(default.map(|default| ("defaultValue".into(), default)));
        if !own {
            for (name, label) in ["labelTrue", "labelFalse"].into_iter().zip(labels) {
                question.extend(label.map(|label| (name.to_owned(), label)));
            }
            return "yes-no";
        }
        let choice = |(on, label): (bool, Option<Value>)| {
            let mut choice = Map::new();
            choice.insert("value".into(), stored(on));
            let word = Value::from(if on { "Yes" } else { "No" });
            choice.insert("text".into(), label.unwrap_or(word));
            Value::Map(choice)
        };
        let choices = [true, false].into_iter().zip(labels).map(choice).collect();
        question.insert("choices".into(), Value::List(choices));
        "single-choice"
    }

    /// The scale as SurveyJS makes it out of what is given.
    pub fn rating(&self, object: &Object, question: &mut Map) -> &'static str {
        let values = object.list("rateValues");
        let generate =
            object.look("autoGenerate").is_some_and(|item| *item.value == Value::from(true));
        object.take("autoGenerate");
        let own = object.look("rateType");
        let kind = object.word("rateType");
        if own.is_some() && matches!(kind.as_str(), "stars" | "smileys") {
            question.insert("rateType".into(), Value::Text(kind.clone()));
        }
        for name in ["minRateDescription", "maxRateDescription"] {
            question.extend(self.text(object, name).map(|text| (name.to_owned(), text)));
        }
        self.default(object, question);
        let [min, max, count] = ["rateMin", "rateMax", "rateCount"].map(|name| object.number(name));
        let step = object.number_or_default("rateStep");
        if !values.is_empty() && !generate {
            let values = self.choice_list(&values, &Scope::default());
            question.insert("rateValues".into(), Value::List(values));
            return "rating";
        }
        let steps = |count: f64| (count - 1.0) * step;
        let (min, max) = match (min, max, count) {
            (Some(min), None, Some(count)) => (min, min + steps(count)),
            (None, Some(max), Some(count)) => (max - steps(count), max),
            (min, max, _) => (min.unwrap_or(1.0), max.unwrap_or(5.0)),
        };
        let most = if kind == "smileys" { 10.0 } else { 20.0 };
        let max = max.min(min + steps(most));
        for (name, number, standard) in
            [("rateMin", min, 1.0), ("rateMax", max, 5.0), ("rateStep", step, 1.0)]
        {
            if number != standard {
                question.insert(name.into(), Value::Number(number));
            }
        }
        "rating"
    }

    pub fn slider(&self, object: &Object, question: &mut Map) -> &'static str {
        if object.word("sliderType") == "range" {
            question.insert("sliderType".into(), Value::from("range"));
        }
        for name in ["min", "max", "step"] {
            question
                .extend(object.number(name).map(|number| (name.to_owned(), Value::Number(number))));
        }
        let labels = self.choice_list(&object.list("customLabels"), &Scope::default());
        if !labels.is_empty() {
            question.insert("customLabels".into(), Value::List(labels));
        }
        self.default(object, question);
        "slider"
    }

    pub fn file(&self, object: &Object, question: &mut Map) -> &'static str {
        if object.flag("allowMultiple") {
            question.insert("allowMultiple".into(), Value::from(true));
        }
        for name in ["maxSize", "maxFiles"] {
            let limit = object.count(name).map(Value::Number);
            question.extend(limit.map(|limit| (name.to_owned(), limit)));
        }
        if !question.contains_key("maxSize") {
            question.insert("maxSize".into(), Value::from(0));
        }
        for name in ["acceptedTypes", "sourceType"] {
            let word = object.string(name).map(Value::Text);
            question.extend(word.map(|word| (name.to_owned(), word)));
        }
        "file"
    }

    pub fn signature(&self, object: &Object, question: &mut Map) -> &'static str {
        for name in ["signatureWidth", "signatureHeight"] {
            let size = object.number_or_default(name).clamp(50.0, 2000.0);
            question.insert(name.into(), Value::Number(size));
        }
        "signature"
    }

    /// A value that is computed and shown. SurveyJS rounds the value itself.
    pub fn calculated_question(
        &self,
        object: &Object,
        question: &mut Map,
        scope: &Scope,
    ) -> &'static str {
        let expression = self.expression(object, "expression", scope);
        let expression = expression.as_ref().and_then(Value::as_text).unwrap_or("null").to_owned();
        let precision = object.number("precision").filter(|precision| *precision >= 0.0);
        let expression = match precision {
            Some(precision) => format!("round({expression}, {precision})"),
            None => expression,
        };
        question.insert("expression".into(), Value::Text(expression));
        let style = object.word("displayStyle");
        let style = if style == "decimal" { "number" } else { style.as_str() };
        if style != "none" {
            question.insert("displayStyle".into(), Value::from(style));
        }
        if style == "currency" {
            question.insert("currency".into(), Value::Text(object.word("currency")));
        }
        if matches!(style, "number" | "currency" | "percent") {
            let digits = object.number("maximumFractionDigits").filter(|digits| *digits >= 0.0);
            let digits = digits.map(|digits| Value::Number(digits.min(20.0).trunc()));
            question.extend(digits.map(|digits| ("precision".into(), digits)));
            if !object.flag("useGrouping") {
                question.insert("useGrouping".into(), Value::from(false));
            }
        }
        if object.look("format").is_some_and(|item| *item.value == "{0}".into()) {
            object.take("format");
        }
        "calculated"
    }

    pub fn note(&self, object: &Object, question: &mut Map) -> &'static str {
        question.extend(self.html(object, "html").map(|text| ("description".into(), text)));
        question.insert("title".into(), Value::from(" "));
        "note"
    }

    pub fn image(&self, object: &Object, question: &mut Map) -> &'static str {
        let link = object.string("imageLink").unwrap_or_default();
        question.insert("imageLink".into(), Value::Text(link));
        let alt = self.text(object, "altText");
        question.insert("altText".into(), alt.unwrap_or_else(|| Value::from("")));
        for name in ["imageWidth", "imageHeight"] {
            let size = object.take(name).and_then(|item| {
                let size = match item.value {
                    Value::Number(number) => Some(*number),
                    Value::Text(text) => text.trim_end_matches("px").parse().ok(),
                    _ => None,
                };
                if size.is_none() {
                    self.losses.add(&item.path, "not carried over");
                }
                size
            });
            question.extend(size.map(|size: f64| (name.to_owned(), Value::Number(size.trunc()))));
        }
        "image"
    }
}
