//! Questions with choices.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use crate::value::{Map, Value};

impl Converter {
    pub fn single(
        &self,
        object: &Object,
        question: &mut Map,
        scope: &Scope,
        look: &str,
    ) -> &'static str {
        self.choices(object, question, scope);
        self.special(object, question);
        self.looks(object, question, look);
        self.default(object, question);
        "single-choice"
    }

    pub fn multiple(
        &self,
        object: &Object,
        question: &mut Map,
        scope: &Scope,
        look: &str,
    ) -> &'static str {
        self.choices(object, question, scope);
        self.special(object, question);
        self.flags(object, question, &["showSelectAllItem"]);
        let all = self.text(object, "selectAllText");
        question.extend(all.map(|text| ("selectAllText".into(), text)));
        self.looks(object, question, look);
        self.limits(object, question);
        self.default(object, question);
        "multiple-choice"
    }

    pub fn ranking(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        self.choices(object, question, scope);
        self.default(object, question);
        if object.flag("selectToRankEnabled") {
            question.insert("selectToRankEnabled".into(), Value::from(true));
            self.limits(object, question);
        }
        "ranking"
    }

    /// The areas of a picture, as a list: the picture itself stays behind, and that is reported.
    pub fn image_map(&self, object: &Object, question: &mut Map, scope: &Scope) -> &'static str {
        let areas = self.choice_list(&object.list("areas"), &scope.of_item());
        question.insert("choices".into(), self.some(areas));
        self.default(object, question);
        if !object.flag("multiSelect") {
            return "single-choice";
        }
        for (theirs, ours) in
            [("minSelectedAreas", "minSelectedChoices"), ("maxSelectedAreas", "maxSelectedChoices")]
        {
            let count = object.count(theirs).map(Value::Number);
            question.extend(count.map(|count| (ours.to_owned(), count)));
        }
        "multiple-choice"
    }

    fn limits(&self, object: &Object, question: &mut Map) {
        for name in ["minSelectedChoices", "maxSelectedChoices"] {
            question
                .extend(object.count(name).map(|count| (name.to_owned(), Value::Number(count))));
        }
    }

    /// How the choices look.
    fn looks(&self, object: &Object, question: &mut Map, look: &str) {
        let as_dropdown =
            object.look("renderAs").is_some_and(|item| *item.value == "select".into());
        let look = if as_dropdown { "dropdown" } else { look };
        if as_dropdown {
            object.take("renderAs");
        }
        if look != "list" {
            question.insert("renderAs".into(), Value::from(look));
        }
        match look {
            "dropdown" => {
                self.differs(object, question, "searchEnabled");
                let placeholder = self.text(object, "placeholder");
                question.extend(placeholder.map(|text| ("placeholder".into(), text)));
            }
            "images" => {
                let has_image = |choice: &Value| choice.get("imageLink").is_some();
                let choices = question.get("choices").and_then(Value::as_list).unwrap_or_default();
                let shown = object.flag("showLabel") || !choices.iter().all(has_image);
                question.insert("showLabel".into(), Value::from(shown));
            }
            _ => {}
        }
        if let Some(columns) = object.number("colCount").filter(|columns| *columns >= 0.0) {
            question.insert("colCount".into(), Value::Number(columns.trunc()));
        }
    }

    fn choices(&self, object: &Object, question: &mut Map, scope: &Scope) {
        let scope = scope.of_item();
        let choices = self.choice_list(&object.list("choices"), &scope);
        let carried = object.string("choicesFromQuestion");
        if carried.is_none() {
            let choices = self.some(choices);
            question.insert("choices".into(), choices);
        }
        question.extend(carried.map(|name| ("choicesFromQuestion".into(), Value::Text(name))));
        for name in
            ["choicesFromQuestionMode", "choiceValuesFromQuestion", "choiceTextsFromQuestion"]
        {
            let word = object.string(name).filter(|_| question.contains_key("choicesFromQuestion"));
            question.extend(word.map(|word| (name.to_owned(), Value::Text(word))));
        }
        for name in ["choicesVisibleIf", "choicesEnableIf"] {
            let condition = self.expression(object, name, &scope);
            question.extend(condition.map(|condition| (name.to_owned(), condition)));
        }
        self.choices_by_url(object, question);
        self.order(object, question, "choicesOrder");
        if let (Some(min), Some(max)) = (object.number("choicesMin"), object.count("choicesMax")) {
            question.insert("choicesMin".into(), Value::Number(min));
            question.insert("choicesMax".into(), Value::Number(max));
            let step = object.number("choicesStep").map(Value::Number);
            question.extend(step.map(|step| ("choicesStep".into(), step)));
        }
        self.flags(object, question, &["hideIfChoicesEmpty"]);
    }

    /// Choices that lie at an address.
    fn choices_by_url(&self, object: &Object, question: &mut Map) {
        let Some(item) = object.take("choicesByUrl") else { return };
        let Some(source) = Object::new(&item, &["choicesbyurl"], &self.losses) else { return };
        let Some(url) = source.string("url") else { return };
        let mut by_url = Map::new();
        by_url.insert("url".into(), Value::Text(url));
        for name in ["path", "valueName", "titleName"] {
            by_url.extend(source.string(name).map(|word| (name.to_owned(), Value::Text(word))));
        }
        self.flags(&source, &mut by_url, &["allowEmptyResponse"]);
        source.finish();
        question.insert("choicesByUrl".into(), Value::Map(by_url));
        question.remove("choices");
    }

    /// Choices that stand after all others.
    fn special(&self, object: &Object, question: &mut Map) {
        if let Some(item) = object.take("storeOthersAsComment")
            && *item.value == Value::from(false)
            && object.look("showOtherItem").is_some()
        {
            let name = object.string("name").unwrap_or_default();
            self.losses.add(&item.path, format!("{OTHER_APART}, under `{name}-comment`"));
        }
        let special = [
            ("showNoneItem", ["noneText"].as_slice()),
            ("showRefuseItem", &["refuseText"]),
            ("showDontKnowItem", &["dontKnowText"]),
            ("showOtherItem", &["otherText", "otherErrorText", "otherPlaceholder"]),
        ];
        for (flag, texts) in special {
            let shown = object.flag(flag);
            for name in texts {
                let text = self.text(object, name).filter(|_| shown);
                question.extend(text.map(|text| ((*name).to_owned(), text)));
            }
            if shown {
                question.insert(flag.into(), Value::from(true));
            }
        }
    }

    /// The same list, with a choice that is never offered where it is empty: Askwell wants one.
    pub fn some(&self, mut list: Vec<Value>) -> Value {
        if list.is_empty() {
            let mut never = Map::new();
            never.insert("value".into(), Value::from("-"));
            never.insert("visibleIf".into(), Value::from("1 = 2"));
            list.push(Value::Map(never));
        }
        Value::List(list)
    }

    /// In which order a list stands; SurveyJS has two words for as it is written.
    pub fn order(&self, object: &Object, question: &mut Map, name: &str) {
        let word = object.word(name).to_ascii_lowercase();
        if matches!(word.as_str(), "asc" | "desc" | "random") {
            question.insert(name.into(), Value::Text(word));
        }
    }

    /// Flags that are false unless said otherwise, under the same name.
    pub fn flags(&self, object: &Object, question: &mut Map, names: &[&str]) {
        for name in names {
            if object.flag(name) {
                question.insert((*name).to_owned(), Value::from(true));
            }
        }
    }

    /// The answer to begin with, as it stands.
    pub fn default(&self, object: &Object, question: &mut Map) {
        if let Some(item) = object.take("defaultValue") {
            question.insert("defaultValue".into(), item.value.clone());
        }
    }

    /// Choices, rows or columns: bare values, `value|text`, or objects.
    pub fn choice_list(&self, items: &[Item], scope: &Scope) -> Vec<Value> {
        items.iter().filter_map(|item| self.choice(item, scope)).collect()
    }

    fn choice(&self, item: &Item, scope: &Scope) -> Option<Value> {
        match item.value {
            Value::Text(text) => match text.split_once('|') {
                Some((value, text)) => Some(worded(Value::from(value), Value::from(text))),
                None => Some(item.value.clone()),
            },
            Value::Number(_) | Value::Bool(_) => Some(item.value.clone()),
            Value::Map(_) => {
                let object = Object::new(
                    item,
                    &["checkboxitem", "imageitemvalue", "matrixcolumn", "imagemaparea"],
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
                self.flags(&object, &mut choice, &["isExclusive"]);
                let image = object.string("imageLink").map(Value::Text);
                choice.extend(image.map(|link| ("imageLink".into(), link)));
                for name in ["visibleIf", "enableIf"] {
                    let condition = self.expression(&object, name, scope);
                    choice.extend(condition.map(|condition| (name.to_owned(), condition)));
                }
                if !object.flag("randomize") {
                    choice.insert("randomize".into(), Value::from(false));
                }
                let category = object.string("randomizeCategory").map(Value::Text);
                choice.extend(category.map(|name| ("randomizeCategory".into(), name)));
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

/// What becomes of answers in the respondent's own words.
pub const OTHER_APART: &str =
    "what is written for \"other\" is kept beside the answer all the same";

fn worded(value: Value, text: Value) -> Value {
    let mut choice = Map::new();
    choice.insert("value".into(), value);
    choice.insert("text".into(), text);
    Value::Map(choice)
}
