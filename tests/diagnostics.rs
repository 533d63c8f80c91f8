//! Broken definitions, told as data: what the author gets to read about each.

use askwell::diagnostic::locate;
use askwell::survey::Survey;

/// Each file is a definition with its mistakes marked: after the JSON stands a line `---`,
/// then a line per diagnostic: `line:column kind path` and perhaps ` -> suggestion`.
#[test]
fn every_mistake_is_reported_with_its_place() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let (source, expected) = text.split_once("\n---\n").expect("definition, ---, diagnostics");
        let found = match Survey::load(source) {
            Ok(loaded) => loaded.warnings,
            Err(diagnostics) => diagnostics,
        };
        let lines: Vec<String> = found
            .iter()
            .map(|diagnostic| {
                let shown = diagnostic.render("f", source);
                let place = shown.split("--> f:").nth(1).and_then(|rest| rest.split(' ').next());
                let mut line = format!(
                    "{} {} {}",
                    place.unwrap_or("-"),
                    diagnostic.kind,
                    diagnostic.path_text(),
                );
                if let Some(suggestion) = &diagnostic.suggestion {
                    line += &format!(" -> {suggestion}");
                }
                line
            })
            .collect();
        assert_eq!(lines.join("\n"), expected.trim_end(), "{name}");
    }
}

#[test]
fn a_path_that_leads_nowhere_has_no_place() {
    use askwell::diagnostic::Step;
    assert_eq!(locate("{\"a\": 1}", &[Step::Key("b".into())], None, false), None);
    assert_eq!(locate("[1, 2", &[Step::Index(7)], None, false), None);
}
