//! `cargo xtask test`: every test there is, with the sum of all runs as the last line.

mod tally;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::build::{self, Mode};
use crate::command::step;
use crate::project::Project;
use crate::setup::{self, Library, Need, Packages, Tools};
use tally::Tally;

/// What one run of `cargo test` came to.
struct Outcome {
    name: &'static str,
    tally: Tally,
    seconds: u64,
}

pub fn run(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Tests)?;
    let mut outcomes = vec![outcome("engine", engine(project, &tools)?)?];
    build::site(project, &tools, Mode::Release)?;
    outcomes.push(outcome("receiver, command line and pages", pages(project, &tools)?)?);
    if has_widget_tests(project) {
        outcomes.push(outcome("widget in Chromium", widget(project, &tools)?)?);
    }

    println!("\nTests");
    let mut sum = Tally::default();
    for Outcome { name, tally, seconds } in &outcomes {
        println!(
            "  {name}: {} passed, {} failed, {} ignored, {seconds} s",
            tally.passed, tally.failed, tally.ignored
        );
        sum.add(tally);
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    // The last line is the sum, so the failure has no words of its own.
    if sum.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

/// Everything that needs no browser, and the chores' own tests.
fn engine(project: &Project, tools: &Tools) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    cargo.args(["test", "--workspace", "--no-default-features", "--no-fail-fast"]);
    cargo.env("ASKWELL_JUDGE", packages(tools)?.folder());
    cargo.env("ASKWELL_TYPESCRIPT", packages(tools)?.folder());
    cargo.env("ASKWELL_LEARNING", packages(tools)?.folder());
    judges(&mut cargo, tools);
    Ok(cargo)
}

/// The command line and the receiver, and both with the built pages in a real browser.
fn pages(project: &Project, tools: &Tools) -> Result<Command> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).args(["test", "--features", "cli", "--no-fail-fast"]);
    in_browser(&mut cargo, tools)?;
    cargo.env("ASKWELL_SITE", project.dist());
    if let Some(folder) = &tools.postgres {
        cargo.env("ASKWELL_POSTGRES", folder);
    }
    judges(&mut cargo, tools);
    Ok(cargo)
}

/// Components inside a page, without a receiver.
fn widget(project: &Project, tools: &Tools) -> Result<Command> {
    let mut cargo = tools.command(project, "cargo", Library::Ordinary);
    cargo.args([
        "test",
        "--target",
        setup::TRIPLE,
        "--features",
        "element",
        "--no-fail-fast",
        "--test",
        "widget*",
    ]);
    in_browser(&mut cargo, tools)?;
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    // The runner's own limits, 20 and 5 seconds, are too short for a busy machine.
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "300").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    Ok(cargo)
}

fn packages(tools: &Tools) -> Result<&Packages> {
    tools.packages.as_ref().context("the tests need the npm packages")
}

/// The interpreter with the packages that judge; without it those tests say that they are skipped.
fn judges(cargo: &mut Command, tools: &Tools) {
    if let Some(python) = &tools.python {
        cargo.env("ASKWELL_PYTHON", python);
    }
}

/// Cargo refuses a pattern that names no test.
pub fn has_widget_tests(project: &Project) -> bool {
    std::fs::read_dir(project.root.join("tests"))
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("widget"))
}

pub fn in_browser(command: &mut Command, tools: &Tools) -> Result<()> {
    let browser = tools.browser.as_ref().context("the tests need a browser")?;
    command
        .env("ASKWELL_JUDGE", packages(tools)?.folder())
        .env("ASKWELL_TYPESCRIPT", packages(tools)?.folder())
        .env("ASKWELL_LEARNING", packages(tools)?.folder())
        .env("ASKWELL_JOSE", packages(tools)?.folder())
        .env("CHROMEDRIVER", &browser.driver)
        .env("CHROMIUM", &browser.chromium)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &browser.capabilities)
        .env("ASKWELL_CAPABILITIES", &browser.capabilities)
        .env("ASKWELL_AXE", packages(tools)?.axe());
    Ok(())
}

/// Runs tests, passing on what they print while counting.
fn outcome(name: &'static str, mut command: Command) -> Result<Outcome> {
    println!("\nTesting: {name}");
    let started = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().context("could not start cargo")?;
    let mut tally = Tally::default();
    let output = child.stdout.take().context("cargo's output")?;
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("reading what the tests print")?;
        let line = String::from_utf8_lossy(&line);
        let mut screen = std::io::stdout().lock();
        writeln!(screen, "{line}").context("printing")?;
        tally.read(&line);
    }
    let status = child.wait().context("waiting for cargo")?;
    if !status.success() && tally.failed == 0 {
        step(&format!(
            "{name}: ended with {status} and no failed test (see above), counted as one failure"
        ));
        tally.failed = 1;
    }
    if status.success() && tally.passed == 0 {
        bail!("{name}: no test ran");
    }
    Ok(Outcome { name, tally, seconds: started.elapsed().as_secs() })
}
