//! The program as a user runs it: each file in `tests/cli` is a command line with what goes in
//! and what must come out.
//!
//! A case holds `arguments` and optionally `input` (lines: JSON values, or text to be sent as it
//! is), `status` (0), `output` (the lines of standard output; of an object, every field that is
//! given must be as given), `shows` and `complains` (parts of standard output and standard error).

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

const SUBCOMMANDS: &[&str] = &[
    "check",
    "eval",
    "run",
    "score",
    "serve",
    "export",
    "erase",
    "doctor",
    "convert",
    "translate",
    "stats",
    "report",
    "unit",
    "keys",
    "link",
    "qr",
    "form",
    "raters",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_askwell"))
        .args(arguments)
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn every_case_comes_out_as_written() {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some()).collect();
    files.sort();
    assert!(!files.is_empty());
    let failures: Vec<String> = files.iter().filter_map(|file| play(file).err()).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

fn play(file: &Path) -> Result<(), String> {
    let name = file.file_name().unwrap().to_string_lossy();
    let text = fs::read_to_string(file).unwrap();
    let case: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    let list = |key: &str| case[key].as_array().cloned().unwrap_or_default();
    let arguments = list("arguments");
    let arguments: Vec<&str> = arguments.iter().map(|value| value.as_str().unwrap()).collect();
    let mut child = start(&arguments);
    let mut stdin = child.stdin.take().unwrap();
    for line in list("input") {
        // A program that refuses its arguments does not wait for its input.
        let _ = match line.as_str() {
            Some(text) => writeln!(stdin, "{text}"),
            None => writeln!(stdin, "{line}"),
        };
    }
    drop(stdin);
    let result = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(result.stdout).unwrap();
    let stderr = String::from_utf8(result.stderr).unwrap();
    let at = |what: &str| format!("{name}: {what}\n--- stdout\n{stdout}--- stderr\n{stderr}");
    if result.status.code() != Some(case["status"].as_i64().unwrap_or(0) as i32) {
        return Err(at(&format!("ended with {}", result.status)));
    }
    for (key, printed) in [("shows", &stdout), ("complains", &stderr)] {
        if let Some(missing) =
            list(key).iter().find(|part| !printed.contains(part.as_str().unwrap()))
        {
            return Err(at(&format!("{key} no {missing}")));
        }
    }
    if let Some(expected) = case["output"].as_array() {
        let lines: Vec<&str> = stdout.lines().collect();
        if lines.len() != expected.len() {
            return Err(at(&format!("{} lines, expected {}", lines.len(), expected.len())));
        }
        for (number, (line, expected)) in lines.iter().zip(expected).enumerate() {
            let line: Value = serde_json::from_str(line).map_err(|error| at(&error.to_string()))?;
            if let Some(difference) = difference(&line, expected) {
                return Err(at(&format!("line {}: {difference}", number + 1)));
            }
        }
    }
    Ok(())
}

/// What is not as expected; fields of the line itself that the case does not name are free.
fn difference(line: &Value, expected: &Value) -> Option<String> {
    let fields = expected.as_object()?;
    let (name, value) = fields.iter().find(|(name, value)| line[name.as_str()] != **value)?;
    Some(format!("`{name}` is {}, expected {value}", line[name.as_str()]))
}

#[test]
fn the_state_line_has_the_fields_of_the_contract_in_their_order() {
    let mut child = start(&["run", "surveys/branch.json"]);
    drop(child.stdin.take());
    let printed = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let expected = concat!(
        r#"{"page":"rating","pages":["rating"],"visible":["welcome","recommend"],"#,
        r#""required":["recommend"],"readOnly":[],"answers":{"booking":"B-1"},"issues":[],"#,
        r#""complete":false,"scores":{"#,
        r#""nps":{"n":0,"of":1,"reason":"no-answers","value":null},"#,
        r#""parts":{"n":0,"of":2,"reason":"no-answers","value":null}}}"#,
        "\n"
    );
    assert_eq!(printed, expected);
}

#[test]
fn each_reply_comes_before_the_next_line_is_sent() {
    for (arguments, steps) in [
        (&["run", "surveys/branch.json"][..], [r#"{"set":{"recommend":9}}"#, "no JSON"]),
        (&["eval"][..], [r#"{"expression":"1 + 1"}"#, "{}"]),
        (&["score", "surveys/branch.json"][..], [r#"{"recommend":9}"#, r#"{"unknown":1}"#]),
    ] {
        let mut child = start(arguments);
        let mut stdin = child.stdin.take().unwrap();
        let mut replies = BufReader::new(child.stdout.take().unwrap()).lines();
        if arguments[0] == "run" {
            assert!(replies.next().unwrap().unwrap().starts_with(r#"{"page""#));
        }
        for step in steps {
            writeln!(stdin, "{step}").unwrap();
            assert!(replies.next().unwrap().unwrap().starts_with('{'));
        }
        drop(stdin);
        assert!(replies.next().is_none());
        assert_eq!(child.wait().unwrap().code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let mut child = start(&["eval"]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let _ = writeln!(stdin, r#"{{"expression": "1"}}"#);
    drop(stdin);
    let result = child.wait_with_output().unwrap();
    assert_eq!((result.status.code(), result.stderr), (Some(0), Vec::new()));
}

#[test]
fn every_subcommand_explains_itself_with_examples() {
    for subcommand in SUBCOMMANDS {
        let result = start(&[subcommand, "--help"]).wait_with_output().unwrap();
        let printed = String::from_utf8(result.stdout).unwrap();
        assert_eq!(result.status.code(), Some(0));
        assert!(printed.contains("Examples:\n"), "{subcommand}: {printed}");
        assert!(printed.contains(&format!("askwell {subcommand}")), "{subcommand}: {printed}");
    }
}
