//! Functions of the page that expressions may call.

use std::sync::Arc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use super::events::to_js;
use crate::expr::Functions;
use crate::value::{Value, from_js};

/// Takes the property `functions` out of the options, since JSON has no counterpart for it:
/// each function gets the arguments as plain values and gives one back. What throws, or gives
/// back something else, such as a promise, gives null.
pub fn take(options: &JsValue) -> Functions {
    let mut functions = Functions::default();
    let key = JsValue::from_str("functions");
    let Ok(given) = Reflect::get(options, &key) else { return functions };
    let _ = Reflect::set(options, &key, &JsValue::UNDEFINED);
    let Ok(given) = given.dyn_into::<Object>() else { return functions };
    for name in Object::keys(&given) {
        let function =
            Reflect::get(&given, &name).ok().and_then(|it| it.dyn_into::<Function>().ok());
        if let (Some(name), Some(function)) = (name.as_string(), function) {
            // Kept in the arena, because expressions may be sent to other threads and this not.
            let function = StoredValue::new_local(function);
            functions.add(&name, Arc::new(move |arguments: &[Value]| call(function, arguments)));
        }
    }
    functions
}

/// Takes a single function out of the options.
pub fn take_one(options: &JsValue, name: &str) -> Option<Function> {
    let key = JsValue::from_str(name);
    let function = Reflect::get(options, &key).ok()?.dyn_into::<Function>().ok()?;
    let _ = Reflect::set(options, &key, &JsValue::UNDEFINED);
    Some(function)
}

fn call(function: StoredValue<Function, LocalStorage>, arguments: &[Value]) -> Value {
    let list = Array::new();
    for argument in arguments {
        list.push(&to_js(argument));
    }
    let result = function.try_get_value().map(|function| function.apply(&JsValue::NULL, &list));
    let value = result.and_then(Result::ok).filter(|it| !it.is_instance_of::<Promise>());
    value.and_then(|it| from_js(&it)).unwrap_or_default()
}
