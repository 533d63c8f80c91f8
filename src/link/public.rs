//! Public keys, and the sets of them that pages and receivers know.

use p256::ecdsa::signature::Verifier as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::encoding::{decode_exactly, encode};
use super::key::Algorithm;
use super::{Link, Refusal, token};

/// What tokens are checked with; anybody may know it.
#[derive(Clone, PartialEq)]
pub enum PublicKey {
    P256(p256::ecdsa::VerifyingKey),
    Ed25519(ed25519_dalek::VerifyingKey),
}

/// The keys that are known somewhere: more than one while a key is replaced by the next.
#[derive(Clone, PartialEq)]
pub struct PublicKeys(Vec<PublicKey>);

impl PublicKey {
    /// Reads the public part of a JSON Web Key.
    pub(crate) fn from_jwk(jwk: &Value) -> Result<PublicKey, String> {
        let text = |name: &str| jwk.get(name).and_then(Value::as_str).unwrap_or_default();
        let key = match (text("kty"), text("crv")) {
            ("EC", "P-256") => point(text("x"), text("y")).map(PublicKey::P256),
            ("OKP", "Ed25519") => decode_exactly(text("x"))
                .and_then(|bytes| ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok())
                // With a key of small order one signature fits many messages.
                .filter(|key| !key.is_weak())
                .map(PublicKey::Ed25519),
            _ => {
                return Err(String::from(
                    "it is no JSON Web Key of kty EC with crv P-256, or OKP with Ed25519; \
                     `askwell keys` makes one",
                ));
            }
        };
        key.ok_or_else(|| String::from("its public part is no point of its curve"))
    }

    pub fn algorithm(&self) -> Algorithm {
        match self {
            PublicKey::P256(_) => Algorithm::Es256,
            PublicKey::Ed25519(_) => Algorithm::EdDsa,
        }
    }

    /// The JSON Web Key with its thumbprint (RFC 7638) as `kid`.
    pub fn jwk(&self) -> Value {
        // The members of a thumbprint in the order of their names, which is serde_json's own.
        let mut jwk = match self {
            PublicKey::P256(key) => {
                let point = key.to_encoded_point(false);
                let part = |part: Option<_>| part.map(encode).unwrap_or_default();
                json!({"crv": "P-256", "kty": "EC", "x": part(point.x()), "y": part(point.y())})
            }
            PublicKey::Ed25519(key) => {
                json!({"crv": "Ed25519", "kty": "OKP", "x": encode(key.as_bytes())})
            }
        };
        let thumbprint = encode(Sha256::digest(jwk.to_string().as_bytes()));
        jwk["kid"] = json!(thumbprint);
        jwk["alg"] = json!(self.algorithm().name());
        jwk["use"] = json!("sig");
        jwk
    }

    /// The thumbprint, by which tokens name their key.
    pub fn id(&self) -> String {
        self.jwk().get("kid").and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// A set of this one key, as JSON.
    pub fn to_json(&self) -> String {
        PublicKeys(vec![self.clone()]).to_json()
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            PublicKey::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            PublicKey::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
        }
    }
}

fn point(x: &str, y: &str) -> Option<p256::ecdsa::VerifyingKey> {
    let (x, y) = (decode_exactly::<32>(x)?, decode_exactly::<32>(y)?);
    let point = p256::EncodedPoint::from_affine_coordinates(&x.into(), &y.into(), false);
    p256::ecdsa::VerifyingKey::from_encoded_point(&point).ok()
}

impl PublicKeys {
    /// Reads a JSON Web Key Set, or a single key.
    ///
    /// # Errors
    /// A sentence that says what is wrong; among it that a private key was given, which must not
    /// lie where everybody can fetch it.
    pub fn read(text: &str) -> Result<PublicKeys, String> {
        let json: Value =
            serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        let keys = match json.get("keys").and_then(Value::as_array) {
            Some(keys) => keys.clone(),
            None => vec![json],
        };
        if keys.iter().any(|key| key.get("d").is_some()) {
            return Err(String::from(
                "it holds a private key; only the public one may be where pages can fetch it",
            ));
        }
        let keys: Result<Vec<PublicKey>, String> = keys.iter().map(PublicKey::from_jwk).collect();
        match keys? {
            keys if keys.is_empty() => Err(String::from("it holds no key")),
            keys => Ok(PublicKeys(keys)),
        }
    }

    /// The JSON Web Key Set.
    pub fn to_json(&self) -> String {
        let keys: Vec<Value> = self.0.iter().map(PublicKey::jwk).collect();
        format!("{:#}\n", json!({ "keys": keys }))
    }

    /// What a token says, at a moment in milliseconds since 1970.
    ///
    /// # Errors
    /// Where it is not as one of these keys signed it, or its time is over.
    pub fn open(&self, token: &str, now_ms: f64) -> Result<Link, Refusal> {
        let link = self.look_into(token)?;
        if link.is_expired(now_ms) { Err(Refusal::Expired) } else { Ok(link) }
    }

    /// The same, whatever its time is.
    pub fn look_into(&self, token: &str) -> Result<Link, Refusal> {
        token::open(token, &self.0)
    }
}
