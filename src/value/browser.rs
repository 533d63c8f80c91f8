//! In a browser: JavaScript prints numbers, folds case and reads JSON, so that the WebAssembly need
//! not bring 40 kB of tables and code for it.

use js_sys::{Array, JSON, JsString, Number, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::{Map, Value};

/// How deep values may nest; `serde_json` draws the line there, too.
const DEEPEST: u8 = 127;

/// The shortest digits that stand for a finite number and no other.
pub fn shortest(number: f64) -> String {
    Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

pub fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    JsString::from(text).to_lower_case().into()
}

pub fn from_json(text: &str) -> Option<Value> {
    read(&JSON::parse(text).ok()?, DEEPEST)
}

/// A value of JavaScript's. What has no counterpart in JSON counts as absent; nothing where it
/// nests too deep, as what holds itself does.
pub fn from_js(value: &JsValue) -> Option<Value> {
    read(value, DEEPEST)
}

fn read(value: &JsValue, depth: u8) -> Option<Value> {
    if let Some(text) = value.as_string() {
        return Some(Value::Text(text));
    }
    if let Some(number) = value.as_f64() {
        return Some(Value::Number(number));
    }
    if let Some(truth) = value.as_bool() {
        return Some(Value::Bool(truth));
    }
    if !value.is_object() {
        return Some(Value::Null);
    }
    let depth = depth.checked_sub(1)?;
    if Array::is_array(value) {
        let mut items = Vec::new();
        for item in value.unchecked_ref::<Array>().iter() {
            items.push(read(&item, depth)?);
        }
        return Some(Value::List(items));
    }
    let mut map = Map::new();
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let entry = entry.unchecked_into::<Array>();
        if let Some(name) = entry.get(0).as_string() {
            map.insert(name, read(&entry.get(1), depth)?);
        }
    }
    Some(Value::Map(map))
}
