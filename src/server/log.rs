//! Log lines: JSON on standard error. What is logged never holds an answer: methods, paths
//! without their query, status codes, names and times.

use std::io::{self, Write};
use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::time;
use crate::submission::rfc3339;

/// Logs something that happened.
pub fn event(fields: &[(&str, &str)]) {
    write(fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect());
}

/// Logs each request once it is answered.
pub async fn requests(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let fields = [
        ("method", json!(method)),
        ("path", json!(path)),
        ("status", json!(response.status().as_u16())),
        ("milliseconds", json!(begun.elapsed().as_millis() as u64)),
    ];
    write(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    response
}

fn write(mut fields: Map<String, Value>) {
    fields.insert(String::from("at"), json!(rfc3339(time::now().ms)));
    // A log that cannot be written is no reason to stop receiving.
    let _ = writeln!(io::stderr(), "{}", Value::Object(fields));
}
