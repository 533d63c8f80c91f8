//! The optimizer for WebAssembly, run here because Trunk would download one.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

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
        return without_names(module);
    };
    step("smaller WebAssembly, with wasm-opt");
    let before = size(module)?;
    let smaller = module.with_extension("smaller.wasm");
    // Repeated code compresses well: inlining, and the last passes of `-Oz`, make the file smaller
    // and what browsers fetch larger. Functions of like names are alike, so they stand together.
    let flags = [
        "-O2",
        "--shrink-level=1",
        "--skip-pass=inlining",
        "--skip-pass=inlining-optimizing",
        "--reorder-functions-by-name",
        "--strip-debug",
        "--strip-producers",
    ];
    run(packages.wasm_opt().args(flags).args(FEATURES).arg(module).arg("-o").arg(&smaller))?;
    std::fs::rename(&smaller, module).context("replacing the WebAssembly by the smaller one")?;
    step(&format!("{} kB before, {} kB after", before / 1000, size(module)? / 1000));
    Ok(())
}

fn without_names(module: &Path) -> Result<()> {
    let unread = |error| anyhow!("the WebAssembly cannot be read: {error:#}");
    let mut config = walrus::ModuleConfig::new();
    let mut nameless = config.generate_name_section(false).parse_file(module).map_err(unread)?;
    std::fs::write(module, nameless.emit_wasm()).context("writing the WebAssembly")
}

fn size(file: &Path) -> Result<u64> {
    let details =
        std::fs::metadata(file).with_context(|| format!("no {} was built", file.display()))?;
    Ok(details.len())
}
