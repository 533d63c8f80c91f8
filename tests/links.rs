//! Tokens of survey links under attack: nothing but what was signed opens anything.

#![cfg(feature = "cli")]

use std::thread;

use askwell::link::{Algorithm, Link, PrivateKey, PublicKeys, Refusal};
use askwell::value::Map;

const MUTANTS: u64 = 100_000;

/// SplitMix64: the same mutants in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

fn example(algorithm: Algorithm) -> (String, PublicKeys) {
    let key = PrivateKey::generate(algorithm).unwrap();
    let link = Link {
        language: Some("zh-Hant".into()),
        prefill: Map::from([("recommend".into(), 9.into())]),
        booking: Some("B-2741".into()),
        expires: Some(4_000_000_000),
        id: Some("0f3a".into()),
        return_to: Some("https://www.example.com/thanks".into()),
        ..Link::to("tour-satisfaction")
    };
    (link.sign(&key), PublicKeys::read(&key.public().to_json()).unwrap())
}

/// One small change, as an accident or somebody who tries makes it.
fn mutate(token: &str, other: &str, chance: &mut Chance) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/";
    let mut bytes = token.as_bytes().to_vec();
    let at = chance.below(bytes.len());
    let letter = ALPHABET[chance.below(ALPHABET.len())];
    match chance.below(8) {
        0 => bytes.insert(at, letter),
        1 => drop(bytes.remove(at)),
        2 => bytes.truncate(at),
        3 => bytes.swap(at, chance.below(token.len())),
        4 => {
            let parts: Vec<&str> = token.split('.').collect();
            let others: Vec<&str> = other.split('.').collect();
            let mut mixed = parts.clone();
            let part = chance.below(3);
            mixed[part] = others[part];
            return mixed.join(".");
        }
        // The last letters of each part, where bits may mean nothing.
        5 => {
            let ends: Vec<usize> =
                token.match_indices('.').map(|(at, _)| at - 1).chain([token.len() - 1]).collect();
            bytes[ends[chance.below(3)]] = letter;
        }
        _ => bytes[at] = letter,
    }
    String::from_utf8(bytes).unwrap()
}

fn attack(algorithm: Algorithm, mutants: u64, seed: u64) -> u64 {
    let (token, keys) = example(algorithm);
    assert!(keys.open(&token, 0.0).is_ok());
    let (other, _) = example(algorithm);
    let mut chance = Chance(seed);
    let mut tried = 0;
    while tried < mutants {
        let mutant = mutate(&token, &other, &mut chance);
        if mutant != token {
            assert!(keys.look_into(&mutant).is_err(), "accepted: {mutant}");
            tried += 1;
        }
    }
    tried
}

#[test]
fn a_hundred_thousand_mutants_are_refused() {
    let tried: u64 = thread::scope(|scope| {
        let attacks = [
            scope.spawn(|| attack(Algorithm::EdDsa, MUTANTS / 2, 1)),
            scope.spawn(|| attack(Algorithm::Es256, MUTANTS / 2, 2)),
        ];
        attacks.into_iter().map(|attack| attack.join().unwrap()).sum()
    });
    assert_eq!(tried, MUTANTS);
}

/// What made other readers of JSON Web Tokens accept anything.
#[test]
fn the_token_does_not_choose_how_it_is_checked() {
    use base64::Engine;
    let encode = |text: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
    for algorithm in [Algorithm::Es256, Algorithm::EdDsa] {
        let (token, keys) = example(algorithm);
        let claims = token.split('.').nth(1).unwrap();
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256"}"#,
            r#"{"alg":["ES256","EdDSA"]}"#,
            r#"{"typ":"JWT"}"#,
            r#"{"alg":"ES256","crit":["b64"],"b64":false}"#,
            r#"{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}"#,
        ] {
            for signature in ["", "AA", &"A".repeat(86), token.rsplit('.').next().unwrap()] {
                let forged = format!("{}.{claims}.{signature}", encode(header));
                assert!(keys.look_into(&forged).is_err(), "accepted {header}");
            }
        }
    }
}

#[test]
fn each_refusal_says_which() {
    let (token, keys) = example(Algorithm::Es256);
    let (_, others) = example(Algorithm::Es256);
    assert_eq!(others.open(&token, 0.0), Err(Refusal::WrongKey));
    assert_eq!(keys.open(&token, 4e12), Err(Refusal::Expired));
    assert_eq!(keys.open(&format!("{token}.x"), 0.0), Err(Refusal::Broken));
    assert_eq!(keys.open("", 0.0), Err(Refusal::Broken));
    let long = format!("{token}{}", "A".repeat(10_000));
    assert_eq!(keys.open(&long, 0.0), Err(Refusal::Broken));
    assert!(!format!("{:?}", keys.open(&token, 0.0)).contains("B-2741"));
}

#[test]
fn a_private_key_is_not_taken_where_everybody_could_fetch_it() {
    let key = PrivateKey::generate(Algorithm::EdDsa).unwrap();
    assert!(PublicKeys::read(&key.to_json()).err().unwrap().contains("private key"));
    assert!(PublicKeys::read(r#"{"keys": []}"#).err().unwrap().contains("no key"));
}
