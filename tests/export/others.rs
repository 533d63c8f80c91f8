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

fn read(file: &Path) -> Option<serde_json::Value> {
    let python = std::env::var("ASKWELL_PYTHON").unwrap_or_else(|_| String::from("python3"));
    let output = Command::new(&python).arg(here("tests/export/sav.py")).arg(file).output();
    let output = match output {
        Ok(output) => output,
        Err(error) => return skipped(&format!("{python} does not start: {error}")),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    match read["missing"].as_str() {
        Some(name) => skipped(&format!("the SPSS file was not read back, {python} has no {name}")),
        None => Some(read),
    }
}
