//! Packages from npm, in `target/tools/`: the optimizer `wasm-opt`, and what tests compare with or check by.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{chose, debian};
use crate::command::{answer, find, run, step};
use crate::project::Project;

/// An npm package in the version that is known to work.
type Package = (&'static str, &'static str);

pub const BINARYEN: Package = ("binaryen", "132.0.0");
/// Makes scripts small.
pub const ESBUILD: Package = ("esbuild", "0.28.2");
pub const AXE_CORE: Package = ("axe-core", "4.14.1");
/// What our expressions are judged by in tests; nothing of it is shipped.
pub const SURVEY_CORE: Package = ("survey-core", "3.1.1");
/// What checks the types that host pages get.
pub const TYPESCRIPT: Package = ("typescript", "5.9.3");

/// What checks statements for learning records.
pub const XAPI_VALIDATION: Package = ("xapi-validation", "2.1.4");
/// A learning system in a box.
pub const SCORM_AGAIN: Package = ("scorm-again", "3.4.3");
/// What opens the files that kiosks seal for their collector, in tests.
pub const JOSE: Package = ("jose", "6.2.17");

const NEXT_STEP: &str = "\
npm is needed once, to fetch the optimizer wasm-opt and what the tests need.
Next step: install Node.js 20 or newer with npm (Debian: apt-get install nodejs npm), then run the same command again.
Without it, `cargo xtask build --dev` builds a site that is larger and slower.";

/// Where the packages lie.
pub struct Packages {
    folder: PathBuf,
}

impl Packages {
    /// A command that runs the optimizer.
    pub fn wasm_opt(&self) -> Command {
        let mut command = Command::new("node");
        command.arg(self.folder.join("node_modules/binaryen/bin/wasm-opt"));
        command
    }

    /// A command that runs the bundler.
    pub fn esbuild(&self) -> Command {
        let mut command = Command::new("node");
        command.arg(self.folder.join("node_modules/esbuild/bin/esbuild"));
        command
    }

    /// The folder where `npm install` ran.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The accessibility checker, one script to run in a page.
    pub fn axe(&self) -> PathBuf {
        self.folder.join("node_modules/axe-core/axe.min.js")
    }
}

pub fn prepare(project: &Project, wanted: &[Package]) -> Result<Packages> {
    let packages = Packages { folder: project.tools() };
    let (here, missing): (Vec<Package>, Vec<Package>) =
        wanted.iter().partition(|(name, version)| present(&packages, name, version));
    for (name, version) in here {
        chose(name, version, "present in target/tools");
    }
    if missing.is_empty() {
        if find("node").is_none() {
            bail!("{NEXT_STEP}");
        }
        return Ok(packages);
    }

    if find("npm").is_none() || find("node").is_none() {
        if !debian::available() {
            bail!("{NEXT_STEP}");
        }
        step("npm is missing: installing Debian's");
        debian::install(&["nodejs", "npm"]).context(NEXT_STEP)?;
    }
    for (name, version) in &missing {
        step(&format!("{name} {version} is missing: fetching it with npm into target/tools"));
    }
    install(packages.folder(), &missing)?;
    if answer(packages.wasm_opt().arg("--version")).is_none() {
        let node = answer(Command::new("node").arg("--version")).unwrap_or_default();
        bail!(
            "wasm-opt does not start with this Node.js {node}. Next step: install Node.js 20 or newer"
        );
    }
    Ok(packages)
}

fn install(folder: &Path, packages: &[Package]) -> Result<()> {
    std::fs::create_dir_all(folder).context("creating target/tools")?;
    let manifest = folder.join("package.json");
    if !manifest.is_file() {
        std::fs::write(manifest, "{\"private\":true}")
            .context("writing target/tools/package.json")?;
    }
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(folder).args([
        "install",
        "--save-exact",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]);
    npm.args(["--no-package-lock", "--omit-lockfile-registry-resolved"]);
    npm.args(packages.iter().map(|(name, version)| format!("{name}@{version}")));
    run(&mut npm).context(
        "fetching npm packages. Next step: see what npm says above (no network?), then run the same command again",
    )
}

fn present(packages: &Packages, name: &str, version: &str) -> bool {
    let manifest = packages.folder.join("node_modules").join(name).join("package.json");
    std::fs::read_to_string(manifest).is_ok_and(|text| names(&text, version))
}

/// Whether a manifest is of this version; some are written without spaces.
fn names(manifest: &str, version: &str) -> bool {
    let packed: String = manifest.split_whitespace().collect();
    packed.contains(&format!("\"version\":\"{version}\""))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_package_is_known_however_its_manifest_is_written() {
        assert!(names("{\n  \"version\": \"2.1.4\"\n}", "2.1.4"));
        assert!(names(r#"{"name":"x","version":"2.1.4"}"#, "2.1.4"));
        assert!(!names(r#"{"version":"2.1.40"}"#, "2.1.4"));
    }
}
