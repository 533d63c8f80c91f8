//! Running other programs: shown before they run, with an error that names what failed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Announces what happens next.
pub fn step(text: &str) {
    println!("• {text}");
}

/// Runs a command with its output shown; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    println!("  $ {shown}");
    let status = command.status().with_context(|| format!("could not start `{shown}`"))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command in place of this program, so that signals reach it alone and it ends in its own way.
pub fn run_in_place(command: &mut Command) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = command.exec();
        Err(error).with_context(|| format!("could not start `{}`", shown(command)))
    }
    #[cfg(not(unix))]
    run(command)
}

/// Runs a command quietly and returns what it printed, or nothing where it is missing or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Every program of that name on PATH, then in cargo's own folder of programs, which need not be on PATH.
pub fn candidates(name: &str) -> Vec<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&path)
        .chain(cargo_bin())
        .map(|folder| folder.join(&file))
        .filter(|program| program.is_file())
        .collect();
    let mut seen = Vec::new();
    found.retain(|program| {
        let new = !seen.contains(program);
        seen.push(program.clone());
        new
    });
    found
}

/// The first program of that name.
pub fn find(name: &str) -> Option<PathBuf> {
    candidates(name).into_iter().next()
}

/// PATH with some folders in front.
pub fn path_with(folders: Vec<PathBuf>) -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Joining fails only for a folder whose name holds the separator; then PATH stays as it is.
    std::env::join_paths(folders.into_iter().chain(std::env::split_paths(&path))).unwrap_or(path)
}

fn cargo_bin() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_INSTALL_ROOT")
        .or_else(|| std::env::var_os("CARGO_HOME"))
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    Some(home.join("bin"))
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
