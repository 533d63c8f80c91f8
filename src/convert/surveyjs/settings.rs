//! What holds for a whole survey: how it goes on, what comes after it.

use super::choices::OTHER_APART;
use super::converter::Converter;
use super::names::Scope;
use super::object::Object;
use super::triggers::triggers;
use crate::value::{Map, Value};

impl Converter {
    pub fn settings(&self, object: &Object, survey: &mut Map) {
        for name in ["title", "description"] {
            survey.extend(self.text(object, name).map(|text| (name.to_owned(), text)));
        }
        for name in ["$schema", "sjsVersion", "locale"] {
            object.take(name);
        }
        if let Some(item) = object.take("storeOthersAsComment")
            && *item.value == Value::from(false)
        {
            self.losses.add(&item.path, OTHER_APART);
        }
        self.word(object, survey, "clearInvisibleValues", HIDDEN);
        let checks = ["onNextPage", "onValueChanged", "onComplete"];
        self.word(object, survey, "checkErrorsMode", &checks);
        if object.flag("readOnly") || object.word("mode") == "display" {
            survey.insert("readOnly".into(), Value::from(true));
        }
        survey.insert("tidyAnswers".into(), Value::from(true));
        self.going_on(object, survey);
        self.order_and_time(object, survey);
        let calculated = self.calculated(object);
        if !calculated.is_empty() {
            survey.insert("calculated".into(), Value::List(calculated));
        }
        let triggers = triggers(self, object);
        if !triggers.is_empty() {
            survey.insert("triggers".into(), Value::List(triggers));
        }
        let completion = self.completion(object);
        if !completion.is_empty() {
            survey.insert("completion".into(), Value::Map(completion));
        }
    }

    /// A word that both know; what else may stand there is lost.
    pub fn word(&self, object: &Object, into: &mut Map, name: &str, known: &[&str]) {
        let Some(item) = object.take(name) else { return };
        match item.value.as_text() {
            Some(word) if known.contains(&word) => {
                into.insert(name.to_owned(), item.value.clone());
            }
            Some("default") => {}
            _ => self.losses.add(&item.path, "not carried over"),
        }
    }

    /// A flag that holds unless said otherwise, under the same name.
    pub fn differs(&self, object: &Object, into: &mut Map, name: &str) {
        if let Some(item) = object.take(name) {
            // Older versions had words here that say where to show it.
            let off = [Value::from(false), "none".into(), "hide".into(), "off".into()];
            if off.contains(item.value) {
                into.insert(name.to_owned(), Value::from(false));
            }
        }
    }

    /// How respondents get from page to page.
    fn going_on(&self, object: &Object, survey: &mut Map) {
        let single = object.flag("isSinglePage");
        if let Some(item) = object.take("questionsOnPageMode") {
            match item.value.as_text().unwrap_or_default() {
                "standard" => {}
                "singlePage" | "questionPerPage" => {
                    survey.insert("questionsOnPageMode".into(), item.value.clone());
                }
                "inputPerPage" => {
                    self.losses.add(&item.path, "one question at a time, not one input");
                    survey.insert("questionsOnPageMode".into(), "questionPerPage".into());
                }
                _ => self.losses.add(&item.path, "not carried over"),
            }
        } else if single {
            survey.insert("questionsOnPageMode".into(), "singlePage".into());
        }
        self.flags(object, survey, &["firstPageIsStartPage", "showTOC", "autoAdvanceEnabled"]);
        self.differs(object, survey, "autoAdvanceAllowComplete");
        self.differs(object, survey, "showNavigationButtons");
        self.preview(object, survey);
        let progress = object.take("showProgressBar");
        let shown = progress.is_some_and(|item| match item.value {
            Value::Bool(shown) => *shown,
            Value::Text(place) => place != "off",
            _ => {
                self.losses.add(&item.path, "this is neither true nor false");
                false
            }
        });
        survey.insert("showProgressBar".into(), Value::from(shown));
        if let Some(item) = object.take("progressBarType") {
            match item.value.as_text().unwrap_or_default() {
                "pages" | "questions" | "requiredQuestions" => {
                    survey.insert("progressBarType".into(), item.value.clone());
                }
                _ => self.losses.add(&item.path, "not carried over"),
            }
        }
    }

    fn preview(&self, object: &Object, survey: &mut Map) {
        let shown = object.take("showPreviewBeforeComplete").map(|item| item.value);
        let mode = object.word("previewMode");
        let (shown, mode) = match shown {
            Some(Value::Text(word)) if word == "showAllQuestions" => (true, "all"),
            Some(Value::Text(word)) if word == "showAnsweredQuestions" => (true, "answered"),
            Some(Value::Bool(true)) if mode == "answeredQuestions" => (true, "answered"),
            Some(Value::Bool(true)) => (true, "all"),
            _ => (false, "all"),
        };
        if shown {
            survey.insert("showPreviewBeforeComplete".into(), Value::from(true));
            survey.insert("previewMode".into(), Value::from(mode));
        }
    }

    fn completion(&self, object: &Object) -> Map {
        let mut completion = Map::new();
        completion.extend(self.html(object, "completedHtml").map(|text| ("text".into(), text)));
        let redirect = self.address(object, "navigateToUrl");
        completion.extend(redirect.map(|url| ("redirect".into(), url)));
        let lists = [
            ("completedHtmlOnCondition", "htmlconditionitem", "textOnCondition"),
            ("navigateToUrlOnCondition", "urlconditionitem", "redirectOnCondition"),
        ];
        for (name, class, ours) in lists {
            let mut entries = Vec::new();
            for item in object.list(name) {
                let Some(entry) = Object::new(&item, &[class], &self.losses) else { continue };
                let mut converted = Map::new();
                let condition = self.expression(&entry, "expression", &Scope::default());
                converted.extend(condition.map(|condition| ("if".into(), condition)));
                converted.extend(self.html(&entry, "html").map(|text| ("text".into(), text)));
                converted.extend(self.address(&entry, "url").map(|url| ("redirect".into(), url)));
                entry.finish();
                if converted.len() == 2 {
                    entries.push(Value::Map(converted));
                }
            }
            if !entries.is_empty() {
                completion.insert(ours.into(), Value::List(entries));
            }
        }
        completion
    }

    /// Where to go on; languages share one address.
    fn address(&self, object: &Object, name: &str) -> Option<Value> {
        let item = object.take(name)?;
        let url = match item.value {
            Value::Map(languages) => languages.get("default").and_then(Value::as_text),
            other => other.as_text(),
        };
        let url = url.filter(|url| !url.is_empty())?;
        if !url.starts_with("https://") && !url.starts_with("http://") {
            self.losses.add(&item.path, "Askwell leads on to https:// addresses only");
            return None;
        }
        Some(Value::from(url))
    }
}

/// What can happen to hidden answers.
pub const HIDDEN: &[&str] = &["none", "onComplete", "onHidden", "onHiddenContainer"];
