//! `form`: fields as a browser's own form sends them, `application/x-www-form-urlencoded`: no
//! preflight, and every framework reads it.

use super::{Request, Settings, fields};

pub fn encode(_: &Settings, id: &str, envelope: &str) -> Request {
    request(&fields::of(id, envelope))
}

pub fn request(fields: &[(String, String)]) -> Request {
    let mut body = String::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push('&');
        }
        escape(name, &mut body);
        body.push('=');
        escape(value, &mut body);
    }
    let kind = "application/x-www-form-urlencoded;charset=utf-8";
    Request::new(vec![("content-type", kind.to_owned())], body)
}

fn escape(text: &str, body: &mut String) {
    for byte in text.bytes() {
        match byte {
            b' ' => body.push('+'),
            _ if byte.is_ascii_alphanumeric() || b"*-._".contains(&byte) => {
                body.push(char::from(byte));
            }
            _ => {
                let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half & 15)]);
                body.extend(['%', digit(byte >> 4), digit(byte)]);
            }
        }
    }
}
