//! What translators get and give: nothing but what they changed changes, and nothing is lost.

use askwell::instruments;
use askwell::survey::Survey;
use askwell::text::Text;
use askwell::translation::{Definition, Row};

fn row(path: &str, language: &str, text: &str) -> Row {
    Row { path: path.into(), source: None, language: language.into(), text: text.into() }
}

fn translate(json: &str, rows: &[Row]) -> String {
    let translated = Definition::read(json).unwrap().translate(rows);
    assert_eq!(translated.findings, []);
    Survey::load(&translated.json).unwrap();
    translated.json
}

/// A survey in one line, as programs write it.
const SMALL: &str = r#"{"askwell":1,"id":"s","pages":[{"id":"p","questions":[{"id":"q","type":"single-choice","choices":["a",{"value":"b"}]}]}]}"#;

#[test]
fn new_texts_are_written_as_their_neighbours_are() {
    let title = row("$.pages[0].questions[0].title", "th", "ท");
    let first = row("$.pages[0].questions[0].choices[0].text", "th", "ก \"x\"");
    let second = row("$.pages[0].questions[0].choices[1].text", "th", "ข");
    let json = translate(SMALL, &[title, first, second]);
    assert_eq!(
        json,
        concat!(
            r#"{"askwell":1,"id":"s","locales":["en","th"],"pages":[{"id":"p","questions":[{"id":"q","title":{"en":"q","th":"ท"},"type":"single-choice","#,
            r#""choices":[{"value":"a","text":{"en":"a","th":"ก \"x\""}},{"value":"b","text":{"en":"b","th":"ข"}}]}]}]}"#
        )
    );
    // What is there already changes nothing, and what is new joins it.
    let again = [
        row("$.pages[0].questions[0].title", "TH", "ท"),
        row("$.pages[0].questions[0].title", "vi", "v"),
        row("$.pages[0].questions[0].title", "en", "Q"),
        row("$.pages[0].questions[0].title", "ko", " "),
    ];
    let expected = json.replace(r#""th"],"#, r#""th","vi"],"#);
    let expected = expected.replace(r#"{"en":"q","th":"ท"}"#, r#"{"en":"Q","th":"ท","vi":"v"}"#);
    assert_eq!(translate(&json, &again), expected);
}

#[test]
fn a_long_text_goes_on_lines_of_its_own() {
    let json = "{\n\t\"askwell\": 1,\n\t\"id\": \"s\",\n\t\"title\": \"A title that is long enough to leave no room beside it\",\n\t\"pages\": [{\"id\": \"p\", \"questions\": []}]\n}\n";
    let thai = "ชื่อที่ยาวพอที่จะไม่เหลือที่ว่างข้างๆ";
    let expected = json
        .replace("\"A title", "{\n\t\t\"en\": \"A title")
        .replace("it\",\n\t\"p", &format!("it\",\n\t\t\"th\": \"{thai}\"\n\t}},\n\t\"p"))
        .replace("\"s\",\n", "\"s\",\n\t\"locales\": [\"en\", \"th\"],\n");
    assert_eq!(translate(json, &[row("$.title", "th", thai)]), expected);
}

#[test]
fn rows_that_would_do_harm_are_not_taken() {
    let json = r#"{"askwell": 1, "id": "s", "locales": ["en"], "title": {"en": "Dear {name}"}, "pages": [{"id": "p", "questions": []}]}"#;
    let definition = Definition::read(json).unwrap();
    let told = |rows: &[Row]| {
        let translated = definition.translate(rows);
        let findings: Vec<&str> = translated.findings.iter().map(|finding| finding.kind).collect();
        (translated.taken, findings)
    };
    let from = |source: &str| Row { source: Some(source.into()), ..row("$.title", "th", "{name}") };
    assert_eq!(told(&[from("Dear {name}")]), (1, vec![]));
    assert_eq!(told(&[from(" Dear {name}\r\n")]), (1, vec![]));
    assert_eq!(told(&[from("Hello {name}")]), (0, vec!["changed-source"]));
    assert_eq!(told(&[row("$.title", "th", "ถึง")]), (0, vec!["lost-placeholder"]));
    assert_eq!(told(&[row("$.title", "th", "{name} {x}")]), (0, vec!["unknown-placeholder"]));
    let nowhere = [row("$.titel", "th", "{name}"), row("$.titel", "vi", "{name}")];
    assert_eq!(told(&nowhere), (0, vec!["unknown-path"]));
    let twice = [row("$.title", "th", "1 {name}"), row("$.title", "th", "2 {name}")];
    assert_eq!(told(&twice), (1, vec!["contradiction"]));
    assert_eq!(told(&[twice[0].clone(), twice[0].clone()]), (1, vec![]));
}

#[test]
fn what_says_the_same_everywhere_is_left_out() {
    let json = r#"{"askwell": 1, "id": "s", "title": "{name} 😀 42", "pages": [{"id": "p", "questions": [
        {"id": "q", "type": "rating", "title": {"en": "–"}}, {"id": "h", "type": "hidden"},
        {"id": "t", "type": "table", "rows": [1, "A"], "columns": [{"id": "Price", "type": "number"}]}]}]}"#;
    let definition = Definition::read(json).unwrap();
    let paths: Vec<String> =
        definition.wordings().into_iter().map(|wording| wording.path).collect();
    assert_eq!(
        paths,
        [
            "$.pages[0].questions[2].title",
            "$.pages[0].questions[2].rows[1].text",
            "$.pages[0].questions[2].columns[0].title"
        ]
    );
}

