//! The engine as browsers fetch it: a whole one, and a smaller one for surveys that need no more.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Mode, bindings, optimize};
use crate::command::{run, step};
use crate::project::Project;
use crate::setup::{Library, TRIPLE, Tools};

/// Builds what Trunk leaves out: for release the smaller engine beside the whole one that Trunk left in
/// `folder`, both optimized, and in both modes the engine of reports.
///
/// The loader `www/askwell.js` looks into a survey and fetches one or the other.
pub fn finish(
    project: &Project,
    tools: &Tools,
    library: Library,
    mode: Mode,
    folder: &Path,
) -> Result<()> {
    if mode == Mode::Release {
        both(project, tools, library, folder)?;
    }
    reports(project, tools, library, mode, &folder.join("report"))
}

fn both(project: &Project, tools: &Tools, library: Library, folder: &Path) -> Result<()> {
    let apart = folder.with_extension("whole");
    std::fs::rename(folder, &apart).context("setting the whole engine apart")?;
    std::fs::create_dir(folder).context("creating dist/wasm")?;
    let whole = folder.join("whole");
    std::fs::rename(&apart, &whole).context("putting the whole engine in its place")?;
    common(project, tools, library, folder)?;
    for folder in [folder, &whole] {
        bindings::shrink(tools, folder)?;
        optimize::run_on(tools, &folder.join("askwell_bg.wasm"))?;
    }
    Ok(())
}

/// What the page of reports is made of: a WebAssembly of its own, which surveys never fetch.
fn reports(
    project: &Project,
    tools: &Tools,
    library: Library,
    mode: Mode,
    folder: &Path,
) -> Result<()> {
    step("reports in a page");
    let (profile, built) = match mode {
        Mode::Release => ("web", "web"),
        Mode::Development => ("dev", "debug"),
    };
    let mut cargo = tools.command(project, "cargo", library);
    cargo.args(["rustc", "--lib", "--profile", profile, "--target", TRIPLE]);
    run(cargo.args(["--features", "report-page"]))?;
    bind(project, tools, library, &cargo, built, folder)?;
    match mode {
        Mode::Release => optimize::run_on(tools, &folder.join("askwell_bg.wasm")),
        Mode::Development => Ok(()),
    }
}

fn common(project: &Project, tools: &Tools, library: Library, folder: &Path) -> Result<()> {
    step("the engine without what a first survey rarely has");
    let mut cargo = tools.command(project, "cargo", library);
    cargo.args(["rustc", "--lib", "--profile", "web", "--target", TRIPLE]);
    run(cargo.args(["--features", "element", "--", "--cfg", "lean"]))?;
    bind(project, tools, library, &cargo, "web", folder)
}

/// Writes the bindings of what `cargo` has built, in its folder for a profile.
fn bind(
    project: &Project,
    tools: &Tools,
    library: Library,
    cargo: &Command,
    profile: &str,
    folder: &Path,
) -> Result<()> {
    let target = cargo.get_envs().find(|(name, _)| *name == "CARGO_TARGET_DIR");
    let target =
        target.and_then(|(_, folder)| folder).map_or(project.target.clone(), PathBuf::from);
    let built = target.join(TRIPLE).join(profile).join("askwell.wasm");
    let mut bind = tools.command(project, &tools.wasm_bindgen, library);
    bind.args(["--target", "web", "--no-typescript", "--out-name", "askwell", "--out-dir"]);
    run(bind.arg(folder).arg(built))
}
