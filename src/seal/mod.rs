//! Sealed submissions: what a device keeps and sends so that only their collector can read the answers.
//!
//! A sealed submission is JSON with `askwell`, `submissionId`, `survey` and `completedAt` as in the
//! submission, which sending and storing need, and `sealed`: the whole submission as a JWE in compact
//! form (RFC 7516) with ECDH-ES on P-256 and A256GCM, which any JOSE library opens. Browsers seal in
//! `www/kiosk-seal.js`.
//!
//! ```
//! use askwell::seal::{OpeningKey, Unopened};
//! let key = OpeningKey::generate().unwrap();
//! let jwe = key.sealing().seal(b"late bus").unwrap();
//! assert!(!jwe.contains("late bus"));
//! assert_eq!(key.open(&jwe).unwrap(), b"late bus");
//! assert_eq!(OpeningKey::generate().unwrap().open(&jwe), Err(Unopened::OtherKey));
//! ```

mod jwe;
mod key;

use crate::submission::ENVELOPE;
use crate::value::{Map, Value};

pub use key::{OpeningKey, SealingKey};

/// Why something sealed stays shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// It is no JWE in compact form.
    Malformed,
    /// It is a JWE of a kind that is not opened here.
    OtherKind,
    /// It was sealed for another key, or changed on its way.
    OtherKey,
    /// What was in it is not the submission that stands on it.
    OtherContent,
}

impl Unopened {
    /// The code in logs, replies and counts.
    pub fn code(self) -> &'static str {
        match self {
            Unopened::Malformed => "sealed-malformed",
            Unopened::OtherKind => "sealed-other-kind",
            Unopened::OtherKey => "sealed-other-key",
            Unopened::OtherContent => "sealed-other-content",
        }
    }
}

/// What stands on a submission for everybody to read.
const READABLE: [&str; 4] = ["askwell", "submissionId", "survey", "completedAt"];

/// Whether this is a sealed submission.
pub fn is_sealed(envelope: &Value) -> bool {
    envelope.get("sealed").is_some() && envelope.get("answers").is_none()
}

/// The sealed form of a submission.
///
/// # Errors
/// Where the system has no random numbers.
pub fn seal(envelope: &Value, key: &SealingKey) -> Result<Value, String> {
    let mut sealed = Map::new();
    for name in READABLE {
        if let Some(value) = envelope.get(name) {
            sealed.insert(name.to_owned(), value.clone());
        }
    }
    let jwe = key.seal(envelope.to_json().as_bytes())?;
    sealed.insert(String::from("sealed"), Value::from(jwe.as_str()));
    Ok(Value::Map(sealed))
}

/// Whether something that calls itself sealed can be opened at all.
///
/// # Errors
/// Why nobody could.
pub fn check(sealed: &Value) -> Result<(), Unopened> {
    let known = sealed.get("askwell").and_then(Value::as_number) == Some(f64::from(ENVELOPE));
    let jwe = sealed.get("sealed").and_then(Value::as_text).filter(|_| known);
    jwe::read(jwe.ok_or(Unopened::Malformed)?).map(drop)
}

/// The submission in a sealed one, as JSON text.
///
/// # Errors
/// Where the key does not fit, or what stands on it is not what is in it.
pub fn open(sealed: &Value, key: &OpeningKey) -> Result<Vec<u8>, Unopened> {
    let jwe = sealed.get("sealed").and_then(Value::as_text).ok_or(Unopened::Malformed)?;
    let text = key.open(jwe)?;
    let envelope: Value = serde_json::from_slice(&text).map_err(|_| Unopened::OtherContent)?;
    let same = READABLE.iter().all(|name| sealed.get(name) == envelope.get(name));
    if same && !is_sealed(&envelope) { Ok(text) } else { Err(Unopened::OtherContent) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submission() -> Value {
        let text = r#"{"askwell": 1, "submissionId": "0198", "survey": {"id": "tour"},
            "completedAt": "2026-11-02T08:16:18.211Z", "answers": {"why": "late bus"}}"#;
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn only_what_sending_needs_stays_readable() {
        let key = OpeningKey::generate().unwrap();
        let sealed = seal(&submission(), &key.sealing()).unwrap();
        assert!(is_sealed(&sealed) && !is_sealed(&submission()));
        let names: Vec<&String> = sealed.as_map().unwrap().keys().collect();
        assert_eq!(names, ["askwell", "completedAt", "sealed", "submissionId", "survey"]);
        let opened: Value = serde_json::from_slice(&open(&sealed, &key).unwrap()).unwrap();
        assert_eq!(opened.to_json(), submission().to_json());
    }

    #[test]
    fn what_stands_on_it_must_be_what_is_in_it() {
        let key = OpeningKey::generate().unwrap();
        let Value::Map(mut sealed) = seal(&submission(), &key.sealing()).unwrap() else {
            panic!("it is an object");
        };
        sealed.insert(String::from("submissionId"), Value::from("0199"));
        assert_eq!(open(&Value::Map(sealed), &key), Err(Unopened::OtherContent));
    }
}
