//! What ships as content is whole: words, examples and instruments, in every language.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use askwell::definition::{Log, Place, check_fields};
use askwell::issue::Code;
use askwell::locales;
use askwell::questions::{self, Kind};
use askwell::survey::source::QuestionSource;
use askwell::text::{Piece, pieces};
use askwell::value::{Map, Value};

/// The languages that everything that ships is written in.
const LANGUAGES: [&str; 2] = ["en", "zh-Hant"];

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("content is valid JSON")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_list).unwrap_or_default()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_text).unwrap_or_default()
}

mod words {
    use super::*;

    fn names(wording: &str) -> BTreeSet<String> {
        let name = |piece: Piece| match piece {
            Piece::Name(name) => Some(name.to_owned()),
            Piece::Literal(_) => None,
        };
        pieces(wording).into_iter().filter_map(name).collect()
    }

    fn english() -> &'static Map {
        locales::TABLE.iter().find(|locale| locale.code == "en").expect("English").words()
    }

    #[test]
    fn every_locale_words_every_key_with_the_same_parameters() {
        for locale in &locales::TABLE {
            let words = locale.words();
            for (key, wording) in english().iter().filter(|(key, _)| *key != "$") {
                let (code, wording) = (locale.code, wording.as_text().expect("text"));
                let own = words.get(key).and_then(Value::as_text).unwrap_or_default();
                assert!(!own.is_empty(), "{code}: {key} is missing");
                // One thing may be written out: "one answer" names no number.
                if !key.ends_with(".one") {
                    assert_eq!(names(own), names(wording), "{code}: parameters of {key}");
                }
            }
            let unknown: Vec<_> =
                words.keys().filter(|key| !english().contains_key(*key)).collect();
            assert!(unknown.is_empty(), "{}: {unknown:?} stand in no other locale", locale.code);
        }
    }

    #[test]
    fn the_head_of_every_locale_agrees_with_its_row() {
        for locale in &locales::TABLE {
            let head = locale.words().get("$").expect("a head");
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
            literal
                .split_once('.')
                .is_some_and(|(who, rest)| whose.contains(who) && rest.contains('.'))
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
}

/// Every place where respondents read something, with what stands there.
fn readable<'v>(value: &'v Value, path: &str, found: &mut Vec<(String, &'v Value)>) {
    const FIELDS: [&str; 16] = [
        "title",
        "description",
        "help",
        "text",
        "statement",
        "minRateDescription",
        "maxRateDescription",
        "otherText",
        "labelTrue",
        "labelFalse",
        "unit",
        "citation",
        "collector",
        "purpose",
        "rights",
        "about",
    ];
    match value {
        Value::Map(map) => {
            for (key, inside) in map {
                let path = format!("{path}/{key}");
                let of_languages =
                    |map: &Map| map.keys().any(|key| LANGUAGES.contains(&key.as_str()));
                if FIELDS.contains(&key.as_str()) || inside.as_map().is_some_and(of_languages) {
                    found.push((path, inside));
                } else {
                    readable(inside, &path, found);
                }
            }
        }
        Value::List(items) => {
            for (index, inside) in items.iter().enumerate() {
                readable(inside, &format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn assert_written_in_every_language(content: &Value, whose: &str) {
    let mut found = Vec::new();
    readable(content, whose, &mut found);
    assert!(!found.is_empty(), "{whose} has no texts");
    for (path, text) in found {
        for language in LANGUAGES {
            let wording = text.get(language).and_then(Value::as_text).unwrap_or_default();
            assert!(!wording.trim().is_empty(), "{path}: no {language}");
        }
    }
}

mod examples {
    use super::*;

    fn kind(question: &Value) -> Kind {
        let log = Log::default();
        let place = Place::ROOT;
        let row = questions::row(text(question, "type"), &place, &log).expect("a known type");
        let map = question.as_map().expect("an object");
        check_fields(map, &[&["type"], QuestionSource::FIELDS, row.field_names], &place, &log);
        let source = QuestionSource::read_fields(map, &place, &log);
        let kind = row.read(map, &place, &log);
        let diagnostics = log.into_diagnostics();
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", text(question, "id"));
        assert!(source.is_some());
        kind.expect("readable")
    }

    /// Every code for which an answer is refused; none where it is accepted.
    fn refusals(question: &Value, answer: &Value) -> Vec<Code> {
        let kind = kind(question);
        let mut issues = Vec::new();
        let required = question.get("required").and_then(Value::as_bool).unwrap_or_default();
        issues.extend(kind.as_type().missing(answer).filter(|_| required));
        if !answer.is_empty() {
            kind.as_type().check(answer, &mut issues);
        }
        issues.into_iter().map(|issue| issue.code).collect()
    }

    #[test]
    fn every_type_has_examples_whose_answers_are_accepted_and_refused_as_they_say() {
        for (name, json) in questions::examples() {
            let examples = parse(json);
            let examples = examples.as_list().expect("a list");
            assert!(examples.len() >= 2, "{name}: too few examples");
            for example in examples {
                let question = example.get("question").expect("a question");
                let id = text(question, "id");
                assert_eq!(text(question, "type"), name, "{id}");
                for answer in list(example, "accepts") {
                    let codes = refusals(question, answer);
                    assert!(
                        codes.is_empty(),
                        "{name} {id} refuses {}: {codes:?}",
                        answer.to_json()
                    );
                }
                for refused in list(example, "refuses") {
                    let answer = refused.get("answer").expect("an answer");
                    let codes: Vec<&str> =
                        refusals(question, answer).into_iter().map(Code::as_str).collect();
                    let code = text(refused, "code");
                    assert!(codes.contains(&code), "{name} {id} {}: {codes:?}", answer.to_json());
                }
                let takes_answer = kind(question).as_type().takes_answer();
                let shown = !list(example, "accepts").is_empty();
                assert_eq!(shown, takes_answer, "{name} {id}: accepted answers");
            }
        }
    }

    #[test]
    fn every_example_is_written_in_every_language() {
        for (name, json) in questions::examples() {
            assert_written_in_every_language(&parse(json), name);
        }
    }

    #[test]
    fn ids_stand_once_over_all_examples_so_that_one_gallery_holds_them() {
        let mut seen = BTreeSet::new();
        for (_, json) in questions::examples() {
            let examples = parse(json);
            for example in examples.as_list().expect("a list") {
                let id = text(example.get("question").expect("a question"), "id").to_owned();
                assert!(seen.insert(id.clone()), "{id} stands twice");
            }
        }
    }
}

mod instruments {
    use super::*;
    use askwell::instruments;

    fn questions(survey: &Value) -> Vec<&Value> {
        list(survey, "pages").iter().flat_map(|page| list(page, "questions")).collect()
    }

    #[test]
    fn each_says_its_version_source_licence_and_what_is_collected() {
        for instrument in instruments::TABLE {
            let survey = parse(instrument.json);
            assert_eq!(text(&survey, "id"), instrument.id);
            assert!(!text(&survey, "version").is_empty(), "{}", instrument.id);
            assert!(!text(&survey, "license").is_empty(), "{}", instrument.id);
            assert!(survey.get("citation").is_some(), "{}", instrument.id);
            let notice = survey.get("notice").expect("a notice");
            for part in ["collector", "purpose", "categories", "use", "rights", "effect"] {
                assert!(notice.get(part).is_some(), "{}: notice/{part}", instrument.id);
            }
        }
    }

    #[test]
    fn each_is_written_in_every_language() {
        for instrument in instruments::TABLE {
            assert_written_in_every_language(&parse(instrument.json), instrument.id);
        }
    }

    #[test]
    fn the_self_assessment_holds_the_unit_word_for_word() {
        let unit = parse(include_str!("content/ttm3r0299v2.json"));
        let instrument = instruments::find("ttm3r0299v2-self-assessment").expect("there");
        let survey = parse(instrument.json);
        let questions = questions(&survey);
        let chinese = |question: &Value, field: &str| {
            question.get(field).map(|wording| text(wording, "zh-Hant").to_owned())
        };
        let statements: Map = questions
            .iter()
            .filter(|question| text(question, "type") == "rating")
            .map(|q| (text(q, "id").to_owned(), chinese(q, "title").unwrap_or_default().into()))
            .collect();
        assert_eq!(statements.len(), 27);
        assert_eq!(Value::Map(statements).to_json(), unit.get("statements").unwrap().to_json());
        let notes: Map = questions
            .iter()
            .filter_map(|q| Some((text(q, "id").to_owned(), chinese(q, "help")?.into())))
            .collect();
        assert_eq!(notes.len(), 10);
        assert_eq!(Value::Map(notes).to_json(), unit.get("help").unwrap().to_json());
    }
}
