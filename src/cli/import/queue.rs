//! Reading what a device exported: records as lines of JSON, the last of which says how many there are.

use std::fs;
use std::io::{self, Read};

use crate::server::store::digest;
use crate::value::Value;

/// The name in the last line, as `www/kiosk-queue.js` writes it.
const FORMAT: &str = "askwell-queue";

/// What stands in a file.
pub struct Queue {
    /// Submissions as JSON text, sealed or not.
    pub bodies: Vec<String>,
    /// The numbers of lines that hold none.
    pub unreadable: Vec<usize>,
}

/// Reads a file; one that was cut off or changed only where `damaged` allows it.
pub fn read(file: &str, damaged: bool) -> Result<Queue, String> {
    let text = text(file).map_err(|error| format!("`{file}` cannot be read ({error})"))?;
    match parse(&text) {
        (queue, None) => Ok(queue),
        (queue, Some(_)) if damaged => Ok(queue),
        (_, Some(fault)) => {
            Err(format!("`{file}` {fault}; --damaged takes what can be read of it all the same"))
        }
    }
}

fn text(file: &str) -> io::Result<String> {
    if file != "-" {
        return fs::read_to_string(file);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// What can be read, and why the text is not whole.
fn parse(text: &str) -> (Queue, Option<&'static str>) {
    let (mut bodies, mut unreadable) = (Vec::new(), Vec::new());
    let (mut records, mut end) = (0, None);
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let begins = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        if value.get("format").and_then(Value::as_text) == Some(FORMAT) {
            end = Some((value, text.get(..begins).unwrap_or_default()));
            continue;
        }
        let record = value.get("body").and_then(Value::as_text);
        let is_envelope = value.get("submissionId").is_some();
        records += usize::from(record.is_some() || !is_envelope);
        match record {
            Some(body) => bodies.push(body.to_owned()),
            None if is_envelope => bodies.push(line.trim().to_owned()),
            None => unreadable.push(at + 1),
        }
    }
    let count = bodies.len() + unreadable.len();
    let fault = match end {
        Some((end, before)) => {
            let number = end.get("records").and_then(Value::as_number);
            let whole = number == Some(count as f64)
                && end.get("sha256").and_then(Value::as_text) == Some(&digest(before));
            (!whole).then_some("was changed since it was exported")
        }
        // Submissions as `askwell export` prints them have no such line.
        None if records == 0 => None,
        None => Some("was cut off: the line at its end is missing"),
    };
    (Queue { bodies, unreadable }, fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed_by_a_line(records: &str) -> String {
        let (count, sha256) = (records.lines().count(), digest(records));
        format!(
            "{records}{{\"format\":\"askwell-queue\",\"version\":1,\"records\":{count},\"sha256\":\"{sha256}\"}}\n"
        )
    }

    #[test]
    fn a_queue_is_read_whole_or_told_not_to_be() {
        let records = "{\"id\":\"a\",\"body\":\"{1}\"}\n{\"id\":\"b\",\"body\":\"{2}\"}\n";
        let file = sealed_by_a_line(records);
        let (queue, fault) = parse(&file);
        assert_eq!((queue.bodies, fault), (vec!["{1}".to_owned(), "{2}".to_owned()], None));
        for broken in [records, &file.replace("{2}", "{3}"), &file[records.len() / 2..]] {
            let (_, fault) = parse(broken);
            assert!(fault.is_some(), "{broken}");
        }
    }

    #[test]
    fn submissions_need_no_last_line() {
        let (queue, fault) = parse("{\"submissionId\":\"a\"}\n\n{\"submissionId\":\"b\"}");
        assert_eq!((queue.bodies.len(), queue.unreadable.len(), fault), (2, 0, None));
        let (queue, fault) = parse("{\"submissionId\":\"a\"}\n{\"submi");
        assert_eq!((queue.bodies.len(), queue.unreadable, fault.is_some()), (1, vec![2], true));
    }
}
