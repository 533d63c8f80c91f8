//! What a file may not hold.

use std::collections::BTreeSet;
use std::path::Path;

const LONGEST_FILE: usize = 600;
const LONGEST_ARCHITECTURE: usize = 150;

pub fn word_faults(path: &str, code: &str) -> Vec<String> {
    let forbidden = [
        (".unwrap()", "give a diagnostic or an issue instead of a panic"),
        (".expect(\"", "give a diagnostic or an issue instead of a panic"),
        ("unreachable!(", "give a diagnostic or an issue instead of a panic"),
        ("panic!(", "give a diagnostic or an issue instead of a panic"),
        ("inner_html", "no HTML reaches the DOM as HTML"),
        ("outer_html", "no HTML reaches the DOM as HTML"),
        ("insert_adjacent_html", "no HTML reaches the DOM as HTML"),
        ("template!", "leptos renders it through innerHTML"),
        ("js_sys::eval", "no eval"),
        ("set_timeout_with_str", "no eval"),
    ];
    let native = path.starts_with("src/cli/") || path.starts_with("src/server/");
    let mut faults = Vec::new();
    for (number, line) in code.lines().enumerate() {
        if !native && line.contains(":?}") {
            faults.push(format!("{path}:{}: `:?}}` prints nothing in the browser", number + 1));
        }
        for (word, instead) in forbidden {
            if line.contains(word) {
                faults.push(format!("{path}:{}: `{word}`: {instead}", number + 1));
            }
        }
    }
    faults
}

pub fn length_faults(path: &str, text: &str) -> Vec<String> {
    let limit = match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        _ if path == "ARCHITECTURE.md" => LONGEST_ARCHITECTURE,
        Some("rs" | "js" | "ts" | "css") => LONGEST_FILE,
        _ => return Vec::new(),
    };
    let lines = text.lines().count();
    if lines <= limit {
        Vec::new()
    } else {
        vec![format!("{path}: {lines} lines, at most {limit}: is it one job?")]
    }
}

pub fn left_overs(path: &str, text: &str) -> Vec<String> {
    let words = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("db", "g!("),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("#[ig", "nore"),
    ];
    let code =
        [".rs", ".js", ".ts", ".css", ".html", ".toml"].iter().any(|ending| path.ends_with(ending));
    words
        .iter()
        .filter(|word| code && text.contains(**word))
        .map(|word| format!("{path}: `{word}` is left over"))
        .collect()
}

/// Facts about one machine or one network that a reader of the repository should never meet.
pub fn origins(path: &str, text: &str) -> Vec<String> {
    let words = [
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/wo", "rk/"),
        concat!("\"resol", "ved\": \"http"),
        concat!("registry.", "npmjs"),
        concat!("static.cra", "tes.io"),
        concat!("index.cra", "tes.io"),
        concat!("deb.deb", "ian.org"),
        concat!("files.python", "hosted"),
    ];
    words
        .iter()
        .filter(|word| text.contains(**word))
        .map(|word| format!("{path}: names `{word}`"))
        .collect()
}

/// The names of tests in the last column of tables.
pub fn promises(text: &str) -> Vec<&str> {
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.ends_with("` |"));
    let cells = rows.filter_map(|row| row.trim_end_matches(" |").rsplit(" | ").next());
    cells.flat_map(|cell| cell.split('`').filter(|name| !name.trim().is_empty())).collect()
}

/// Compares the rows `"type-name" folder Type "…"` with the folders that are there.
pub fn table_faults(table: &str, folders: &BTreeSet<String>) -> Vec<String> {
    let rows: BTreeSet<String> = table
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with('"'))
        .filter_map(|line| Some(line.split_whitespace().nth(1)?.to_owned()))
        .collect();
    let unlisted = folders
        .difference(&rows)
        .map(|name| format!("src/questions/{name} has no row in the table"));
    let homeless = rows
        .difference(folders)
        .map(|name| format!("the row `{name}` has no folder in src/questions"));
    unlisted.chain(homeless).collect()
}
