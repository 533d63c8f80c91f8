//! A sound survey on the screen. Whatever else there is, the whole engine shows.

use crate::ui::kit::Element;
use std::sync::Arc;

use wasm_bindgen::JsValue;

use super::events::Emitter;
use super::options::Given;
use crate::survey::Survey;
use crate::ui::{Controller, survey_view};

pub fn load(given: &Given) -> Result<Survey, JsValue> {
    let loaded = given.definition.as_ref().and_then(|json| Survey::load(json).ok());
    loaded.map(|loaded| loaded.survey).ok_or_else(|| "unsound".into())
}

pub fn show(given: Given, survey: Survey, emitter: Emitter) -> (Element, Option<Controller>) {
    let controller = Controller::new(Arc::new(survey), given.options, emitter.into_handler());
    (survey_view(controller), Some(controller))
}
