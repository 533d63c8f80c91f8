//! Fetching a JSON document, such as the choices of a question or the words of a language.

use js_sys::{Function, JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Response};

use super::promise::after;
use crate::value::Value;

/// How long it may take.
const LIMIT_MS: i32 = 15_000;

/// Nothing of the page goes along: no cookie, no referrer.
const INIT: &str = r#"{ "credentials": "omit", "referrerPolicy": "no-referrer" }"#;

/// What lies at an address; nothing where it cannot be had or is no JSON.
pub async fn document(url: &str) -> Option<Value> {
    let text = text(url).await.ok()?;
    Value::from_json(&text)
}

async fn text(url: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let controller = AbortController::new()?;
    let init = JSON::parse(INIT)?;
    Reflect::set(&init, &"signal".into(), &controller.signal())?;
    let abort = Reflect::get(&controller, &"abort".into())?.unchecked_into::<Function>();
    let timer = after(LIMIT_MS, &abort.bind0(&controller));
    let request = window.fetch_with_str_and_init(url, init.unchecked_ref());
    let response = JsFuture::from(request).await?.unchecked_into::<Response>();
    if !response.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let text = JsFuture::from(response.text()?).await?;
    if let Some(timer) = timer {
        window.clear_timeout_with_handle(timer);
    }
    text.as_string().ok_or(JsValue::UNDEFINED)
}
