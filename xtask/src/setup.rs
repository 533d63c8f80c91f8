//! `cargo xtask setup`: finds every tool that building and testing need and installs what is missing.
//!
//! Each step says what it chose. Programs go into the user's own cargo folder, once for all
//! checkouts; npm packages under `target/tools/`; the browser comes from the system. Nothing is
//! fetched from anywhere but the package registries.

mod browser;
mod debian;
mod npm;
mod postgres;
mod programs;
mod python;
mod small_std;
mod wasm_target;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{path_with, step};
use crate::project::Project;

pub use browser::Browser;
pub use npm::Packages;
pub use wasm_target::{TRIPLE, WasmTarget};

/// How much is wanted.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Need {
    /// A quick build: no optimizer.
    Development,
    /// What `build` and `serve` use.
    Site,
    /// Browsers and an accessibility checker besides.
    Tests,
}

/// The tools, each where it was found.
pub struct Tools {
    pub wasm_target: WasmTarget,
    pub wasm_bindgen: PathBuf,
    pub trunk: PathBuf,
    /// True where the standard library can be rebuilt to be small.
    pub small: bool,
    pub packages: Option<Packages>,
    pub browser: Option<Browser>,
    /// The folder of PostgreSQL's programs.
    pub postgres: Option<PathBuf>,
    /// An interpreter with the packages that judge statistics and exports.
    pub python: Option<PathBuf>,
}

/// How WebAssembly is compiled.
#[derive(Clone, Copy, PartialEq)]
pub enum Library {
    /// With the standard library as it comes.
    Ordinary,
    /// With one rebuilt to be small.
    Small,
}

impl Tools {
    /// A command that builds for the browser: cargo itself or one that calls cargo, as Trunk does.
    pub fn command(
        &self,
        project: &Project,
        program: impl Into<PathBuf>,
        library: Library,
    ) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&project.root);
        let mut path: Vec<PathBuf> = [&self.wasm_bindgen, &self.trunk]
            .iter()
            .filter_map(|tool| Some(tool.parent()?.to_path_buf()))
            .collect();
        path.dedup();
        self.wasm_target.choose_for(&mut command, project, &mut path);
        if library == Library::Small {
            small_std::choose_for(&mut command, project);
        }
        command.env("PATH", path_with(path));
        command
    }
}

pub fn run(project: &Project, need: Need) -> Result<()> {
    prepare(project, need)?;
    println!("Everything is in place.");
    Ok(())
}

/// Finds or installs what `need` asks for.
pub fn prepare(project: &Project, need: Need) -> Result<Tools> {
    println!("Setting up");
    let wasm_target = wasm_target::prepare(project)?;
    let wasm_bindgen = programs::wasm_bindgen(&project.locked_version("wasm-bindgen")?)?;
    let trunk = programs::trunk()?;
    let small = match (&wasm_target, need) {
        (_, Need::Development) => false,
        (WasmTarget::Installed, _) => small_std::prepare(),
        (WasmTarget::DebianSources { .. }, _) => true,
    };
    let packages = match need {
        Need::Development => None,
        Need::Site => Some(npm::prepare(project, &[npm::BINARYEN, npm::ESBUILD])?),
        Need::Tests => Some(npm::prepare(
            project,
            &[
                npm::BINARYEN,
                npm::ESBUILD,
                npm::AXE_CORE,
                npm::SURVEY_CORE,
                npm::TYPESCRIPT,
                npm::JOSE,
                npm::XAPI_VALIDATION,
                npm::SCORM_AGAIN,
            ],
        )?),
    };
    let browser = match need {
        Need::Development | Need::Site => None,
        Need::Tests => Some(browser::prepare(project)?),
    };
    let postgres = if need == Need::Tests { postgres::prepare() } else { None };
    let python = match need {
        Need::Tests => python::prepare(project, python::JUDGES),
        Need::Development | Need::Site => None,
    };
    Ok(Tools { wasm_target, wasm_bindgen, trunk, small, packages, browser, postgres, python })
}

/// Finds or installs survey-core, which the engine is compared with.
pub fn survey_core(project: &Project) -> Result<Packages> {
    npm::prepare(project, &[npm::SURVEY_CORE])
}

/// Finds or installs DuckDB for Python, which reports are compared with.
pub fn duckdb(project: &Project) -> Option<PathBuf> {
    python::prepare(project, python::DUCKDB)
}

/// Finds or installs the fuzzer's command.
pub fn cargo_fuzz() -> Result<PathBuf> {
    programs::cargo_fuzz()
}

/// Says which tool is used and from where.
fn chose(what: &str, version: &str, place: &str) {
    step(&format!("{what} {version} ({place})"));
}
