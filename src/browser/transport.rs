//! Sending by `fetch`.

use js_sys::{Function, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestInit, Response, ResponseType, Window,
};

use super::promise::after;
use crate::formats::Request;
use crate::outbox::Reply;

/// How long an endpoint may take to answer.
const LIMIT_MS: i32 = 30_000;

/// How much of an answer is read.
const BODY_LIMIT: usize = 4096;

/// Up to this size a request may outlive the page. All of a page's requests that do may take
/// 64 KiB together; beyond that browsers refuse them.
const KEEPALIVE_LIMIT: usize = 14_000;

/// What all requests have in common.
const INIT: &str = r#"{
    "method": "POST", "credentials": "omit", "referrerPolicy": "no-referrer", "cache": "no-store",
    "redirect": "manual"
}"#;

/// Posts a request and tells what came of it, at the latest after half a minute.
///
/// Nothing of the page goes along: no cookie, no referrer. Redirects are not followed, since
/// that would turn POST into GET and take any page's 200 for an acknowledgement. `outlive`
/// lets a small request outlive the page.
pub async fn post(endpoint: &str, request: &Request, outlive: bool) -> Reply {
    let keepalive = outlive && request.body.len() <= KEEPALIVE_LIMIT;
    exchange(endpoint, request, keepalive).await.unwrap_or(Reply::Unreachable)
}

async fn exchange(endpoint: &str, request: &Request, keepalive: bool) -> Result<Reply, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let controller = AbortController::new()?;
    let headers = Object::new();
    for (name, value) in &request.headers {
        Reflect::set(&headers, &(*name).into(), &value.into())?;
    }
    let init = JSON::parse(INIT)?;
    #[cfg(not(lean))]
    {
        let way = &request.way;
        for (set, name, value) in [
            (way.put, "method", "PUT"),
            (way.follows, "redirect", "follow"),
            (way.opaque, "mode", "no-cors"),
            // With `no-cors` a redirect that is not followed is an error.
            (way.opaque, "redirect", "follow"),
        ] {
            if set {
                Reflect::set(&init, &name.into(), &value.into())?;
            }
        }
    }
    for (name, value) in [
        ("headers", JsValue::from(headers)),
        ("body", JsValue::from(&request.body)),
        ("keepalive", JsValue::from(keepalive)),
        ("signal", JsValue::from(controller.signal())),
    ] {
        Reflect::set(&init, &name.into(), &value)?;
    }
    let abort = Reflect::get(&controller, &"abort".into())?.unchecked_into::<Function>();
    let timer = after(LIMIT_MS, &abort.bind0(&controller));
    let reply = fetch(&window, endpoint, init.unchecked_ref()).await;
    if let Some(timer) = timer {
        window.clear_timeout_with_handle(timer);
    }
    reply
}

async fn fetch(window: &Window, endpoint: &str, init: &RequestInit) -> Result<Reply, JsValue> {
    let response = JsFuture::from(window.fetch_with_str_and_init(endpoint, init)).await?;
    let response = response.unchecked_into::<Response>();
    Ok(match response.type_() {
        ResponseType::Opaque => Reply::Opaque,
        ResponseType::Opaqueredirect => Reply::Redirected,
        _ => Reply::Answer {
            status: response.status(),
            retry_after: response.headers().get("retry-after")?,
            body: beginning(&response).await,
        },
    })
}

/// The first kilobytes of the body, or as much of them as arrives: the status is the answer,
/// whatever becomes of the rest.
async fn beginning(response: &Response) -> String {
    let mut bytes = Vec::new();
    if let Some(stream) = response.body() {
        let reader = stream.get_reader().unchecked_into::<ReadableStreamDefaultReader>();
        while bytes.len() < BODY_LIMIT
            && let Ok(chunk) = JsFuture::from(reader.read()).await
            && let Ok(value) = Reflect::get(&chunk, &"value".into())
            && let Ok(part) = value.dyn_into::<Uint8Array>()
        {
            let room = (BODY_LIMIT - bytes.len()) as u32;
            bytes.extend(part.slice(0, room.min(part.length())).to_vec());
        }
        let _ = reader.cancel();
    }
    String::from_utf8(bytes).unwrap_or_default()
}
