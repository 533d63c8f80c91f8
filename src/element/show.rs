//! A survey on the screen, or kind words in its place.

use crate::ui::kit::Element;
use std::sync::Arc;

use wasm_bindgen::JsValue;

use super::events::Emitter;
use super::options::Given;
use crate::diagnostic::Diagnostic;
use crate::formats::Target;
use crate::survey::Survey;
use crate::ui::{Controller, broken_view, survey_view, unreachable_view};

type Read = Result<Survey, Vec<Diagnostic>>;

pub fn load(given: &Given) -> Result<Read, JsValue> {
    let functions: Vec<&str> = given.options.functions.names().collect();
    let definition = given.definition.as_deref().unwrap_or_default();
    Ok(Survey::load_with(definition, &functions).map(|loaded| loaded.survey))
}

pub fn show(given: Given, survey: Read, emitter: Emitter) -> (Element, Option<Controller>) {
    let locale = given.options.locale.clone();
    let Some(definition) = given.definition else {
        let failure = given.failure.unwrap_or_default();
        emitter.error("not-loaded", &failure);
        return (unreachable_view(&locale, &failure), None);
    };
    if let Some(Err(mistake)) = given.options.endpoint.as_deref().map(Target::read) {
        // Answers that cannot go anywhere are better not asked for.
        emitter.error("endpoint", &mistake);
        return (unreachable_view(&locale, &mistake), None);
    }
    match survey {
        Ok(survey) => {
            let handler = emitter.into_handler();
            let controller = Controller::new(Arc::new(survey), given.options, handler);
            (survey_view(controller), Some(controller))
        }
        Err(diagnostics) => {
            let texts = diagnostics.iter().map(|it| it.render("survey.json", &definition));
            emitter.error("definition", &texts.collect::<Vec<String>>().join("\n"));
            (broken_view(&locale, &definition, &diagnostics), None)
        }
    }
}
