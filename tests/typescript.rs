//! The types that host pages get: TypeScript reads them as a page would use them.
//!
//! To run it: `npm install typescript` in a folder, and name the folder in `ASKWELL_TYPESCRIPT`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Past the capture of test output, so that nobody takes a skipped test for a verdict.
fn skipped(reason: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: TypeScript was not asked, {reason}");
}

/// What TypeScript finds wrong with a file; nothing where there is no TypeScript.
fn findings(file: &Path) -> Option<String> {
    let Some(folder) = std::env::var_os("ASKWELL_TYPESCRIPT") else {
        skipped("ASKWELL_TYPESCRIPT names no folder that has it");
        return None;
    };
    let compiler = PathBuf::from(folder).join("node_modules/typescript/bin/tsc");
    let mut node = Command::new("node");
    node.arg(compiler).args(["--noEmit", "--strict", "--exactOptionalPropertyTypes"]);
    node.args(["--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"]);
    match node.arg(file).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) => {
            skipped(&format!("node is missing: {error}"));
            None
        }
    }
}

#[test]
fn a_page_compiles_against_the_types_and_its_mistakes_do_not() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/typescript/page.ts");
    let Some(found) = findings(&page) else { return };
    assert_eq!(found, "");
}

#[test]
fn a_mistake_is_found() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistake.ts");
    let types = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/askwell.js");
    let page = format!(
        "import type {{ AskwellSurvey }} from {types:?};\nexport const next = (survey: AskwellSurvey): boolean => survey.next();\n"
    );
    std::fs::write(&file, page).unwrap();
    let Some(found) = findings(&file) else { return };
    assert!(found.contains("mistake.ts(2,") && found.contains("'Promise<boolean>'"), "{found}");
}
