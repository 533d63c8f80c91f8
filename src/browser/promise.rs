//! Promises from things that call back.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Waits for whichever of two functions is called first, `resolve` or `reject`, and hands both to
/// `start` to be used as handlers. Rejects after `limit_ms`: browsers have left requests to
/// IndexedDB without any answer.
pub async fn settle(
    limit_ms: i32,
    start: impl FnOnce(&Function, &Function),
) -> Result<JsValue, JsValue> {
    let mut start = Some(start);
    let promise = Promise::new(&mut |resolve, reject| {
        if let Some(start) = start.take() {
            start(&resolve, &reject);
        }
        after(limit_ms, &reject);
    });
    JsFuture::from(promise).await
}

/// Waits.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        after(ms, &resolve);
    });
    let _ = JsFuture::from(promise).await;
}

/// Calls a function later. Returns what `clearTimeout` takes.
pub fn after(ms: i32, call: &Function) -> Option<i32> {
    let window = web_sys::window()?;
    window.set_timeout_with_callback_and_timeout_and_arguments_0(call, ms).ok()
}
