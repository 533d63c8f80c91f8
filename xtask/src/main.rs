//! The chores of this repository: `cargo xtask CHORE`, one file each.

mod bench;
mod build;
mod check;
mod command;
mod dist;
mod fuzz;
mod project;
mod serve;
mod setup;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

use project::Project;

const HELP: &str = "\
The chores of this repository.

Usage: cargo xtask CHORE [OPTIONS]

  serve   set up, build, then serve the demo site and a receiver, and print the address
  test    set up, build, run every test; the last line reads `N passed, N failed`
  setup   install what building and testing need (`setup build` leaves the browsers out)
  build   everything that a site serves, into dist/, and the askwell program (`--dev`: quick, not optimized)
  check   formatting, clippy and rustdoc without warnings on each feature set, dependency reasons
  bench   sizes and engine costs against their budgets
  dist    pack dist/ for hosting, with checksums
  fuzz    hostile inputs for whatever reads text: `fuzz [TARGET] [--runs N]`
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match chore(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What happened comes first and what to do next comes last, where the eye is.
            let words: Vec<String> = error.chain().rev().map(ToString::to_string).collect();
            eprintln!("\nerror: {}", words.join("\n"));
            ExitCode::FAILURE
        }
    }
}

fn chore(arguments: &[&str]) -> Result<()> {
    let project = Project::find()?;
    match arguments {
        ["setup"] | ["setup", "test"] => setup::run(&project, setup::Need::Tests),
        ["setup", "build" | "serve"] => setup::run(&project, setup::Need::Site),
        ["build"] => build::run_chore(&project, build::Mode::Release),
        ["build", "--dev"] => build::run_chore(&project, build::Mode::Development),
        ["test"] => test::run(&project),
        ["check"] => check::run_chore(&project),
        ["bench"] => bench::run_chore(&project),
        ["dist"] => dist::run(&project),
        ["fuzz", options @ ..] => fuzz::run_chore(&project, options),
        ["serve"] => serve::run(&project),
        [] | ["help" | "--help" | "-h", ..] => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("no such chore: {}\n\n{HELP}", arguments.join(" ")),
    }
}
