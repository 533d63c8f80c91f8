//! `multipart`: the same fields as `multipart/form-data`, for endpoints that expect uploads.

use super::{Request, Settings, fields};

pub fn encode(_: &Settings, id: &str, envelope: &str) -> Request {
    request(id, &fields::of(id, envelope), None)
}

/// Fields, and after them a file where there is one: its name and its JSON.
pub fn request(id: &str, fields: &[(String, String)], file: Option<(&str, &str)>) -> Request {
    // Whatever somebody writes, it must not end a part.
    let mut boundary = format!("askwell-{id}");
    let contains = |boundary: &str| {
        fields.iter().any(|(name, value)| name.contains(boundary) || value.contains(boundary))
            || file.is_some_and(|(_, content)| content.contains(boundary))
    };
    while contains(&boundary) {
        boundary.push('x');
    }
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{value}\r\n",
            quoted(name)
        ));
    }
    if let Some((name, content)) = file {
        body.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
             Content-Type: application/json\r\n\r\n{content}\r\n",
            quoted(name)
        ));
    }
    body.push_str(&format!("--{boundary}--\r\n"));
    Request::new(vec![("content-type", format!("multipart/form-data; boundary={boundary}"))], body)
}

/// A name as browsers write it in a header (HTML, multipart form data).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
