//! A standard library made small: rebuilt from its sources without the code that words panics and
//! prints values for debugging, so `{:?}` prints nothing in the browser (a test keeps it out of the source).
//!
//! On a page of three question kinds this took the WebAssembly from 41.7 kB (brotli) to 34.7 kB.
//! It needs the compiler's source component and flags that are not stable yet, so a build goes on
//! without it where either fails.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{answer, find, run, step};
use crate::project::Project;

/// Says whether the sources are there, after adding them through rustup where it is in use.
pub fn prepare() -> bool {
    if sources() {
        step("sources of the standard library, to make it small (present)");
        return true;
    }
    if find("rustup").is_some() {
        step(
            "sources of the standard library, to make it small, are missing: adding them through rustup",
        );
        if run(Command::new("rustup").args(["component", "add", "rust-src"])).is_ok() && sources() {
            return true;
        }
    }
    step(
        "NO SOURCES OF THE STANDARD LIBRARY: the WebAssembly will be about 15 % larger (rustup component add rust-src)",
    );
    false
}

/// Makes a command that runs cargo rebuild the standard library, in a target folder of its own.
pub fn choose_for(command: &mut Command, project: &Project) {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
        )
        .env("CARGO_TARGET_DIR", project.target.join("small"));
}

fn sources() -> bool {
    answer(Command::new("rustc").args(["--print", "sysroot"])).is_some_and(|root| {
        let library: PathBuf = Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock");
        library.is_file()
    })
}
