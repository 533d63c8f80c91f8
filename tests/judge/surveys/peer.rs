//! survey-core, in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::Story;
use crate::skipped;

pub const NOW: f64 = 1_795_430_096_789.0;

pub struct Peer {
    node: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Peer {
    /// Nothing, loudly, where it is not installed.
    pub fn start() -> Option<Peer> {
        let Ok(folder) = std::env::var("ASKWELL_JUDGE") else {
            skipped("ASKWELL_JUDGE names no folder that has it");
            return None;
        };
        let mut node = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge/surveys.mjs"))
            .env("ASKWELL_JUDGE", folder)
            .env("ASKWELL_NOW", NOW.to_string())
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| skipped(&format!("node is missing: {error}")))
            .ok()?;
        let input = node.stdin.take();
        let output = BufReader::new(node.stdout.take().unwrap());
        Some(Peer { node, input, output })
    }

    /// The states that a story goes through.
    pub fn states(&mut self, story: &Story) -> Vec<Value> {
        let line = json!({"survey": story.survey, "steps": story.steps});
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
        let mut reply = String::new();
        self.output.read_line(&mut reply).unwrap();
        match serde_json::from_str(&reply).unwrap() {
            Value::Array(states) => states,
            error => vec![error],
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.input.take();
        let _ = self.node.wait();
    }
}
