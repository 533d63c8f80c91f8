//! A real receiver: the program itself, on a port of its own, with a database of its own.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver as Lines, channel};
use std::thread;

use ureq::Agent;

use crate::postgres;

/// A folder of a test's own, with the surveys of the tests and a small site.
pub struct Place {
    pub folder: PathBuf,
    /// Another database than the file `askwell.db` in the folder.
    database: Option<String>,
}

impl Place {
    pub fn new(test: &str) -> Place {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("receiver-{test}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("site")).unwrap();
        fs::write(folder.join("site/index.html"), "<!doctype html><title>Site</title>").unwrap();
        fs::write(folder.join("site/askwell.wasm"), vec![0; 5000]).unwrap();
        Place { folder, database: None }
    }

    /// One place with SQLite and one with PostgreSQL, where that is installed.
    pub fn each(test: &str) -> Vec<Place> {
        [Some(Place::new(test)), Place::with_postgres(test)].into_iter().flatten().collect()
    }

    /// A place with a PostgreSQL database of its own.
    pub fn with_postgres(test: &str) -> Option<Place> {
        let url = postgres::database(test)?;
        Some(Place { database: Some(url), ..Place::new(&format!("{test}-postgres")) })
    }

    /// What the program needs to know to find the database.
    pub fn database(&self) -> Vec<&str> {
        self.database.iter().flat_map(|url| ["--database", url.as_str()]).collect()
    }

    pub fn command(&self, subcommand: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_askwell"));
        command.arg(subcommand).args(arguments).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts a receiver and waits until it says that it is ready.
    pub fn serve(&self, arguments: &[&str]) -> Receiver {
        let mut command = self.command("serve", &["--site", "site", "--listen", "127.0.0.1:0"]);
        let mut child = command.args(arguments).args(self.database()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let (send, log) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let Some(address) = first.trim().strip_prefix("Askwell is ready at ") else {
            panic!("not ready: {first} {:?}", log.iter().collect::<Vec<_>>());
        };
        Receiver { address: address.trim_end_matches('/').to_owned(), child, log: Mutex::new(log) }
    }

    /// What `askwell export` prints.
    pub fn export(&self, arguments: &[&str]) -> String {
        let result = self.command("export", arguments).args(self.database()).output().unwrap();
        assert!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
        String::from_utf8(result.stdout).unwrap()
    }

    /// How many submissions `askwell erase` erased.
    pub fn erase(&self, reference: &str) -> u64 {
        let mut command = self.command("erase", &["--reference", reference]);
        let result = command.args(self.database()).output().unwrap();
        let printed: serde_json::Value = serde_json::from_slice(&result.stdout).unwrap();
        printed["erased"].as_u64().unwrap()
    }

    /// The submissions that are stored, or those that are kept aside.
    pub fn stored(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let printed = self.export(&[&["--format", "ndjson"], arguments].concat());
        printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A running receiver; it is killed where a test drops it.
pub struct Receiver {
    /// Such as `http://127.0.0.1:41234`.
    pub address: String,
    child: Child,
    log: Mutex<Lines<String>>,
}

/// What the receiver answered.
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Reply {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Receiver {
    pub fn post(&self, body: &str) -> Reply {
        self.post_with(body.as_bytes(), &[("content-type", "application/json")])
    }

    pub fn post_with(&self, body: &[u8], headers: &[(&str, &str)]) -> Reply {
        self.send("POST", "/v1/submissions", headers, body)
    }

    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send("GET", path, headers, &[])
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let config = Agent::config_builder().http_status_as_error(false);
        let agent: Agent = config.allow_non_standard_methods(true).build().into();
        let mut request = ureq::http::Request::builder();
        request = request.method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = agent.run(request.body(body).unwrap()).unwrap();
        let (parts, mut body) = response.into_parts();
        // Compressed bodies are no text; no test looks into them.
        let body = String::from_utf8_lossy(&body.read_to_vec().unwrap()).into_owned();
        Reply { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Ends it at once, as a crash does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Tells it to stop.
    #[cfg(unix)]
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    /// Waits for a line in its log.
    pub fn wait_for(&self, part: &str) {
        let log = self.log.lock().unwrap();
        assert!(log.iter().any(|line| line.contains(part)), "the log ended without {part}");
    }

    /// Waits until it has ended, and gives the rest of its log.
    pub fn ended(&mut self) -> (ExitStatus, Vec<String>) {
        let status = self.child.wait().unwrap();
        (status, self.log.lock().unwrap().iter().collect())
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
