//! Python packages in `target/tools/python`: what statistics and exports are judged by in tests, and DuckDB,
//! which the bench of reports runs beside. Nothing of it is shipped.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{answer, find, run, step};
use crate::project::Project;

/// A package in the version that is known to work.
type Package = (&'static str, &'static str);

pub const DUCKDB: &[Package] = &[("duckdb", "2.0.0")];

/// What `tests/stats` compares with, and what reads SPSS files.
pub const JUDGES: &[Package] = &[
    ("numpy", "2.4.6"),
    ("scipy", "1.17.1"),
    ("pandas", "3.1.1"),
    ("pingouin", "0.7.0"),
    ("krippendorff", "0.9.0"),
    ("scikit-learn", "1.9.1"),
    ("statsmodels", "0.15.0"),
    ("pyreadstat", "1.3.7"),
];

/// An interpreter that has the packages. Where it cannot be had, what needs it is skipped, and says so.
pub fn prepare(project: &Project, wanted: &[Package]) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ASKWELL_PYTHON") {
        return Some(PathBuf::from(named));
    }
    let names: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    match installed(project, wanted) {
        Ok(python) => {
            step(&format!("Python with {} ({})", names.join(", "), python.display()));
            Some(python)
        }
        Err(error) => {
            step(&format!(
                "no Python with {}: what needs it will be SKIPPED ({error:#}). Next step: install Python 3.11 \
                 or newer with venv and pip (Debian: apt-get install python3-venv), or name an interpreter that \
                 has them in ASKWELL_PYTHON",
                names.join(", ")
            ));
            None
        }
    }
}

fn installed(project: &Project, wanted: &[Package]) -> Result<PathBuf> {
    let folder = project.tools().join("python");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if answer(Command::new(&python).arg("--version")).is_none() {
        let Some(system) = find("python3") else { bail!("there is no python3") };
        run(Command::new(system).args(["-m", "venv"]).arg(&folder))
            .context("making a place for packages")?;
    }
    let listed =
        answer(Command::new(&python).args(["-m", "pip", "freeze", "--disable-pip-version-check"]));
    let listed = listed.unwrap_or_default();
    let missing: Vec<String> = wanted
        .iter()
        .map(|(name, version)| format!("{name}=={version}"))
        .filter(|wanted| !listed.lines().any(|line| line.trim().eq_ignore_ascii_case(wanted)))
        .collect();
    if !missing.is_empty() {
        step(&format!("Installing {} with pip", missing.join(", ")));
        let mut pip = Command::new(&python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--retries",
            "1",
        ]);
        run(pip.args(&missing)).context("installing packages")?;
    }
    Ok(python)
}
