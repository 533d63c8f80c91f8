//! `s3`: a file in a bucket by a presigned POST, whose fields come first and whose file comes last. Such
//! forms expire within hours, so each attempt asks the address in the setting `ticket` for a fresh
//! one: `{"url", "fields"}`. The file is named by the submission's id, so a copy overwrites itself.

use super::{Request, Settings, multipart};
use crate::value::Value;

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    let name = format!("{}{id}.json", settings.text("prefix"));
    let given = settings.get("fields").and_then(Value::as_map);
    let mut fields = vec![("key".to_owned(), name.clone())];
    for (field, value) in given.into_iter().flatten() {
        if field != "key" {
            fields.push((field.clone(), value.as_text().unwrap_or_default().to_owned()));
        }
    }
    multipart::request(id, &fields, Some((&name, envelope)))
}
