//! `formspree`: the fields as JSON. Formspree answers JSON only to those who ask for it; others are
//! led to a thank-you page.

use super::{Request, Settings, fields};

pub fn encode(_: &Settings, id: &str, envelope: &str) -> Request {
    let headers = vec![
        ("accept", "application/json".to_owned()),
        ("content-type", "application/json".to_owned()),
    ];
    Request::new(headers, fields::as_json(fields::of(id, envelope)))
}
