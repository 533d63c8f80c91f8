//! Reading the repository's files.

use std::path::{Path, PathBuf};
use std::process::Command;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn each_source(rule: fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files
        .iter()
        .map(|file| file.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"))
        .filter(|path| path != "src/lib.rs" && path.ends_with(".rs") && !path.ends_with("tests.rs"))
        .flat_map(|path| rule(&path, &code(&std::fs::read_to_string(root().join(&path)).unwrap())))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
    files.sort();
}

/// What git tracks; a crate unpacked from a registry has only its own files.
pub fn tracked_files() -> Vec<String> {
    let git = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    match git {
        Ok(output) if output.status.success() => {
            let names = String::from_utf8(output.stdout).unwrap();
            names.split_terminator('\0').map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// The file without its comments and without its tests, which close it; lines keep their numbers.
pub fn code(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = text.lines().peekable();
    while let Some(line) = rest.next() {
        let closes = line.trim() == "#[cfg(test)]"
            && rest.peek().is_some_and(|next| next.trim().starts_with("mod "));
        if closes && rest.peek().is_some_and(|next| next.trim().ends_with('{')) {
            break;
        }
        lines.push(if line.trim_start().starts_with("//") { "" } else { line });
    }
    lines.join("\n")
}
