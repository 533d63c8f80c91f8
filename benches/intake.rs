//! How fast the receiver takes submissions, beside plain SQLite that commits the same rows one by one
//! with the same durability, on the same disk in the same run.
//!
//! `cargo xtask bench` runs it. It ends with a failure below half of plain SQLite's rate.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use askwell::instruments;
use askwell::session::{Session, Start};
use askwell::survey::Survey;
use sqlx::{Connection, SqliteConnection};

const SUBMISSIONS: usize = 6_000;
const SENDERS: usize = 32;
const BUDGET: f64 = 0.5;
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let bodies = bodies();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("intake");
    let mut best: f64 = 0.0;
    for _ in 0..ROUNDS {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("site")).unwrap();
        let plain = plain(&folder, &bodies);
        let receiver = receiver(&folder, &bodies);
        let ratio = receiver / plain;
        println!(
            "plain SQLite {plain:.0} rows/s, receiver {receiver:.0} submissions/s: {ratio:.2} of it"
        );
        best = best.max(ratio);
    }
    println!("at best {best:.2} (budget at least {BUDGET})");
    if best < BUDGET { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Finished responses to the survey that ships.
fn bodies() -> Vec<String> {
    let instrument = instruments::TABLE.iter().find(|it| it.id == "tour-satisfaction").unwrap();
    let survey = Arc::new(Survey::load(instrument.json).unwrap().survey);
    let mut session = Session::new(survey, Start { id: "ID".into(), ..Start::default() });
    session.set_by_id("recommend", 9.into());
    session.set_by_id("overall", 5.into());
    assert!(!session.complete().refused, "{:?}", session.all_issues().count());
    let body = session.submission(48_211.0).to_json();
    (0..SUBMISSIONS).map(|number| body.replace("\"ID\"", &format!("\"b-{number}\""))).collect()
}

fn plain(folder: &Path, bodies: &[String]) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let url = format!("sqlite:{}?mode=rwc", folder.join("plain.db").display());
    runtime.block_on(async {
        let mut database = SqliteConnection::connect(&url).await.unwrap();
        for statement in [
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE submission (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
             survey TEXT NOT NULL, envelope TEXT NOT NULL) STRICT",
        ] {
            sqlx::query(statement).execute(&mut database).await.unwrap();
        }
        let begun = Instant::now();
        for (number, body) in bodies.iter().enumerate() {
            sqlx::query("INSERT INTO submission (id, survey, envelope) VALUES (?, ?, ?)")
                .bind(format!("b-{number}"))
                .bind("tour-satisfaction")
                .bind(body)
                .execute(&mut database)
                .await
                .unwrap();
        }
        bodies.len() as f64 / begun.elapsed().as_secs_f64()
    })
}

fn receiver(folder: &Path, bodies: &[String]) -> f64 {
    let mut program = Command::new(env!("CARGO_BIN_EXE_askwell"))
        .args(["serve", "--site", "site", "--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let address = ready.trim().rsplit("http://").next().unwrap().trim_end_matches('/').to_owned();
    let begun = Instant::now();
    thread::scope(|scope| {
        for share in bodies.chunks(bodies.len().div_ceil(SENDERS)) {
            let address = &address;
            scope.spawn(move || send(address, share));
        }
    });
    let rate = bodies.len() as f64 / begun.elapsed().as_secs_f64();
    program.kill().unwrap();
    program.wait().unwrap();
    rate
}

/// One after the other over one connection, each once the one before is acknowledged.
fn send(address: &str, bodies: &[String]) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut replies = BufReader::new(stream.try_clone().unwrap());
    for body in bodies {
        let length = body.len();
        let request = format!(
            "POST /v1/submissions HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut line = String::new();
        replies.read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 201"), "{line}");
        let mut rest = 0;
        loop {
            line.clear();
            replies.read_line(&mut line).unwrap();
            if let Some(length) = line.strip_prefix("content-length: ") {
                rest = length.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        replies.by_ref().take(rest).read_to_end(&mut Vec::new()).unwrap();
    }
}
