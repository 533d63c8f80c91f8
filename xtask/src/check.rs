//! `cargo xtask check`: formatting, lints and docs without warnings, and a reason for each dependency.

mod dependencies;

use std::process::Command;

use anyhow::{Result, bail};

use crate::command::{run, step};
use crate::project::Project;
use crate::setup::{self, Library, Need, Tools, WasmTarget};

pub fn run_chore(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Development)?;
    println!("Checking");
    let mut failures = Vec::new();
    for (name, mut command) in commands(project, &tools) {
        step(name);
        if let Err(error) = run(&mut command) {
            step(&format!("{error:#}"));
            failures.push(name);
        }
    }
    step("reasons for dependencies");
    if let Err(error) = dependencies::check(project) {
        step(&format!("{error:#}"));
        failures.push("reasons for dependencies");
    }
    if !failures.is_empty() {
        bail!("to mend: {}", failures.join(", "));
    }
    println!("Nothing to mend.");
    Ok(())
}

fn commands(project: &Project, tools: &Tools) -> Vec<(&'static str, Command)> {
    let native = |arguments: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&project.root).args(arguments);
        cargo
    };
    let browser = |arguments: &[&str]| {
        let mut cargo = tools.command(project, "cargo", Library::Ordinary);
        cargo.args(arguments).args(["--target", setup::TRIPLE]);
        cargo
    };
    // Debian's compiler comes without clippy: there rustc's own warnings have to do.
    let lints_for_browsers = match tools.wasm_target {
        WasmTarget::Installed => "clippy",
        WasmTarget::DebianSources { .. } => "check",
    };
    let mut element = vec![lints_for_browsers, "--features", "element", "--lib"];
    if crate::test::has_widget_tests(project) {
        element.extend(["--test", "widget*"]);
    }
    vec![
        ("formatting", native(&["fmt", "--all", "--check"])),
        (
            "lints of the engine and the chores",
            lints(native(&["clippy", "--workspace", "--all-targets", "--no-default-features"])),
        ),
        (
            "lints of the command line",
            lints(native(&["clippy", "--all-targets", "--features", "cli"])),
        ),
        (
            "lints of the components",
            lints(browser(&[lints_for_browsers, "--features", "ui", "--lib"])),
        ),
        ("lints of the element", lints(browser(&element))),
        ("lints of the smaller engine", {
            let mut lean = browser(&[lints_for_browsers, "--features", "element", "--lib"]);
            lean.args(["--target-dir".as_ref(), project.target.join("lean").as_os_str()]);
            lean.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "--cfg lean");
            lints(lean)
        }),
        (
            "docs of the engine and the command line",
            docs(native(&["doc", "--workspace", "--no-deps", "--features", "cli"])),
        ),
        (
            "docs of the element",
            docs(browser(&["doc", "--no-deps", "--lib", "--features", "element"])),
        ),
    ]
}

/// Makes warnings errors. clippy takes its flags at the end, so that dependencies are not compiled anew for them.
fn lints(mut command: Command) -> Command {
    match command.get_args().next().and_then(|word| word.to_str()) {
        Some("clippy") => command.args(["--", "-D", "warnings"]),
        _ => command.env("RUSTFLAGS", "-D warnings"),
    };
    command
}

fn docs(mut command: Command) -> Command {
    command.env("RUSTDOCFLAGS", "-D warnings");
    command
}
