//! Values as JSON text.

use super::{Value, number_text};

/// Appends the compact form with sorted keys, numbers as JavaScript prints them (RFC 8785).
pub fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) if number.is_finite() => out.push_str(&number_text(*number)),
        Value::Number(_) => out.push_str("null"),
        Value::Text(text) => quote(text, out),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push('{');
            for (index, (key, item)) in map.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                quote(key, out);
                out.push(':');
                write(item, out);
            }
            out.push('}');
        }
    }
}

/// An object with its fields in this order; their values are JSON text already.
pub fn object(fields: &[(&str, String)]) -> String {
    let mut json = String::from("{");
    for (index, (name, value)) in fields.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        quote(name, &mut json);
        json.push(':');
        json.push_str(value);
    }
    json.push('}');
    json
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for sign in text.chars() {
        let short = match sign {
            '"' | '\\' => sign,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\0'..='\u{1f}' => {
                let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
                let code = sign as u8;
                out.push_str("\\u00");
                out.extend([digit(code >> 4), digit(code)]);
                continue;
            }
            _ => {
                out.push(sign);
                continue;
            }
        };
        out.extend(['\\', short]);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::{Map, Value};

    #[test]
    fn reads_back_what_it_writes() {
        let texts = ["", "旅遊 \"quoted\" \\ / \n\r\t\u{8}\u{c}\u{1}\u{1f}\u{7f}\u{2028}", "é😀"];
        let mut map = Map::new();
        for text in texts {
            map.insert(text.to_owned(), vec![Value::from(text), Value::Null, true.into()].into());
        }
        for number in [0.0, -0.0, 5.0, -1.5, 0.1 + 0.2, 1e21, 1e-7, 9e15, 123456.789e3] {
            map.insert(format!("{number:e}"), number.into());
        }
        let value = Value::Map(map);
        let json = value.to_json();
        assert_eq!(Value::from_json(&json), Some(value.clone()));
        let again: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(Value::from_json(&again.to_string()), Some(value));
    }

    #[test]
    fn numbers_that_json_lacks_are_null() {
        assert_eq!(Value::from(f64::NAN).to_json(), "null");
        assert_eq!(Value::from(f64::NEG_INFINITY).to_json(), "null");
    }
}
