//! The real receiver, as a process of its own that can be cut off and brought back.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

pub struct Receiver {
    folder: PathBuf,
    site: PathBuf,
    surveys: Vec<PathBuf>,
    links_key: Option<PathBuf>,
    room: Option<u64>,
    /// The one it was given first; it comes back on the same.
    port: u16,
    running: Option<(Child, BufReader<ChildStdout>)>,
}

impl Receiver {
    /// One that has not been started, with its database in the folder.
    pub fn new(folder: &Path, site: &Path) -> Receiver {
        let (folder, site) = (folder.to_path_buf(), site.to_path_buf());
        Receiver {
            folder,
            site,
            surveys: Vec::new(),
            links_key: None,
            room: None,
            port: 0,
            running: None,
        }
    }

    /// Knows another definition once it starts.
    pub fn knows(&mut self, survey: &Path) {
        self.surveys.push(survey.to_path_buf());
    }

    /// Takes links that were signed with this key.
    pub fn takes_links_of(&mut self, key: &Path) {
        self.links_key = Some(key.to_path_buf());
    }

    /// From its next start on its disk is as good as full beyond this many bytes.
    pub fn has_room_for(&mut self, bytes: Option<u64>) {
        self.room = bytes;
    }

    pub fn start(&mut self) {
        let log = File::options().create(true).append(true).open(self.folder.join("receiver.log"));
        let mut command = askwell();
        command.args(["serve", "--database", &self.database()]);
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        command.arg("--site").arg(&self.site);
        for survey in &self.surveys {
            command.arg("--survey").arg(survey);
        }
        if let Some(key) = &self.links_key {
            command.arg("--links-key").arg(key);
        }
        if let Some(bytes) = self.room {
            command.args(["--max-database-size", &bytes.to_string()]);
        }
        command.stdout(Stdio::piped()).stderr(log.expect("the receiver's log can be written"));
        let mut process = command.spawn().expect("the receiver starts");
        let mut output = BufReader::new(process.stdout.take().expect("the output is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the receiver says something");
        let port = line.trim_end().trim_end_matches('/').rsplit_once(':');
        let port = port.and_then(|(_, port)| port.parse().ok());
        self.port = port.unwrap_or_else(|| panic!("no address in {line:?}; see receiver.log"));
        self.running = Some((process, output));
    }

    /// Ends it at once, in the middle of whatever it does.
    pub fn cut_off(&mut self) {
        if let Some((mut process, _)) = self.running.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.folder.join("askwell.db").display())
    }

    /// Everything that is stored, as `askwell export` prints it.
    pub fn submissions(&self) -> Vec<Value> {
        self.exported(&[])
    }

    /// The same with options.
    pub fn exported(&self, options: &[&str]) -> Vec<Value> {
        let mut export = askwell();
        export.args(["export", "--format", "ndjson", "--database", &self.database()]);
        export.args(options);
        lines(export, "")
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.cut_off();
    }
}

/// What `askwell score` computes from a submission.
pub fn scores_of(submission: &Value, survey: &str) -> Value {
    let mut score = askwell();
    score.args(["score", survey]);
    let lines = lines(score, &submission.to_string());
    lines.first().expect("one line in, one line out")["scores"].clone()
}

fn askwell() -> Command {
    Command::new(env!("CARGO_BIN_EXE_askwell"))
}

fn lines(mut command: Command, input: &str) -> Vec<Value> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut process = command.spawn().expect("askwell starts");
    let mut stdin = process.stdin.take().expect("the input is piped");
    // A command that reads nothing may be gone already; what it came to is seen below.
    let _ = writeln!(stdin, "{input}");
    drop(stdin);
    let output = process.wait_with_output().expect("askwell ends");
    assert!(output.status.success(), "askwell ended with {}", output.status);
    let text = String::from_utf8(output.stdout).expect("askwell prints UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("askwell prints JSON")).collect()
}
