//! The scripts that pages load, made small.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{run, step};
use crate::setup::Tools;

/// Shrinks every script that lies directly in `dist/`; what they import keeps its name.
pub fn shrink(tools: &Tools, dist: &Path) -> Result<()> {
    let Some(packages) = &tools.packages else {
        return Ok(());
    };
    step("smaller scripts, with esbuild");
    for entry in std::fs::read_dir(dist).context("reading dist/")? {
        let path = entry.context("reading dist/")?.path();
        if path.extension().is_some_and(|extension| extension == "js") {
            let mut esbuild = packages.esbuild();
            esbuild.args(["--minify", "--log-level=warning", "--allow-overwrite"]);
            esbuild.arg(&path).arg(format!("--outfile={}", path.display()));
            run(&mut esbuild)?;
        }
    }
    Ok(())
}
