//! PostgreSQL, which the receiver is tested with beside SQLite.

use std::path::{Path, PathBuf};

use super::debian;
use crate::command::step;

/// The folder of its programs. Where it is missing and cannot be installed, its tests are skipped,
/// and say so.
pub fn prepare() -> Option<PathBuf> {
    if programs().is_none() && debian::available() {
        step("PostgreSQL is missing: installing Debian's");
        if let Err(error) = debian::install(&["postgresql"]) {
            step(&format!("PostgreSQL could not be installed: {error:#}"));
        }
    }
    let found = programs();
    match &found {
        Some(folder) => step(&format!("PostgreSQL ({})", folder.display())),
        None => step(
            "no PostgreSQL: its tests will be SKIPPED. Next step: install it (Debian: apt-get install \
             postgresql), or name the folder of initdb and postgres in ASKWELL_POSTGRES",
        ),
    }
    found
}

fn programs() -> Option<PathBuf> {
    let complete = |folder: &Path| folder.join("initdb").is_file() && folder.join("psql").is_file();
    if let Some(named) = std::env::var_os("ASKWELL_POSTGRES").map(PathBuf::from) {
        return complete(&named).then_some(named);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.map(|version| version.path().join("bin")).find(|folder| complete(folder))
}
