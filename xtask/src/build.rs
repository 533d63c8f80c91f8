//! `cargo xtask build`: everything that a site serves, into `dist/`, and the `askwell` program.

mod bindings;
mod engines;
mod loader;
mod markup;
mod optimize;
mod pages;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{run, step};
use crate::project::{Project, files};
use crate::setup::{self, Library, Need, Tools};

#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    Release,
    Development,
}

pub fn run_chore(project: &Project, mode: Mode) -> Result<()> {
    let need = match mode {
        Mode::Release => Need::Site,
        Mode::Development => Need::Development,
    };
    let tools = setup::prepare(project, need)?;
    site(project, &tools, mode)?;
    let program = program(project, mode)?;
    println!("Built dist/ and {}", program.display());
    Ok(())
}

/// Builds the site alone.
pub fn site(project: &Project, tools: &Tools, mode: Mode) -> Result<()> {
    println!("Building the site");
    data(project)?;
    let library = if tools.small && mode == Mode::Release && built_small(project, tools) {
        Library::Small
    } else {
        compile(project, tools, mode, Library::Ordinary)?;
        Library::Ordinary
    };
    let dist = project.dist();
    engines::finish(project, tools, library, mode, &dist.join("wasm"))?;
    if mode == Mode::Release {
        loader::shrink(tools, &dist)?;
    }
    whole(project, &dist)?;
    pages::finish(&dist)
}

/// Two Trunks at work on one folder undo each other's copies in silence, so what should be there is looked for.
fn whole(project: &Project, dist: &Path) -> Result<()> {
    let missing: Vec<String> = files(&project.root.join("www"))?
        .into_iter()
        .filter(|name| !dist.join(name).is_file())
        .collect();
    if !missing.is_empty() {
        bail!(
            "dist/ lacks {}. Next step: end what else builds there, then run the same command again",
            missing.join(", ")
        );
    }
    Ok(())
}

/// Has the engine write what the pages fetch into `www/`, where `trunk serve` finds it too.
fn data(project: &Project) -> Result<()> {
    step("instruments, examples and the schema of definitions");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).args([
        "run",
        "--quiet",
        "--example",
        "site_data",
        "--",
        "www",
    ]);
    run(&mut cargo)
}

fn built_small(project: &Project, tools: &Tools) -> bool {
    match compile(project, tools, Mode::Release, Library::Small) {
        Ok(()) => true,
        Err(error) => {
            step(&format!("{error:#}"));
            step(
                "THE BUILD WITH A SMALL STANDARD LIBRARY FAILED: trying the ordinary one (about 15 % larger)",
            );
            false
        }
    }
}

/// Builds the command line with the receiver and returns where it lies.
pub fn program(project: &Project, mode: Mode) -> Result<PathBuf> {
    step("the askwell program");
    let (flags, folder): (&[&str], _) = match mode {
        Mode::Release => (&["--release"], "release"),
        Mode::Development => (&[], "debug"),
    };
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    cargo.args(["build", "--features", "cli", "--bin", "askwell"]).args(flags);
    run(&mut cargo)?;
    Ok(project.target.join(folder).join(format!("askwell{}", std::env::consts::EXE_SUFFIX)))
}

fn compile(project: &Project, tools: &Tools, mode: Mode, library: Library) -> Result<()> {
    step("pages, WebAssembly and its bindings, with Trunk");
    // Trunk passes its --offline on to cargo, so the crates come before.
    run(tools.command(project, "cargo", library).arg("fetch")).context(
        "fetching crates. Next step: see what cargo says above (no network?), then run the same command again",
    )?;
    let mut trunk = tools.command(project, &tools.trunk, library);
    trunk.args(["build", "--offline", "--skip-version-check", "--dist"]).arg(project.dist());
    if mode == Mode::Release {
        trunk.arg("--release");
    }
    // Trunk reads NO_COLOR as a boolean and refuses the usual `NO_COLOR=1`.
    trunk.env_remove("NO_COLOR");
    run(&mut trunk)
}
