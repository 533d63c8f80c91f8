//! What other programs make of it: xapi-validation, scorm-again, pyreadstat.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use askwell::export::sav::Writer;
use askwell::export::xapi;
use askwell::value::{Map, Value};

use crate::{scores, submission, survey};

/// Past the capture of test output, so that nobody takes a skipped test for a verdict.
fn skipped<T>(reason: &str) -> Option<T> {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {reason}");
    None
}

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn packages() -> Option<PathBuf> {
    match std::env::var_os("ASKWELL_LEARNING") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => skipped(
            "learning systems were not asked, ASKWELL_LEARNING names no folder with xapi-validation and scorm-again",
        ),
    }
}

fn all() -> Map {
    serde_json::from_str(
        r#"{"recommend": 9, "channel": "=a", "channel-comment": "or so", "liked": ["guide", 3],
            "parts": {"bus": 2, "the hotel": 3}, "known": {"refunds": ["exists"]}, "rated": "n/a",
            "spent": -12.5, "again": true, "why": "很棒，下次再來", "when": "2026-11-02",
            "range": [1, 5], "order": ["z", "x"], "names": {"first": "Lin"}}"#,
    )
    .unwrap()
}

#[test]
fn statements_pass_the_validator() {
    let sent = submission(1, all());
    let mut statements =
        xapi::statements(&survey(), &sent, &scores(&sent), "https://example.org/x");
    // One per question, the matrix row by row, the whole, and the score that there is.
    assert_eq!(statements.len(), 16);
    let ids: std::collections::BTreeSet<String> =
        statements.iter().map(|one| one.get("id").unwrap().to_json()).collect();
    assert_eq!(ids.len(), statements.len());
    let Some(folder) = packages() else { return };
    assert_eq!(validated(&folder, &statements), "16 statements\n");

    // The validator does find fault.
    if let Some(Value::Map(last)) = statements.last_mut() {
        last.insert(
            String::from("result"),
            serde_json::from_str(r#"{"score": {"scaled": 1.2}}"#).unwrap(),
        );
    }
    assert!(validated(&folder, &statements).lines().count() > 1);
}

fn validated(folder: &Path, statements: &[Value]) -> String {
    let mut node = Command::new("node");
    node.arg(here("tests/export/xapi.mjs")).arg(folder);
    let mut node = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = node.stdin.take().unwrap();
    for statement in statements {
        writeln!(input, "{}", statement.to_json()).unwrap();
    }
    drop(input);
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_learning_system_takes_what_the_adapter_reports() {
    let Some(folder) = packages() else { return };
    let mut node = Command::new("node");
    node.arg(here("tests/export/scorm.mjs")).arg(here("www/scorm.js")).arg(folder);
    let output = node.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output.stdout.is_empty(), "{said}");
}

#[test]
fn spss_files_hold_values_and_labels() {
    let writer = Writer::new(&survey(), "zh-Hant");
    let mut bytes = Vec::new();
    writer.write_head(None, &mut bytes).unwrap();
    for (at, answers) in [all(), Map::new()].into_iter().enumerate() {
        let sent = submission(at, answers);
        writer.write_case(&sent, &scores(&sent), &mut bytes).unwrap();
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shapes.sav");
    std::fs::write(&file, bytes).unwrap();
    let Some(read) = read(&file) else { return };
    assert_eq!(read["encoding"], "UTF-8");
    let rows = read["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for (name, expected) in [
        ("recommend", serde_json::json!(9.0)),
        ("channel", serde_json::json!(1.0)),
        ("channel_comment", serde_json::json!("or so")),
        ("liked_guide", serde_json::json!(1.0)),
        ("liked_b_c", serde_json::json!(0.0)),
        ("liked_3", serde_json::json!(1.0)),
        ("parts.the_hotel", serde_json::json!(3.0)),
        ("rated", serde_json::json!(3.0)),
        ("spent", serde_json::json!(-12.5)),
        ("again", serde_json::json!(1.0)),
        ("why", serde_json::json!("很棒，下次再來")),
        ("score_nps", serde_json::json!(9.0)),
        ("score_parts", serde_json::Value::Null),
        ("submission_duration_ms", serde_json::json!(48211.0)),
    ] {
        assert_eq!(rows[0][name], expected, "{name}");
    }
    assert!(rows[1]["recommend"].is_null() && rows[1]["liked_guide"].is_null());
    assert_eq!(read["values"]["channel"]["1.0"], "=a 第一");
    assert_eq!(read["labels"]["parts.bus"], "parts: bus");
    assert_eq!(read["measure"]["recommend"], "scale");
    assert_eq!(read["measure"]["channel"], "nominal");
}

#[test]
fn spss_files_hold_long_texts_and_declare_what_is_no_answer() {
    let definition = serde_json::json!({
        "askwell": 1, "id": "shapes", "locales": ["en"], "pages": [{"id": "p", "questions": [
            {"id": "before", "type": "number"},
            {"id": "long", "type": "text", "lines": 3},
            {"id": "between", "type": "text"},
            {"id": "longest", "type": "text", "lines": 3},
            {"id": "helped", "type": "rating",
             "rateValues": [0, 1, {"value": 2, "text": "alone"}, {"value": "not-observed", "text": "Not observed"}]},
            {"id": "income", "type": "single-choice", "choices": ["low", "high"],
             "showRefuseItem": true, "showDontKnowItem": true}
        ]}]
    });
    let survey = askwell::survey::Survey::load(&definition.to_string()).unwrap().survey;
    let long = |letters: usize| "空a".repeat(letters / 2);
    let answers = [
        serde_json::json!({"before": 1, "long": long(400), "between": "x", "longest": long(20_000),
            "helped": "not-observed", "income": "dontknow"}),
        serde_json::json!({"before": 2, "long": "短", "between": "y", "helped": 2, "income": "high"}),
        serde_json::json!({"before": 3, "long": "z".repeat(255), "income": "refused"}),
    ];
    let sent = |(at, answers): (usize, &serde_json::Value)| {
        submission(at, serde_json::from_value(answers.clone()).unwrap())
    };
    let sent: Vec<Map> = answers.iter().enumerate().map(sent).collect();
    let mut writer = Writer::new(&survey, "en");
    sent.iter().for_each(|sent| writer.widen(sent));
    let mut bytes = Vec::new();
    writer.write_head(Some(3), &mut bytes).unwrap();
    for sent in &sent {
        writer.write_case(sent, &Map::new(), &mut bytes).unwrap();
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("long.sav");
    std::fs::write(&file, bytes).unwrap();
    let Some(read) = read(&file) else { return };
    let rows = read["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    for name in ["before", "long", "between"] {
        let expected: Vec<_> = answers.iter().map(|one| one[name].as_f64()).collect();
        for ((row, sent), number) in rows.iter().zip(&answers).zip(expected) {
            match number {
                Some(number) => assert_eq!(row[name].as_f64(), Some(number), "{name}"),
                None => assert_eq!(row[name], sent[name].as_str().unwrap_or_default(), "{name}"),
            }
        }
    }
    let most = rows[0]["longest"].as_str().unwrap();
    assert!(long(20_000).starts_with(most) && most.len() > 32_760, "{}", most.len());
    assert_eq!(
        rows.iter().map(|row| row["helped"].as_f64()).collect::<Vec<_>>(),
        [Some(99.0), Some(2.0), None]
    );
    assert_eq!(
        rows.iter().map(|row| row["income"].as_f64()).collect::<Vec<_>>(),
        [Some(98.0), Some(2.0), Some(97.0)]
    );
    assert_eq!(read["missing"]["helped"], serde_json::json!([{"lo": 99.0, "hi": 99.0}]));
    assert_eq!(
        read["missing"]["income"],
        serde_json::json!([{"lo": 97.0, "hi": 97.0}, {"lo": 98.0, "hi": 98.0}])
    );
    assert_eq!(read["values"]["helped"]["99.0"], "Not observed");
    assert_eq!(read["values"]["income"]["98.0"], "I don’t know");
}

fn read(file: &Path) -> Option<serde_json::Value> {
    let python = std::env::var("ASKWELL_PYTHON").unwrap_or_else(|_| String::from("python3"));
    let output = Command::new(&python).arg(here("tests/export/sav.py")).arg(file).output();
    let output = match output {
        Ok(output) => output,
        Err(error) => return skipped(&format!("{python} does not start: {error}")),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    match read["lacks"].as_str() {
        Some(name) if std::env::var_os("ASKWELL_PYTHON").is_some() => {
            panic!("{python} has no {name}")
        }
        Some(name) => skipped(&format!("the SPSS file was not read back, {python} has no {name}")),
        None => Some(read),
    }
}
