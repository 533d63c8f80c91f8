//! `cargo xtask setup`: finds every tool that building and testing need and installs what is missing.
//!
//! Each step says what it chose. Programs go into the user's own cargo folder, once for all
//! checkouts; npm packages under `target/tools/`; the browser comes from the system. Nothing is
//! fetched from anywhere but the package registries.

mod browser;
mod debian;
mod npm;
mod programs;
mod wasm_target;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{path_with, step};
use crate::project::Project;

pub use browser::Browser;
pub use npm::Packages;
pub use wasm_target::WasmTarget;

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
    pub packages: Option<Packages>,
    pub browser: Option<Browser>,
}

impl Tools {
    /// A command that builds for the browser: cargo's own or one that calls cargo, as Trunk does.
    pub fn command(&self, project: &Project, program: impl Into<PathBuf>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&project.root);
        let mut folders: Vec<_> =
            [&self.wasm_bindgen, &self.trunk].iter().filter_map(|tool| tool.parent()).collect();
        folders.dedup();
        command.env("PATH", path_with(&folders));
        self.wasm_target.choose_for(&mut command, project);
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
    let packages = match need {
        Need::Development => None,
        Need::Site => Some(npm::prepare(project, &[npm::BINARYEN])?),
        Need::Tests => Some(npm::prepare(project, &[npm::BINARYEN, npm::AXE_CORE])?),
    };
    let browser = match need {
        Need::Development | Need::Site => None,
        Need::Tests => Some(browser::prepare(project)?),
    };
    Ok(Tools { wasm_target, wasm_bindgen, trunk, packages, browser })
}

/// Says which tool is used and from where.
fn chose(what: &str, version: &str, place: &str) {
    step(&format!("{what} {version} ({place})"));
}
