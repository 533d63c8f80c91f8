//! Private keys as JSON Web Keys (RFC 7517, RFC 8037).

use ed25519_dalek::Signer as _;
use serde_json::{Value, json};

use super::encoding::{decode_exactly, encode};
use super::public::PublicKey;

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256: every browser checks it.
    Es256,
    /// Ed25519: browsers check it since 2025 (Safari 17, Firefox 129, Chromium 137).
    EdDsa,
}

/// What links are signed with. It stays with whoever makes links.
pub struct PrivateKey(Secret);

enum Secret {
    P256(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

impl Algorithm {
    /// The name in tokens and keys.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Es256 => "ES256",
            Algorithm::EdDsa => "EdDSA",
        }
    }
}

impl PrivateKey {
    /// A new key from the system's source of chance.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn generate(algorithm: Algorithm) -> Result<PrivateKey, String> {
        let mut bytes = [0; 32];
        loop {
            getrandom::fill(&mut bytes).map_err(|error| format!("no random numbers: {error}"))?;
            // A number beyond the order of P-256 is no key; there is hardly one in four thousand million.
            if let Some(key) = PrivateKey::from_secret(algorithm, bytes) {
                return Ok(key);
            }
        }
    }

    fn from_secret(algorithm: Algorithm, bytes: [u8; 32]) -> Option<PrivateKey> {
        Some(PrivateKey(match algorithm {
            Algorithm::Es256 => {
                Secret::P256(p256::ecdsa::SigningKey::from_bytes(&bytes.into()).ok()?)
            }
            Algorithm::EdDsa => Secret::Ed25519(ed25519_dalek::SigningKey::from_bytes(&bytes)),
        }))
    }

    /// Reads a private JSON Web Key.
    ///
    /// # Errors
    /// A sentence that says what it is instead.
    pub fn read(text: &str) -> Result<PrivateKey, String> {
        let jwk: Value =
            serde_json::from_str(text).map_err(|error| format!("it is no JSON: {error}"))?;
        if jwk.get("keys").is_some() {
            return Err(String::from("it holds public keys; links are signed with a private one"));
        }
        let public = PublicKey::from_jwk(&jwk)?;
        let secret = jwk.get("d").and_then(Value::as_str);
        let secret = secret.ok_or("it is a public key; links are signed with the private one")?;
        decode_exactly(secret)
            .and_then(|bytes| PrivateKey::from_secret(public.algorithm(), bytes))
            .filter(|key| key.public() == public)
            .ok_or_else(|| String::from("its private and its public part do not belong together"))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        match &self.0 {
            Secret::P256(key) => PublicKey::P256(*key.verifying_key()),
            Secret::Ed25519(key) => PublicKey::Ed25519(key.verifying_key()),
        }
    }

    /// The private JSON Web Key.
    pub fn to_json(&self) -> String {
        let secret = match &self.0 {
            Secret::P256(key) => encode(key.to_bytes()),
            Secret::Ed25519(key) => encode(key.to_bytes()),
        };
        let mut jwk = self.public().jwk();
        jwk["d"] = json!(secret);
        format!("{jwk:#}\n")
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.0 {
            Secret::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Secret::Ed25519(key) => key.sign(message).to_bytes().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of RFC 8037, appendix A, and RFC 7515, appendix A.3.
    const ED25519: &str = r#"{"kty":"OKP","crv":"Ed25519",
        "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    const P256: &str = r#"{"kty":"EC","crv":"P-256",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;

    #[test]
    fn signs_as_in_the_standards() {
        let key = PrivateKey::read(ED25519).unwrap();
        let message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        let expected = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        assert_eq!(encode(key.sign(message.as_bytes())), expected);
        let thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(key.public().jwk()["kid"], thumbprint);

        let key = PrivateKey::read(P256).unwrap();
        let message = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = decode_exactly::<64>("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q").unwrap();
        assert!(key.public().verifies(message.as_bytes(), &signature));
    }

    #[test]
    fn keys_are_read_as_they_were_written() {
        for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
            let key = PrivateKey::generate(algorithm).unwrap();
            let read = PrivateKey::read(&key.to_json()).unwrap();
            assert!(read.public() == key.public());
        }
        let public = PrivateKey::read(P256).unwrap().public().to_json();
        assert!(PrivateKey::read(&public).err().unwrap().contains("public keys"));
        let mixed = P256.replace("jpsQ", "jpsR");
        assert!(PrivateKey::read(&mixed).err().unwrap().contains("belong together"));
    }
}