#[test]
fn a_parent_language_is_enough_and_a_sibling_is_not() {
    let json = r#"{"askwell": 1, "id": "s", "locales": ["en-GB", "zh-Hant"], "title": {"en-GB": "Colour", "zh-Hant": "顏色"},
        "pages": [{"id": "p", "questions": []}]}"#;
    let definition = Definition::read(json).unwrap();
    for (reader, missing) in [
        ("zh-TW", 0),
        ("zh-Hant-HK", 0),
        ("zh-CN", 1),
        ("en-GB", 0),
        ("en", 0),
        ("en-US", 1),
        ("ja", 1),
    ] {
        assert_eq!(definition.missing(reader).len(), missing, "{reader}");
    }
}

/// Every text that the engine reads from the examples and the instruments is one that
/// translators see.
#[test]
fn no_text_escapes_the_translators() {
    let examples = askwell::questions::examples().into_iter().flat_map(|(_, json)| {
        let examples: Vec<serde_json::Value> = serde_json::from_str(json).unwrap();
        examples.into_iter().map(|example| {
            let page = serde_json::json!({ "id": "p", "questions": [example["question"]] });
            serde_json::json!({ "askwell": 1, "id": "s", "pages": [page] }).to_string()
        })
    });
    let instruments = instruments::TABLE.iter().map(|instrument| instrument.json.to_owned());
    let mut texts = 0;
    for json in examples.chain(instruments) {
        let Ok(loaded) = Survey::load(&json) else { continue };
        let definition = Definition::read(&json).unwrap();
        let wordings = definition.wordings();
        let survey = &loaded.survey;
        let questions = (0..=survey.blocks.len()).flat_map(|block| survey.block(block));
        for question in questions {
            let source = &question.source;
            let own = [&source.title, &source.description, &source.help, &source.required_text];
            let own = own.into_iter().flatten().chain(question.kind.as_type().texts());
            for text in own.filter(|text| has_letters(text)) {
                texts += 1;
                let known = wordings.iter().any(|wording| {
                    text.entries().all(|(_, t)| wording.text.entries().any(|(_, other)| other == t))
                });
                assert!(known, "a text of `{}` is missing", source.id);
            }
        }
    }
    assert!(texts > 300);
}

fn has_letters(text: &Text) -> bool {
    text.entries().any(|(_, wording)| wording.contains(char::is_alphabetic))
}
/// The same by way of the program.
#[cfg(feature = "cli")]
mod program {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_table_that_nobody_touched_changes_nothing() {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let hostile = folder.join("hostile.json");
        let survey = serde_json::json!({ "askwell": 1, "id": "s", "locales": ["en", "ja"],
            "title": { "en": "'=x\r\n\ty \"{a b}\" <b>&amp;</b> ]]> { name }", "ja": "-1;\r {a b},\u{2028}{name}" },
            "pages": [{ "id": "p", "title": { "ja": "日本語だけ" }, "questions": [] }] });
        fs::write(&hostile, survey.to_string()).unwrap();
        let path = hostile.to_str().unwrap();
        for survey in [path, "tour-satisfaction", "ttm3r0299v2-self-assessment"] {
            let definition = match instruments::find(survey) {
                Some(instrument) => instrument.json.to_owned(),
                None => fs::read_to_string(survey).unwrap(),
            };
            for format in ["csv", "xliff"] {
                let table = run(&["translate", "export", survey, "--format", format]);
                let file = folder.join(format!("untouched.{format}"));
                fs::write(&file, &table).unwrap();
                let imported = run(&["translate", "import", survey, file.to_str().unwrap()]);
                assert!(
                    imported == definition,
                    "{survey} as {format} is not as it was:\n{imported}"
                );
            }
        }
    }

    #[test]
    fn a_survey_is_changed_in_its_file_where_that_is_asked_for() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (survey, table) = (folder.join("small.json"), folder.join("small.csv"));
        fs::write(&survey, SMALL).unwrap();
        let wide = "\u{feff}path\ten\tth\r\n$.pages[0].questions[0].title\tq\tคำถาม\r\n";
        fs::write(&table, wide.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
            .unwrap();
        let arguments = ["translate", "import", survey.to_str().unwrap(), table.to_str().unwrap()];
        assert_eq!(run(&[&arguments[..], &["--write"]].concat()), "");
        let written = fs::read_to_string(&survey).unwrap();
        assert!(written.contains(r#""title":{"en":"q","th":"คำถาม"}"#), "{written}");
    }

    fn run(arguments: &[&str]) -> String {
        let result = Command::new(env!("CARGO_BIN_EXE_askwell"))
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let complaints = String::from_utf8_lossy(&result.stderr);
        assert!(result.status.success(), "{arguments:?}: {complaints}");
        String::from_utf8(result.stdout).unwrap()
    }
}
