//! What functions of the host page do for the courier: delivering and sealing.

use js_sys::{Function, JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::outbox::Reply;
use crate::value::Value;

/// The functions that a page may give.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Delivers, for endpoints of the format `callback`.
    pub deliver: Option<Function>,
    /// Seals: takes a submission as JSON text and gives a promise of its sealed form. What is not sealed
    /// is then never written to the device.
    pub seal: Option<Function>,
}

impl Page {
    /// The envelope as it is to be kept and sent; nothing where sealing failed.
    pub async fn sealed(&self, envelope: &str) -> Option<String> {
        let Some(seal) = &self.seal else { return Some(envelope.to_owned()) };
        let sealed = seal.call1(&JsValue::UNDEFINED, &envelope.into()).ok()?;
        let sealed = JsFuture::from(Promise::resolve(&sealed)).await.ok()?.as_string()?;
        is_sealed(&sealed).then_some(sealed)
    }

    /// Whether an envelope may lie on the device as it is.
    pub fn may_keep(&self, envelope: &str) -> bool {
        self.seal.is_none() || is_sealed(envelope)
    }
}

fn is_sealed(envelope: &str) -> bool {
    let envelope = Value::from_json(envelope).unwrap_or_default();
    envelope.get("sealed").is_some() && envelope.get("answers").is_none()
}

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
