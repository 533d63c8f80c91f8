//! Tokens of survey links under attack: nothing but what was signed opens anything.

#![cfg(feature = "cli")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
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

/// What `www/link.js` makes of tokens; nothing where there is no Node to run it.
fn page_verdicts(keys: &PublicKeys, now: f64, tokens: &[String]) -> Option<Vec<String>> {
    use base64::Engine;
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("www/link.js")).unwrap();
    let script = base64::engine::general_purpose::STANDARD.encode(script);
    let check = fs::read_to_string(root.join("tests/links/check.js")).unwrap();
    let node = Command::new("node")
        .args(["--no-warnings", "--input-type=module", "-e", &check, "-", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut node) = node else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the page's own check, node is missing");
        return None;
    };
    let keys: serde_json::Value = serde_json::from_str(&keys.to_json()).unwrap();
    let input = serde_json::json!({ "keys": keys, "now": now, "tokens": tokens });
    node.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn the_page_and_the_receiver_are_of_one_mind() {
    for (algorithm, seed) in [(Algorithm::Es256, 3), (Algorithm::EdDsa, 4)] {
        let (token, keys) = example(algorithm);
        let (other, strangers) = example(algorithm);
        let mut chance = Chance(seed);
        let mut tokens = vec![token.clone(), other.clone()];
        tokens.extend((0..1000).map(|_| mutate(&token, &other, &mut chance)));
        tokens.retain(|mutant| *mutant != token);
        tokens.insert(0, token.clone());
        let Some(verdicts) = page_verdicts(&keys, 0.0, &tokens) else { return };
        for (token, verdict) in tokens.iter().zip(&verdicts) {
            let own = match keys.open(token, 0.0) {
                Ok(link) => format!("open {}", link.booking.unwrap()),
                Err(Refusal::Broken) => "broken".into(),
                Err(Refusal::WrongKey) => "wrong-key".into(),
                Err(Refusal::Expired) => "expired".into(),
            };
            assert_eq!(*verdict, own, "{token}");
        }
        let late = page_verdicts(&keys, 4e12, std::slice::from_ref(&token)).unwrap();
        assert_eq!(late, ["expired"]);
        assert_eq!(page_verdicts(&strangers, 0.0, &[token]).unwrap(), ["wrong-key"]);
    }
}

// ---- from the command line ----

const PAGE: &str = "https://example.com/survey.html";

fn place(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("links-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn askwell(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_askwell"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn printed(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn known(folder: &Path) -> PublicKeys {
    PublicKeys::read(&fs::read_to_string(folder.join("link-keys.json")).unwrap()).unwrap()
}

#[test]
fn a_link_from_the_command_line_says_what_was_asked_for() {
    let folder = place("one");
    for algorithm in ["es256", "eddsa"] {
        let _ = fs::remove_file(folder.join("link-keys.json"));
        let _ = fs::remove_file(folder.join("link-key.private.json"));
        printed(askwell(&folder, &["keys", "--algorithm", algorithm]));
        let link = printed(askwell(
            &folder,
            &[
                "link",
                "--page",
                PAGE,
                "--survey",
                "tour-satisfaction",
                "--language",
                "ja",
                "--booking",
                "B-1",
                "--context",
                "guide=Mei",
                "--prefill",
                "recommend=9",
                "--expires",
                "2026-12-31+08:00",
                "--return",
                "https://www.example.com/thanks",
                "--single-use",
            ],
        ));
        let token = link.trim().strip_prefix("https://example.com/survey.html#token=").unwrap();
        let link = known(&folder).open(token, 1_798_732_799_000.0).unwrap();
        assert_eq!(link.source.as_deref(), Some("instruments/tour-satisfaction.json"));
        assert_eq!((link.language.as_deref(), link.booking.as_deref()), (Some("ja"), Some("B-1")));
        assert!(link.prefill.get("recommend") == Some(&9.into()));
        assert!(link.context.get("guide") == Some(&"Mei".into()));
        assert_eq!((link.expires, link.zone.as_deref()), (Some(1_798_732_800), Some("+08:00")));
        assert_eq!(link.id.unwrap().len(), 24);
    }
}

#[cfg(unix)]
#[test]
fn a_key_is_its_owners_alone_and_never_replaced() {
    use std::os::unix::fs::PermissionsExt;
    let folder = place("keys");
    printed(askwell(&folder, &["keys"]));
    let private = folder.join("link-key.private.json");
    assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    let before = fs::read(&private).unwrap();
    let again = askwell(&folder, &["keys"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    assert_eq!(fs::read(&private).unwrap(), before);
    let public = ["link", "--page", PAGE, "--survey", "ces", "--key", "link-keys.json"];
    let refused = askwell(&folder, &public);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("private one"));
}

#[test]
fn each_row_of_a_table_gets_its_link() {
    let folder = place("rows");
    printed(askwell(&folder, &["keys"]));
    let table = "\u{feff}name,booking,language,prefill.recommend,context.guide\r\n\
                 林小姐,B-1,zh-Hant,9,Mei\r\nBo,B-2,,77,\r\n\"Cy, Jr\",B-3,,,\r\n";
    fs::write(folder.join("customers.csv"), table).unwrap();
    let made = askwell(
        &folder,
        &[
            "link",
            "--page",
            PAGE,
            "--survey",
            "tour-satisfaction",
            "--language",
            "en",
            "--single-use",
            "--from",
            "customers.csv",
        ],
    );
    assert_eq!(made.status.code(), Some(1));
    let complaint = String::from_utf8(made.stderr).unwrap();
    assert!(complaint.contains("row 3: prefill.recommend"), "{complaint}");
    assert!(!complaint.contains('█'), "no bar where nobody looks");
    let mut rows = csv::Reader::from_reader(made.stdout.as_slice());
    assert_eq!(rows.headers().unwrap().iter().next_back(), Some("link"));
    let links: Vec<Link> = rows
        .records()
        .map(|row| row.unwrap().iter().next_back().unwrap().to_owned())
        .map(|link| known(&folder).open(link.split_once("token=").unwrap().1, 0.0).unwrap())
        .collect();
    let bookings: Vec<_> = links.iter().map(|link| link.booking.as_deref().unwrap()).collect();
    assert_eq!(bookings, ["B-1", "B-3"]);
    let languages: Vec<_> = links.iter().map(|link| link.language.as_deref().unwrap()).collect();
    assert_eq!(languages, ["zh-Hant", "en"]);
    assert_ne!(links[0].id, links[1].id);
}

#[test]
fn what_a_link_cannot_say_is_refused() {
    let folder = place("refused");
    printed(askwell(&folder, &["keys"]));
    for (arguments, reason) in [
        (["--expires", "2026-12-31"], "zone is needed"),
        (["--prefill", "recommend=77"], "not-a-choice"),
        (["--prefill", "recomend=7"], "asks no question `recomend`"),
        (["--return", "javascript:alert(1)"], "https://"),
        (["--return", "https://www.example.com@evil.test/"], "https://"),
        (["--context", "link=x"], "not yours to set"),
        (["--key", "nowhere.json"], "askwell keys"),
    ] {
        let common = ["link", "--page", PAGE, "--survey", "tour-satisfaction"];
        let refused = askwell(&folder, &[&common[..], &arguments].concat());
        let complaint = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && complaint.contains(reason), "{complaint}");
    }
}
