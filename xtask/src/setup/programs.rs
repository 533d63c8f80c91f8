//! Programs from crates.io, installed into the user's own cargo folder: Trunk, wasm-bindgen, cargo-fuzz.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::chose;
use crate::command::{answer, candidates, run, step};

/// Later ones need a newer compiler than this project asks for.
const TRUNK: &str = "0.21.14";
const CARGO_FUZZ: &str = "0.13.2";

/// The bindings generator must have exactly the version of the library that it generates for.
pub fn wasm_bindgen(version: &str) -> Result<PathBuf> {
    // Without --locked: the lock file that it ships may name a crate version that is gone.
    program("wasm-bindgen", "wasm-bindgen-cli", version, &[], "Cargo.lock asks for it")
}

pub fn trunk() -> Result<PathBuf> {
    program("trunk", "trunk", TRUNK, &["--locked"], "takes about six minutes on two cores, once")
}

pub fn cargo_fuzz() -> Result<PathBuf> {
    program("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, &["--locked"], "takes about a minute, once")
}

fn program(
    name: &str,
    package: &str,
    version: &str,
    flags: &[&str],
    note: &str,
) -> Result<PathBuf> {
    if let Some(program) = installed(name, version) {
        chose(name, version, &format!("present: {}", program.display()));
        return Ok(program);
    }
    step(&format!("{name} {version} is missing: installing it into your cargo folder ({note})"));
    for other in candidates(name) {
        let found = version_of(&other).unwrap_or_else(|| "unknown".to_owned());
        step(&format!(
            "{} has version {found}; cargo replaces it where it installed it itself",
            other.display()
        ));
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["install", package, "--version", &format!("={version}")]).args(flags);
    // Its build belongs into cargo's temporary folder, not among this checkout's files.
    cargo.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET");
    run(&mut cargo).with_context(|| {
        format!(
            "installing {package} {version}. Next step: see what cargo says above (no network? no C compiler?), \
             then run the same command again"
        )
    })?;
    match installed(name, version) {
        Some(program) => Ok(program),
        None => bail!(
            "cargo installed {package} {version}, but {name} of that version is neither on PATH nor in cargo's folder \
             of programs. Next step: add the folder that cargo names above to PATH"
        ),
    }
}

fn installed(name: &str, version: &str) -> Option<PathBuf> {
    candidates(name).into_iter().find(|program| version_of(program).as_deref() == Some(version))
}

fn version_of(program: &PathBuf) -> Option<String> {
    Some(answer(Command::new(program).arg("--version"))?.split_whitespace().nth(1)?.to_owned())
}
