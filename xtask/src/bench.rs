//! `cargo xtask bench`: what the site costs to download and the engine to run, against their budgets.

mod sizes;

use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Mode};
use crate::command::{run, step};
use crate::project::Project;
use crate::setup::{self, Need};

pub fn run_chore(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Site)?;
    build::site(project, &tools, Mode::Release)?;
    println!("\nSizes in bytes");
    let mut exceeded = sizes::print(&project.dist())?;

    println!("\nThe engine");
    let mut engine = Command::new("cargo");
    engine.current_dir(&project.root).args([
        "bench",
        "--quiet",
        "--no-default-features",
        "--bench",
        "engine",
    ]);
    if let Err(error) = run(&mut engine) {
        step(&format!("{error:#}"));
        exceeded.push("the engine (see above)".to_owned());
    }
    if !exceeded.is_empty() {
        bail!("over budget: {}", exceeded.join(", "));
    }
    println!("Everything is within its budget.");
    Ok(())
}
