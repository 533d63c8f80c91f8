//! `cargo xtask bench`: what the site costs to download, the engine to run and the receiver to store,
//! against their budgets and beside survey-core, DuckDB and plain SQLite.

mod sizes;

use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Mode};
use crate::command::{run, step};
use crate::project::Project;
use crate::setup::{self, Need};
use crate::test::in_browser;

fn engine(project: &Project, name: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    cargo.args(["bench", "--quiet", "--no-default-features", "--bench", name]);
    cargo
}

/// One respondent after the other in a real browser: no trace of the one before, no growing heap.
fn kiosk(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Tests)?;
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    cargo.args(["test", "--features", "cli", "--test", "e2e", "nobody_finds_a_trace"]);
    in_browser(&mut cargo, &tools)?;
    cargo.env("ASKWELL_SITE", project.dist()).env("ASKWELL_RESPONDENTS", "1000");
    run(&mut cargo)
}

pub fn run_chore(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Site)?;
    build::site(project, &tools, Mode::Release)?;
    println!("\nSizes in bytes");
    let mut exceeded = sizes::print(&project.dist())?;

    println!("\nThe engine");
    if let Err(error) = run(&mut engine(project, "engine")) {
        step(&format!("{error:#}"));
        exceeded.push("the engine (see above)".to_owned());
    }

    println!("\nReports");
    let mut reports = engine(project, "report");
    reports.args(["--features", "report-page"]);
    if let Some(python) = setup::duckdb(project) {
        reports.env("ASKWELL_PYTHON", python);
    }
    if let Err(error) = run(&mut reports) {
        step(&format!("{error:#}"));
        exceeded.push("reports (see above)".to_owned());
    }

    println!("\nBeside survey-core");
    let mut peer = engine(project, "peer");
    match setup::survey_core(project) {
        Ok(packages) => drop(peer.env("ASKWELL_JUDGE", packages.folder())),
        Err(error) => step(&format!("survey-core is not here: {error:#}")),
    }
    if let Err(error) = run(&mut peer) {
        step(&format!("{error:#}"));
        exceeded.push("the engine beside survey-core (see above)".to_owned());
    }

    println!("\nThe receiver beside plain SQLite");
    let mut intake = Command::new("cargo");
    intake.current_dir(&project.root);
    intake.args(["bench", "--quiet", "--features", "cli", "--bench", "intake"]);
    if let Err(error) = run(&mut intake) {
        step(&format!("{error:#}"));
        exceeded.push("the receiver (see above)".to_owned());
    }

    println!("\nEverything going wrong, for ten thousand respondents");
    let mut faults = Command::new("cargo");
    faults.current_dir(&project.root).env("ASKWELL_FAULTS", "10000");
    faults.args(["test", "--quiet", "--features", "cli", "--test", "faults"]);
    if let Err(error) = run(&mut faults) {
        step(&format!("{error:#}"));
        exceeded.push("responses that were thanked for and not stored once (see above)".to_owned());
    }

    println!("\nA thousand people at one kiosk");
    if let Err(error) = kiosk(project) {
        step(&format!("{error:#}"));
        exceeded.push("the kiosk (see above)".to_owned());
    }
    if !exceeded.is_empty() {
        bail!("over budget: {}", exceeded.join(", "));
    }
    println!("Everything is within its budget.");
    Ok(())
}
