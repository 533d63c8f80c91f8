//! What the element's attributes and properties say.

use wasm_bindgen::JsValue;

#[cfg(not(lean))]
use super::functions;
#[cfg(lean)]
use crate::expr::Functions;
use crate::submission::Channel;
use crate::ui::Options;
use crate::value::{Value, from_js};

/// The options of [`mount`](super::mount).
pub struct Given {
    /// The survey as JSON text.
    pub definition: Option<String>,
    /// Why there is none.
    #[cfg(not(lean))]
    pub failure: Option<String>,
    /// Whether events carry answers.
    pub shares_answers: bool,
    pub options: Options,
}

/// Reads the options. Whatever has no counterpart in JSON counts as absent.
pub fn read(options: JsValue) -> Given {
    #[cfg(not(lean))]
    let functions = functions::take(&options);
    #[cfg(lean)]
    let functions = Functions::default();
    #[cfg(not(lean))]
    let deliver = functions::take_one(&options, "deliver");
    #[cfg(not(lean))]
    let seal = functions::take_one(&options, "seal");
    let value: Value = from_js(&options).unwrap_or_default();
    let text = |name: &str| value.get(name).and_then(Value::as_text).map(str::to_owned);
    let channel = text("channel").and_then(|name| Channel::from_name(&name));
    Given {
        definition: text("definition"),
        #[cfg(not(lean))]
        failure: text("failure"),
        shares_answers: value.get("shareAnswers").and_then(Value::as_bool).unwrap_or(false),
        options: Options {
            endpoint: text("endpoint").filter(|endpoint| !endpoint.is_empty()),
            locale: text("locale").unwrap_or_default(),
            channel: channel.unwrap_or_default(),
            context: value.get("context").and_then(Value::as_map).cloned().unwrap_or_default(),
            #[cfg(not(lean))]
            prefill: value.get("prefill").and_then(Value::as_map).cloned().unwrap_or_default(),
            #[cfg(not(lean))]
            device: value.get("device").and_then(Value::as_map).cloned().unwrap_or_default(),
            #[cfg(not(lean))]
            deliver,
            #[cfg(not(lean))]
            seal,
            #[cfg(not(lean))]
            refuses_attachments: value.get("attachments").and_then(Value::as_bool) == Some(false),
            #[cfg(not(lean))]
            redirects: value.get("redirects").and_then(Value::as_list).map(|origins| {
                origins.iter().filter_map(|it| it.as_text().map(str::to_owned)).collect()
            }),
            name: text("name").unwrap_or_default(),
            functions,
            words: text("words"),
            snapshot: value.get("snapshot").filter(|snapshot| !snapshot.is_null()).cloned(),
        },
    }
}
