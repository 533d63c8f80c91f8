//! Delivery by a function of the host page.

use js_sys::{Function, JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::outbox::Reply;

/// Hands an envelope to the page. What its promise comes to is the answer: resolved is delivered,
/// `false` refused, and what was rejected is tried again, as is everything without a function.
pub async fn deliver(function: Option<&Function>, envelope: &str) -> Reply {
    match call(function, envelope).await {
        Ok(answer) => {
            let status = if answer == JsValue::FALSE { 422 } else { 200 };
            Reply::Answer { status, retry_after: None, body: String::new() }
        }
        Err(_) => Reply::Unreachable,
    }
}

async fn call(function: Option<&Function>, envelope: &str) -> Result<JsValue, JsValue> {
    let function = function.ok_or(JsValue::UNDEFINED)?;
    let answer = function.call1(&JsValue::UNDEFINED, &JSON::parse(envelope)?)?;
    JsFuture::from(Promise::resolve(&answer)).await
}
