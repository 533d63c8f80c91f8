//! The collector's pair of keys, as JSON Web Keys (RFC 7517).

use p256::ecdh::diffie_hellman;
use serde_json::{Value, json};

use super::{Unopened, jwe};
use crate::link::PublicKey;
use crate::link::encoding::{decode_exactly, encode};

/// The private half, which opens what was sealed. It stays with whoever reads the answers.
pub struct OpeningKey(p256::SecretKey);

/// The public half, with which devices seal.
#[derive(Clone, PartialEq)]
pub struct SealingKey(p256::PublicKey);

impl OpeningKey {
    /// A new key from the system's source of chance.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn generate() -> Result<OpeningKey, String> {
        loop {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(|error| format!("no random numbers: {error}"))?;
            if let Ok(key) = p256::SecretKey::from_bytes(&bytes.into()) {
                return Ok(OpeningKey(key));
            }
        }
    }

    /// Reads a private JSON Web Key.
    ///
    /// # Errors
    /// A sentence that says what it is instead.
    pub fn read(text: &str) -> Result<OpeningKey, String> {
        let jwk: Value =
            serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        let public = SealingKey::from_jwk(&jwk)?;
        let secret = jwk.get("d").and_then(Value::as_str);
        let secret = secret.ok_or("it is a public key, which seals; the private one opens")?;
        decode_exactly::<32>(secret)
            .and_then(|bytes| p256::SecretKey::from_bytes(&bytes.into()).ok())
            .map(OpeningKey)
            .filter(|key| key.sealing() == public)
            .ok_or_else(|| String::from("its private and its public part do not belong together"))
    }

    /// The public half.
    pub fn sealing(&self) -> SealingKey {
        SealingKey(self.0.public_key())
    }

    /// The private JSON Web Key.
    pub fn to_json(&self) -> String {
        let mut jwk = self.sealing().jwk();
        jwk["d"] = json!(encode(self.0.to_bytes()));
        format!("{jwk:#}\n")
    }

    /// Opens a JWE in compact form.
    ///
    /// # Errors
    /// Why it stays shut.
    pub fn open(&self, jwe: &str) -> Result<Vec<u8>, Unopened> {
        let jwe = jwe::read(jwe)?;
        let theirs = SealingKey::from_jwk(&jwe.ephemeral).map_err(|_| Unopened::Malformed)?;
        let shared = diffie_hellman(self.0.to_nonzero_scalar(), theirs.0.as_affine());
        jwe.open(shared.raw_secret_bytes())
    }
}

impl SealingKey {
    pub(super) fn from_jwk(jwk: &Value) -> Result<SealingKey, String> {
        match PublicKey::from_jwk(jwk)? {
            PublicKey::P256(key) => Ok(SealingKey(key.into())),
            PublicKey::Ed25519(_) => Err(String::from(
                "answers are sealed with a key of kty EC and crv P-256; \
                 `askwell keys --algorithm ecdh-es` makes one",
            )),
        }
    }

    /// The JSON Web Key with its thumbprint (RFC 7638) as `kid`.
    pub fn jwk(&self) -> Value {
        let mut jwk = PublicKey::P256(self.0.into()).jwk();
        jwk["alg"] = json!(jwe::ALGORITHM);
        jwk["use"] = json!("enc");
        jwk
    }

    /// The JSON Web Key as text.
    pub fn to_json(&self) -> String {
        format!("{:#}\n", self.jwk())
    }

    /// Seals for the owner of the private half: a JWE in compact form.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub fn seal(&self, text: &[u8]) -> Result<String, String> {
        let ours = OpeningKey::generate()?;
        let shared = diffie_hellman(ours.0.to_nonzero_scalar(), self.0.as_affine());
        jwe::write(text, shared.raw_secret_bytes(), &ours.sealing().jwk(), &self.jwk()["kid"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_were_written() {
        let key = OpeningKey::generate().unwrap();
        let read = OpeningKey::read(&key.to_json()).unwrap();
        assert!(read.sealing() == key.sealing());
        let public = key.sealing().to_json();
        assert!(OpeningKey::read(&public).err().unwrap().contains("public key"));
        let ed25519 =
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        assert!(OpeningKey::read(ed25519).err().unwrap().contains("ecdh-es"));
    }
}
