//! The document itself: pages and what holds for all of them.

use super::converter::Converter;
use super::names::Scope;
use super::object::{Item, Object};
use crate::convert::Converted;
use crate::diagnostic::{Diagnostic, Step};
use crate::value::{Map, Value};

/// Converts a document.
///
/// # Errors
/// Where it is no object, or nothing in it can be asked.
pub fn convert(document: &Value) -> Result<Converted, Vec<Diagnostic>> {
    let Some(map) = document.as_map() else {
        let message = "a SurveyJS document is an object";
        return Err(vec![Diagnostic::error("wrong-type", Vec::new(), message)]);
    };
    let converter = Converter::new(map);
    let root = Item { value: document, path: Vec::new() };
    let Some(object) = Object::new(&root, &["survey"], &converter.losses) else {
        return Err(Vec::new());
    };
    let mut survey = Map::new();
    survey.insert("askwell".into(), Value::from(1));
    survey.insert("id".into(), Value::from(object.string("surveyId").unwrap_or("survey".into())));
    converter.settings(&object, &mut survey);
    let pages = converter.pages(&object);
    if pages.is_empty() {
        let message = "this document has no page and no element that can be asked";
        return Err(vec![Diagnostic::error("no-pages", Vec::new(), message)]);
    }
    survey.insert("pages".into(), Value::List(pages));
    object.finish();
    survey.insert("locales".into(), converter.languages());
    let losses = converter.losses.into_vec();
    Ok(Converted { survey: Value::Map(survey), losses })
}

impl Converter {
    pub fn calculated(&self, object: &Object) -> Vec<Value> {
        let mut list = Vec::new();
        for item in object.list("calculatedValues") {
            let Some(entry) = Object::new(&item, &["calculatedvalue"], &self.losses) else {
                continue;
            };
            let name = entry.string("name");
            let expression = self.expression(&entry, "expression", &Scope::default());
            let include = entry.flag("includeIntoResult");
            entry.finish();
            let (Some(name), Some(expression)) = (name, expression) else { continue };
            let mut calculated = Map::new();
            calculated.insert("id".into(), Value::Text(name));
            calculated.insert("expression".into(), expression);
            if include {
                calculated.insert("includeIntoResult".into(), Value::from(true));
            }
            list.push(Value::Map(calculated));
        }
        list
    }

    fn pages(&self, object: &Object) -> Vec<Value> {
        let scope = Scope::default();
        let mut pages: Vec<Map> = Vec::new();
        let timed = self.is_timed(object);
        for item in object.list("pages") {
            if let Some(page) = Object::new(&item, &["page"], &self.losses) {
                pages.push(self.page(page, pages.len(), timed, &scope));
            }
        }
        let loose = object.list("elements");
        if !loose.is_empty() {
            let mut page = Map::new();
            page.insert("questions".into(), Value::List(self.elements(&loose, &scope)));
            pages.push(page);
        }
        let mut ids: Vec<String> = Vec::new();
        for (index, page) in pages.iter_mut().enumerate() {
            let given = page.get("id").and_then(Value::as_text).map(str::to_owned);
            let mut id = given.clone().unwrap_or_else(|| format!("page{}", index + 1));
            while ids.contains(&id) {
                id.push('\'');
            }
            if given.is_some_and(|given| given != id) {
                let path =
                    [Step::Key("pages".into()), Step::Index(index), Step::Key("name".into())];
                self.losses.add(&path, format!("the name stands twice; now it is `{id}`"));
            }
            page.insert("id".into(), Value::Text(id.clone()));
            ids.push(id);
        }
        pages.into_iter().map(Value::Map).collect()
    }

    fn page(&self, object: Object, index: usize, timed: bool, scope: &Scope) -> Map {
        let mut page = Map::new();
        let name = object.string("name").unwrap_or_else(|| format!("page{}", index + 1));
        page.insert("id".into(), Value::Text(name));
        for name in ["title", "description"] {
            page.extend(self.text(&object, name).map(|text| (name.to_owned(), text)));
        }
        let visible = self.expression(&object, "visibleIf", scope);
        if !object.flag("visible") && visible.is_none() {
            page.insert("visibleIf".into(), Value::from("1 = 2"));
        }
        page.extend(visible.map(|condition| ("visibleIf".into(), condition)));
        match self.expression(&object, "enableIf", scope) {
            Some(condition) => drop(page.insert("enableIf".into(), condition)),
            None if object.flag("readOnly") => {
                page.insert("readOnly".into(), Value::from(true));
            }
            None => {}
        }
        object.take("readOnly");
        self.page_layout(&object, &mut page, timed);
        page.insert(
            "questions".into(),
            Value::List(self.elements(&object.list("elements"), scope)),
        );
        object.finish();
        page
    }
}
