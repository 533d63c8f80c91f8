//! The page that the tests run in: what it holds, and what its browser refuses.

use askwell::value::Value;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/tests/delivery/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = endpoint)]
    fn open_endpoint(answers: Array) -> String;
    #[wasm_bindgen(js_name = requests)]
    fn requests_json(endpoint: &str) -> String;
    #[wasm_bindgen(js_name = record)]
    fn record_json(store: &str, id: &str) -> Promise;
    #[wasm_bindgen(js_name = clear)]
    fn clear_storage() -> Promise;
    #[wasm_bindgen(js_name = settled)]
    fn writes_settled() -> Promise;
    #[wasm_bindgen(js_name = setFault)]
    pub fn set_fault(name: &str);
    #[wasm_bindgen(js_name = lastDurability)]
    pub fn last_durability() -> String;
    pub fn dispatch(event: &str);
}

/// An address that gives these answers one after the other, the last of them for good.
pub fn endpoint(answers: &[&str]) -> String {
    open_endpoint(answers.iter().copied().map(JsValue::from).collect())
}

/// What was posted to an endpoint.
pub fn requests(endpoint: &str) -> Vec<Value> {
    serde_json::from_str(&requests_json(endpoint)).expect("requests as JSON")
}

/// The record of an entry on disk.
pub async fn queued(id: &str) -> Option<Value> {
    let record = JsFuture::from(record_json("queue", id)).await.expect("the queue").as_string()?;
    Some(serde_json::from_str(&record).expect("a record as JSON"))
}

pub async fn is_acknowledged(id: &str) -> bool {
    JsFuture::from(record_json("acknowledged", id)).await.expect("the log").is_string()
}

/// Starts a test with nothing left of the one before.
pub async fn clear() {
    let _ = JsFuture::from(clear_storage()).await;
}

/// Waits until the writes and locks that are under way are through.
pub async fn settled() {
    let _ = JsFuture::from(writes_settled()).await;
}
