//! The loader and its modules, without comments and with short names: host pages pay for them.

use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{run, step};
use crate::project::files;
use crate::setup::Tools;

/// Shrinks every `askwell*.js` that a site serves. They stay files of their own: the loader fetches the others when it needs them.
pub fn shrink(tools: &Tools, dist: &Path) -> Result<()> {
    let Some(packages) = &tools.packages else {
        return Ok(());
    };
    step("a smaller loader, with esbuild");
    for name in files(dist)?.iter().filter(|name| is_loader(name)) {
        let script = dist.join(name);
        let smaller = script.with_extension("smaller.js");
        let mut esbuild = packages.esbuild();
        esbuild.args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"]);
        run(esbuild.arg(&script).arg(format!("--outfile={}", smaller.display())))?;
        std::fs::rename(&smaller, &script).with_context(|| format!("replacing dist/{name}"))?;
    }
    Ok(())
}

fn is_loader(name: &str) -> bool {
    name.starts_with("askwell") && name.ends_with(".js") && !name.contains('/')
}

#[cfg(test)]
mod tests {
    use super::is_loader;

    #[test]
    fn the_engine_and_the_pages_are_left_alone() {
        assert!(is_loader("askwell.js") && is_loader("askwell-modes.js"));
        assert!(
            !is_loader("wasm/askwell.js") && !is_loader("site.js") && !is_loader("askwell.d.ts")
        );
    }
}
