//! The compiler's target for browsers: present, added through rustup, or built from Debian's sources.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::debian;
use crate::command::{answer, find, run, step};
use crate::project::Project;

pub const TRIPLE: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCES: &str = "/usr/lib/rustlib/src";

const NEXT_STEP: &str = "\
the compiler here cannot build for browsers: its target wasm32-unknown-unknown is missing.
Next step, one of:
  - with rustup: rustup target add wasm32-unknown-unknown
  - with your distribution's Rust: its package of that target (Fedora: rust-std-static-wasm32-unknown-unknown,
    Arch: rust-wasm, Debian: rustc-web cargo-web rust-web-src, which this command can use)
then run the same command again.";

/// How code for browsers is compiled.
#[derive(Clone, Debug, PartialEq)]
pub enum WasmTarget {
    /// The compiler in use has the target.
    Installed,
    /// Debian's compiler builds the standard library from its sources each time the target folder is new.
    DebianSources { linker: PathBuf },
}

impl WasmTarget {
    /// Makes a command that runs cargo compile this way. `path` holds the folders to search first.
    pub fn choose_for(&self, command: &mut Command, project: &Project, path: &mut Vec<PathBuf>) {
        let WasmTarget::DebianSources { linker } = self else { return };
        // Trunk takes the first cargo on PATH.
        path.insert(0, PathBuf::from("/usr/bin"));
        command
            .env("RUSTC", DEBIAN_RUSTC)
            .env("CARGO", DEBIAN_CARGO)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort,test")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
            .env("CARGO_TARGET_DIR", project.target.join("debian"));
    }
}

pub fn prepare(project: &Project) -> Result<WasmTarget> {
    if installed() {
        step(&format!("target {TRIPLE} (present in the compiler in use)"));
        return Ok(WasmTarget::Installed);
    }
    if rustup_manages_the_compiler() {
        step(&format!("target {TRIPLE} is missing: adding it through rustup"));
        let added = run(Command::new("rustup").args(["target", "add", TRIPLE]));
        if added.is_ok() && installed() {
            return Ok(WasmTarget::Installed);
        }
        step("rustup could not add it");
    }
    debian_sources(project)
}

fn installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TRIPLE]);
    answer(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir())
}

fn rustup_manages_the_compiler() -> bool {
    find("rustup").is_some()
        && answer(Command::new("rustup").args(["which", "rustc"]))
            .is_some_and(|path| Path::new(&path).is_file())
}

fn debian_sources(project: &Project) -> Result<WasmTarget> {
    if !debian_compiler() {
        if !debian::available() {
            bail!("{NEXT_STEP}");
        }
        step(
            "falling back to Debian's compiler, which builds the standard library from its sources",
        );
        if let Err(error) = debian::install(&DEBIAN_PACKAGES) {
            bail!("{error:#}\n{NEXT_STEP}");
        }
        if !debian_compiler() {
            bail!(
                "Debian's packages {} hold no usable compiler.\n{NEXT_STEP}",
                DEBIAN_PACKAGES.join(" ")
            );
        }
    }
    let linker = match linker() {
        Some(linker) => linker,
        None => {
            step("no linker for WebAssembly here: installing Debian's");
            debian::install(&["lld"])?;
            match linker() {
                Some(linker) => linker,
                None => bail!(
                    "Debian's package lld brought neither rust-lld nor wasm-ld; install one of them"
                ),
            }
        }
    };
    step(&format!(
        "FALLBACK TAKEN: {DEBIAN_RUSTC} builds the standard library for {TRIPLE} from {DEBIAN_SOURCES}, linked by {}, \
         in {}",
        linker.display(),
        project.target.join("debian").display()
    ));
    Ok(WasmTarget::DebianSources { linker })
}

/// Debian's compiler, with sources beside it and not older than this project asks for.
fn debian_compiler() -> bool {
    let version = answer(Command::new(DEBIAN_RUSTC).arg("--version"));
    let wanted = minor(env!("CARGO_PKG_RUST_VERSION"));
    Path::new(DEBIAN_CARGO).is_file()
        && Path::new(DEBIAN_SOURCES).is_dir()
        && version.as_deref().and_then(|text| text.split(' ').nth(1)).map(minor) >= Some(wanted)
}

/// The middle number of `1.94` or `1.94.0`.
fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|part| part.parse().ok()).unwrap_or(0)
}

fn linker() -> Option<PathBuf> {
    let mut roots = vec![PathBuf::from("/usr")];
    roots.extend(answer(Command::new("rustc").args(["--print", "sysroot"])).map(PathBuf::from));
    for root in roots {
        for host in std::fs::read_dir(root.join("lib/rustlib")).into_iter().flatten().flatten() {
            let linker = host.path().join("bin/rust-lld");
            if linker.is_file() {
                return Some(linker);
            }
        }
    }
    find("rust-lld").or_else(|| find("wasm-ld"))
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn reads_the_middle_number_of_a_version() {
        assert_eq!(minor("1.96.0"), 96);
        assert_eq!(minor("1.94"), 94);
        assert_eq!(minor("none"), 0);
    }
}
