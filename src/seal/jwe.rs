//! JWE in compact form with ECDH-ES and A256GCM (RFC 7516; RFC 7518, sections 4.6 and 5.3).

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Unopened;
use crate::link::encoding::{decode, decode_exactly, encode};

/// How the key is agreed upon: directly, so that no encrypted key travels.
pub const ALGORITHM: &str = "ECDH-ES";
const ENCRYPTION: &str = "A256GCM";
const TAG_BYTES: usize = 16;

/// A JWE that was read and not opened yet.
pub struct Jwe<'a> {
    /// The sender's one-time public key, as JSON Web Key.
    pub ephemeral: Value,
    parties: [Vec<u8>; 2],
    head: &'a str,
    nonce: [u8; 12],
    /// With the tag at its end.
    encrypted: Vec<u8>,
}

/// Reads the five parts of a JWE.
pub fn read(text: &str) -> Result<Jwe<'_>, Unopened> {
    let mut parts = text.split('.');
    let parts: [Option<&str>; 6] = std::array::from_fn(|_| parts.next());
    let [Some(head), Some(key), Some(nonce), Some(encrypted), Some(tag), None] = parts else {
        return Err(Unopened::Malformed);
    };
    let decoded = decode(head).ok_or(Unopened::Malformed)?;
    let header: Value = serde_json::from_slice(&decoded).map_err(|_| Unopened::Malformed)?;
    let says = |name: &str| header.get(name).and_then(Value::as_str);
    let kind = says("alg") == Some(ALGORITHM) && says("enc") == Some(ENCRYPTION);
    let extended = ["crit", "zip"].iter().any(|name| header.get(name).is_some());
    if !kind || extended || !key.is_empty() {
        return Err(Unopened::OtherKind);
    }
    let party = |name: &str| decode(says(name).unwrap_or_default()).ok_or(Unopened::Malformed);
    let mut encrypted = decode(encrypted).ok_or(Unopened::Malformed)?;
    encrypted.extend(decode_exactly::<TAG_BYTES>(tag).ok_or(Unopened::Malformed)?);
    Ok(Jwe {
        ephemeral: header.get("epk").cloned().unwrap_or_default(),
        parties: [party("apu")?, party("apv")?],
        head,
        nonce: decode_exactly(nonce).ok_or(Unopened::Malformed)?,
        encrypted,
    })
}

impl Jwe<'_> {
    /// Opens it with the secret that both sides share.
    pub fn open(&self, secret: &[u8]) -> Result<Vec<u8>, Unopened> {
        let [one, other] = &self.parties;
        let key = derive(secret, ENCRYPTION, one, other, 256);
        let payload = Payload { msg: &self.encrypted, aad: self.head.as_bytes() };
        let opened = cipher(&key).decrypt(Nonce::from_slice(&self.nonce), payload);
        opened.map_err(|_| Unopened::OtherKey)
    }
}

/// Encrypts with the secret that both sides share.
pub fn write(text: &[u8], secret: &[u8], ours: &Value, theirs: &Value) -> Result<String, String> {
    let part = |name: &str| ours.get(name).cloned().unwrap_or_default();
    let ephemeral = json!({"kty": part("kty"), "crv": part("crv"), "x": part("x"), "y": part("y")});
    let header = json!({"alg": ALGORITHM, "enc": ENCRYPTION, "epk": ephemeral, "kid": theirs});
    let head = encode(header.to_string());
    let mut nonce = [0; 12];
    getrandom::fill(&mut nonce).map_err(|error| format!("no random numbers: {error}"))?;
    let payload = Payload { msg: text, aad: head.as_bytes() };
    let key = derive(secret, ENCRYPTION, b"", b"", 256);
    let encrypted = cipher(&key).encrypt(Nonce::from_slice(&nonce), payload);
    let encrypted = encrypted.map_err(|_| String::from("it is too large to be sealed"))?;
    let (text, tag) = encrypted.split_at(encrypted.len().saturating_sub(TAG_BYTES));
    Ok(format!("{head}..{}.{}.{}", encode(nonce), encode(text), encode(tag)))
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key))
}

/// Concat KDF with SHA-256 for keys of up to 256 bits, which one round gives.
fn derive(secret: &[u8], algorithm: &str, one: &[u8], other: &[u8], bits: u32) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(1u32.to_be_bytes());
    hash.update(secret);
    for part in [algorithm.as_bytes(), one, other] {
        hash.update((part.len() as u32).to_be_bytes());
        hash.update(part);
    }
    hash.update(bits.to_be_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7518, appendix C.
    #[test]
    fn derives_the_key_of_the_standard() {
        let secret = [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49,
            110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
        ];
        let derived = derive(&secret, "A128GCM", b"Alice", b"Bob", 128);
        assert_eq!(encode(&derived[..16]), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn what_is_no_such_jwe_is_refused() {
        for text in ["", "a.b.c", "....", "a.b.c.d.e.f", "e30..AAAA.AA.AA"] {
            assert!(read(text).is_err(), "{text}");
        }
        let head = |header: Value| {
            format!("{}..{}.AA.{}", encode(header.to_string()), encode([0; 12]), encode([0; 16]))
        };
        let kind = |header: Value| read(&head(header)).err();
        let ours = json!({"alg": "ECDH-ES", "enc": "A256GCM", "epk": {}});
        assert_eq!(kind(ours.clone()), None);
        for (name, value) in
            [("alg", "RSA-OAEP"), ("enc", "A128GCM"), ("zip", "DEF"), ("crit", "b64")]
        {
            let mut other = ours.clone();
            other[name] = json!(value);
            assert_eq!(kind(other), Some(Unopened::OtherKind), "{name}");
        }
    }
}
