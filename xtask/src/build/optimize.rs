//! The optimizer for WebAssembly, run here because Trunk would download one.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{run, step};
use crate::setup::Tools;

/// What rustc emits for browsers. Named one by one: all features together yield encodings that browsers refuse.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub fn run_on(tools: &Tools, module: &Path) -> Result<()> {
    let Some(packages) = &tools.packages else {
        return Ok(());
    };
    step("smaller WebAssembly, with wasm-opt");
    let before = size(module)?;
    let smaller = module.with_extension("smaller.wasm");
    // Inlining makes the file smaller and what browsers fetch larger: repeated code compresses well.
    let flags = [
        "-Oz",
        "--skip-pass=inlining",
        "--skip-pass=inlining-optimizing",
        "--strip-debug",
        "--strip-producers",
    ];
    run(packages.wasm_opt().args(flags).args(FEATURES).arg(module).arg("-o").arg(&smaller))?;
    std::fs::rename(&smaller, module).context("replacing the WebAssembly by the smaller one")?;
    step(&format!("{} kB before, {} kB after", before / 1000, size(module)? / 1000));
    Ok(())
}

fn size(file: &Path) -> Result<u64> {
    let details =
        std::fs::metadata(file).with_context(|| format!("no {} was built", file.display()))?;
    Ok(details.len())
}
