//! Tokens: JWS compact serialization (RFC 7515) of a link's claims.

use serde_json::{Value, json};

use super::encoding::{decode, encode};
use super::{Link, PrivateKey, PublicKey, Refusal};

/// Longer ones fit no address line.
const LONGEST: usize = 8192;

pub fn sign(link: &Link, key: &PrivateKey) -> String {
    let public = key.public();
    let header = json!({"alg": public.algorithm().name(), "kid": public.id(), "typ": "JWT"});
    let claims = serde_json::to_string(link).unwrap_or_default();
    let message = format!("{}.{}", encode(header.to_string()), encode(claims));
    let signature = key.sign(message.as_bytes());
    format!("{message}.{}", encode(signature))
}

/// The key decides by which algorithm a token is checked, never the token: `alg` only has to say
/// the same.
pub fn open(token: &str, keys: &[PublicKey]) -> Result<Link, Refusal> {
    if token.len() > LONGEST {
        return Err(Refusal::Broken);
    }
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else { return Err(Refusal::Broken) };
    let message = format!("{header}.{claims}");
    let header: Value = json_of(header).ok_or(Refusal::Broken)?;
    let signature = decode(signature).ok_or(Refusal::Broken)?;
    let (algorithm, id) = (header.get("alg"), header.get("kid"));
    // What `crit` names would have to be understood, and nothing of the kind is.
    if algorithm.is_none_or(|name| !name.is_string()) || header.get("crit").is_some() {
        return Err(Refusal::Broken);
    }
    let named = |key: &&PublicKey| {
        algorithm.and_then(Value::as_str) == Some(key.algorithm().name())
            && id.is_none_or(|id| id.as_str() == Some(&key.id()))
    };
    let keys: Vec<&PublicKey> = keys.iter().filter(named).collect();
    if keys.is_empty() {
        return Err(Refusal::WrongKey);
    }
    if !keys.iter().any(|key| key.verifies(message.as_bytes(), &signature)) {
        return Err(Refusal::Broken);
    }
    let claims = decode(claims).ok_or(Refusal::Broken)?;
    serde_json::from_slice(&claims).map_err(|_| Refusal::Broken)
}

fn json_of(part: &str) -> Option<Value> {
    serde_json::from_slice(&decode(part)?).ok()
}
