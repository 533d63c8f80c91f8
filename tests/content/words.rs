//! Askwell's own words, in every language.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use askwell::issue::Code;
use askwell::locales;
use askwell::text::{Piece, pieces};
use askwell::value::{Map, Value};

use crate::text;

fn names(wording: &str) -> BTreeSet<String> {
    let name = |piece: Piece| match piece {
        Piece::Name(name) => Some(name.to_owned()),
        Piece::Literal(_) => None,
    };
    pieces(wording).into_iter().filter_map(name).collect()
}

fn english() -> &'static Map {
    locales::TABLE
        .iter()
        .find(|locale| locale.code == "en")
        .expect("English")
        .words()
        .expect("words")
}

fn is_machine_translated(locale: &locales::Locale) -> bool {
    let head = locale.words().and_then(|words| words.get("$")).and_then(|head| head.get("machine"));
    head.and_then(Value::as_bool).unwrap_or_default()
}

/// Machine translations may lag behind: what they lack is read in English.
#[test]
fn every_locale_words_every_key_with_the_same_parameters() {
    for locale in &locales::TABLE {
        let words = locale.words().expect("words");
        for (key, wording) in english().iter().filter(|(key, _)| *key != "$") {
            let (code, wording) = (locale.code, wording.as_text().expect("text"));
            if is_machine_translated(locale) && !words.contains_key(key) {
                continue;
            }
            let own = words.get(key).and_then(Value::as_text).unwrap_or_default();
            assert!(!own.is_empty(), "{code}: {key} is missing");
            // One thing may be written out: "one answer" names no number.
            if !key.ends_with(".one") {
                assert_eq!(names(own), names(wording), "{code}: parameters of {key}");
            }
        }
        let unknown: Vec<_> = words.keys().filter(|key| !english().contains_key(*key)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?} stand in no other locale", locale.code);
    }
}

#[test]
fn the_head_of_every_locale_agrees_with_its_row() {
    for locale in &locales::TABLE {
        let head = locale.words().expect("words").get("$").expect("a head");
        assert_eq!(text(head, "code"), locale.code);
        assert_eq!(text(head, "name"), locale.name);
        assert_eq!(text(head, "direction"), locale.direction.as_str());
        assert!(head.get("machine").and_then(Value::as_bool).is_some());
    }
}

#[test]
fn every_issue_has_its_words() {
    for code in Code::ALL {
        assert!(english().contains_key(&format!("issue.{code}")), "{code}");
    }
}

/// A misspelt key would show itself to respondents.
#[test]
fn every_key_that_the_sources_use_has_its_words() {
    let whose: BTreeSet<&str> =
        english().keys().filter_map(|key| key.split_once('.')).map(|(who, _)| who).collect();
    let is_key = |literal: &&str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        literal.split_once('.').is_some_and(|(who, rest)| whose.contains(who) && rest.contains('.'))
            && !literal.ends_with('.')
            && literal.chars().all(plain)
    };
    let mut used = BTreeSet::new();
    for file in rust_files(Path::new("src")) {
        let source = std::fs::read_to_string(file).expect("readable");
        used.extend(source.split('"').filter(is_key).map(str::to_owned));
    }
    let missing: Vec<_> = used.iter().filter(|key| !english().contains_key(*key)).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
