//! `supabase`: a table behind PostgREST, with the columns `submission_id` (unique), `survey` and
//! `envelope` (jsonb). A copy is ignored by the database itself. The setting `key` is the public
//! (anon) key; row level security has to allow inserting and nothing else.

use super::{Request, Settings};
use crate::value::{Map, Value};

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    let read: Value = serde_json::from_str(envelope).unwrap_or_default();
    let survey = read.get("survey").and_then(|survey| survey.get("id")).cloned();
    let mut row = Map::new();
    row.insert("submission_id".to_owned(), id.into());
    row.insert("survey".to_owned(), survey.unwrap_or_default());
    row.insert("envelope".to_owned(), read);
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("prefer", "return=minimal,resolution=ignore-duplicates".to_owned()),
    ];
    let key = settings.text("key");
    if !key.is_empty() {
        headers.push(("apikey", key.to_owned()));
        headers.push(("authorization", format!("Bearer {key}")));
    }
    let mut request = Request::new(headers, Value::Map(row).to_json());
    let url = settings.text("url");
    if !url.contains("on_conflict=") {
        let join = if url.contains('?') { '&' } else { '?' };
        request.way.address = Some(format!("{url}{join}on_conflict=submission_id"));
    }
    request
}
