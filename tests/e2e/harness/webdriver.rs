//! WebDriver as it is on the wire: JSON over HTTP. The dozen commands that the tests need are less
//! than what a client library would add to every test build.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::{Message, call};

/// How long a ChromeDriver may take to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// How often a ChromeDriver may fail to start.
const ATTEMPTS: usize = 5;

/// A ChromeDriver of its own with one browser.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    /// The browser's process.
    process: u64,
}

impl Browser {
    /// Starts both. `options` are Chromium's, as ChromeDriver takes them.
    pub fn start(driver: &Path, options: &Value) -> Browser {
        let (driver, port) = (0..ATTEMPTS)
            .find_map(|_| start(driver))
            .unwrap_or_else(|| panic!("{} does not start", driver.display()));
        let mut browser = Browser { driver, port, session: String::new(), process: 0 };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let reply = browser.send("POST", "/session", &wanted).expect("Chromium starts");
        let session = reply["sessionId"].as_str().expect("a session has an id");
        browser.session = format!("/session/{session}");
        browser.process = reply["capabilities"]["goog:processID"].as_u64().unwrap_or_default();
        browser
    }

    pub fn get(&self, command: &str) -> Result<Value, String> {
        self.send("GET", &format!("{}/{command}", self.session), &Value::Null)
    }

    pub fn post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.send("POST", &format!("{}/{command}", self.session), body)
    }

    /// Runs the body of a function in the page and waits for what it returns or promises.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// A command of Chromium's own protocol.
    pub fn chromium(&self, command: &str, parameters: &Value) -> Result<Value, String> {
        self.post("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// Ends the browser without a warning, as a crash or an empty battery does.
    pub fn crash(&self) {
        assert_ne!(self.process, 0, "ChromeDriver tells which process the browser is");
        let killed = Command::new("kill").args(["-KILL", &self.process.to_string()]).status();
        assert!(killed.is_ok_and(|status| status.success()), "the browser can be killed");
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let head = [
            format!("{method} {path} HTTP/1.1"),
            format!("Host: 127.0.0.1:{}", self.port),
            String::from("Content-Type: application/json; charset=utf-8"),
            format!("Content-Length: {}", body.len()),
        ];
        let request = Message { head: head.into(), body: body.into_bytes() };
        let reply = call(self.port, &request).map_err(|error| format!("{path}: {error}"))?;
        let reply: Value = serde_json::from_slice(&reply.body)
            .map_err(|error| format!("{path}: no JSON came back: {error}"))?;
        match reply["value"]["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", reply["value"]["message"])),
            None => Ok(reply["value"].clone()),
        }
    }
}

impl Drop for Browser {
    /// Lets both clear away their temporary files, unless they take too long over it.
    fn drop(&mut self) {
        let _ = self.send("DELETE", &self.session, &Value::Null);
        let _ = self.send("GET", "/shutdown", &Value::Null);
        let told = Instant::now();
        while matches!(self.driver.try_wait(), Ok(None)) && told.elapsed() < FAREWELL {
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The port that it chooses may be taken a moment later, and then it gives up.
fn start(driver: &Path) -> Option<(Child, u16)> {
    let mut command = Command::new(driver);
    command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut driver = command.spawn().expect("ChromeDriver can be run");
    let output = driver.stdout.as_mut().expect("the output is piped");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port =
        lines.find_map(|line| line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse().ok());
    if port.is_none() {
        let _ = driver.kill();
        let _ = driver.wait();
    }
    Some((driver, port?))
}
