//! Packages of a Debian system, where this user may install them without being asked for a password.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{answer, find, run, step};

/// True where packages can be installed: apt-get is there, and so is the right to use it.
pub fn available() -> bool {
    find("apt-get").is_some() && (is_root() || sudo_asks_nothing())
}

/// Installs packages, or says what a person has to install.
pub fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("Next step: sudo apt-get install {}", packages.join(" "));
    if !available() {
        bail!(
            "this needs Debian's {}, and this user may not install packages. {by_hand}",
            packages.join(" ")
        );
    }
    // On a fresh machine the lists of packages are empty, and on an old one they name versions that are gone.
    if run(apt_get().args(["update", "-qq"])).is_err() {
        step("the lists of packages could not be renewed: trying with those at hand");
    }
    run(apt_get().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
        .context(by_hand)
}

fn apt_get() -> Command {
    if is_root() {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return command;
    }
    let mut command = Command::new("sudo");
    command.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}

fn is_root() -> bool {
    answer(Command::new("id").arg("-u")).as_deref() == Some("0")
}

fn sudo_asks_nothing() -> bool {
    answer(Command::new("sudo").args(["-n", "true"])).is_some()
}
