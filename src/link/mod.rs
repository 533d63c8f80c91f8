//! Survey links: what a link says, signed, so that a page without a server of its own can trust it.
//!
//! A link is `survey.html#token=…`; the token is a JWS in compact form (RFC 7515), signed with
//! ES256 or EdDSA (Ed25519). The page checks it through WebCrypto with the public key, and the
//! receiver checks it again. Nothing of it is secret: whoever has the link can read it.
//!
//! ```
//! use askwell::link::{Algorithm, Link, PrivateKey, PublicKeys, Refusal};
//! let key = PrivateKey::generate(Algorithm::Es256).unwrap();
//! let known = PublicKeys::read(&key.public().to_json()).unwrap();
//! let link = Link { expires: Some(1_793_600_000), ..Link::to("tour-satisfaction") };
//! let token = link.sign(&key);
//! assert_eq!(known.open(&token, 1_793_599_999_000.0).unwrap().survey, "tour-satisfaction");
//! assert_eq!(known.open(&token, 1_793_600_000_000.0), Err(Refusal::Expired));
//! assert_eq!(known.open(&token.replace('.', ".A"), 0.0), Err(Refusal::Broken));
//! ```

pub(crate) mod encoding;
mod key;
mod public;
mod token;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::Map;

pub use key::{Algorithm, PrivateKey};
pub use public::{PublicKey, PublicKeys};

/// What a link says: the claims of its token, by these names.
///
/// `Debug` shows which survey it opens, and nothing of a person.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The survey's id; the receiver takes no other survey's answers with this link.
    pub survey: String,
    /// The address of the definition, as seen from the link page and on its own site.
    #[serde(rename = "src", default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The language to begin in, as a BCP 47 tag.
    #[serde(rename = "lang", default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Answers to begin with, by question id. They are never submitted by themselves.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub prefill: Map,
    /// What travels with the submission without being asked.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub context: Map,
    /// The booking; it travels as `booking` of the context.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<String>,
    /// From when on it no longer opens: seconds since 1970 in UTC.
    #[serde(rename = "exp", default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<i64>,
    /// The zone in which people are told of that moment, as `+08:00`.
    #[serde(rename = "zone", default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Makes it a link for one submission: an id that no other link has.
    #[serde(rename = "jti", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where the thank-you page leads: an `https:` address.
    #[serde(rename = "return", default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<String>,
}

/// Why a token does not open a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no token, or not as it was signed.
    Broken,
    /// It was signed with a key that is not known here.
    WrongKey,
    /// Its time is over.
    Expired,
}

impl Link {
    /// A link to a survey that says nothing else.
    pub fn to(survey: &str) -> Link {
        Link { survey: survey.to_owned(), ..Link::default() }
    }

    /// The signed token.
    pub fn sign(&self, key: &PrivateKey) -> String {
        token::sign(self, key)
    }

    /// Whether its time is over at a moment in milliseconds since 1970.
    pub fn is_expired(&self, now_ms: f64) -> bool {
        self.expires.is_some_and(|expires| now_ms >= expires as f64 * 1000.0)
    }
}

impl Refusal {
    /// The code in replies of the receiver.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::Broken => "link-broken",
            Refusal::WrongKey => "link-wrong-key",
            Refusal::Expired => "link-expired",
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("survey", &self.survey)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}
