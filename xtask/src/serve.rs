//! `cargo xtask serve`: the demo site and a receiver with an embedded database, at one address.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Mode};
use crate::command::{run_in_place, step};
use crate::project::Project;
use crate::setup::{self, Need};

const FIRST_PORT: u16 = 8080;
const LAST_PORT: u16 = 8099;

pub fn run(project: &Project) -> Result<()> {
    let tools = setup::prepare(project, Need::Site)?;
    build::site(project, &tools, Mode::Release)?;
    let program = build::program(project, Mode::Release)?;
    let port = free_port()?;
    let mut serve = Command::new(program);
    serve.current_dir(&project.root).args(["serve", "--site", "dist"]);
    serve.args(["--listen", &format!("127.0.0.1:{port}")]);
    run_in_place(&mut serve)
}

fn free_port() -> Result<u16> {
    for port in FIRST_PORT..=LAST_PORT {
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(_) if port == FIRST_PORT => return Ok(port),
            Ok(_) => {
                step(&format!("port {FIRST_PORT} is taken: using {port}"));
                return Ok(port);
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => bail!("listening at 127.0.0.1:{port}: {error}"),
        }
    }
    bail!(
        "every port from {FIRST_PORT} to {LAST_PORT} is taken. Next step: end what listens there, or run \
         `cargo askwell serve --listen 127.0.0.1:PORT`"
    )
}
