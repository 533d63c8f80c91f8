//! What a report over many submissions costs: beside serde_json, which alone parses the same bytes into
//! typed values, and beside DuckDB, which computes the same aggregates of the same file.
//!
//! `cargo xtask bench` runs it. `ASKWELL_SUBMISSIONS` says how many (a million where absent),
//! `ASKWELL_PYTHON` names an interpreter that has duckdb.

use std::fmt::Write as _;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Instant;

use askwell::report::{Plan, Report, Settings, reading};
use askwell::survey::Survey;
use serde::Deserialize;
use serde_json::json;

/// How fast a report must be, by the rate at which serde_json parses.
const RATE: f64 = 0.5;
/// How much memory it may take up, in megabytes.
const MEMORY: f64 = 300.0;
/// Both are run in turn so many times, and the best of each counts: whatever else happens on the
/// machine comes upon both.
const ROUNDS: usize = 5;
const RATINGS: usize = 24;

fn main() -> ExitCode {
    let count = std::env::var("ASKWELL_SUBMISSIONS").ok().and_then(|n| n.parse().ok());
    let count: usize = count.unwrap_or(1_000_000);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let survey = folder.join("bench-survey.json");
    std::fs::write(&survey, definition()).expect("a survey is written");
    let file = folder.join(format!("bench-{count}.ndjson"));
    if !file.is_file() {
        generate(&file, count).expect("submissions are written");
    }
    let bytes = std::fs::metadata(&file).expect("the file is there").len() as f64 / 1e6;
    println!("{count} submissions of 30 answers, {bytes:.0} MB");

    let counting = || {
        let counted = black_box(report(&survey, &file)).submissions.counted;
        assert_eq!(counted, Some(count as u64));
    };
    let (parsing, reporting) = (0..ROUNDS).fold((f64::MAX, f64::MAX), |(parsing, reporting), _| {
        (parsing.min(time(|| parse(&file))), reporting.min(time(counting)))
    });
    println!("serde_json alone: {:.2} s, {:.0} MB/s", parsing, bytes / parsing);
    let rate = parsing / reporting;
    let (speed, memory) = (bytes / reporting, memory());
    println!(
        "askwell report:   {reporting:.2} s, {speed:.0} MB/s; {rate:.2} times the rate of serde_json (budget {RATE})"
    );
    match memory {
        Some(memory) => println!("memory:           {memory:.0} MB at most (budget {MEMORY})"),
        None => println!("SKIPPED: this system does not tell how much memory was taken up"),
    }
    let mut fine = rate >= RATE && memory.is_none_or(|memory| memory <= MEMORY);
    match duckdb(&file) {
        Ok(seconds) => {
            println!("DuckDB:           {seconds:.2} s, {:.2} times as long", seconds / reporting);
            fine &= reporting <= seconds;
        }
        Err(reason) => println!("SKIPPED: DuckDB was not asked, {reason}"),
    }
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn time(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

// ---- the submissions ----

fn definition() -> String {
    let rating = |at: usize| json!({"id": format!("q{at:02}"), "type": "rating"});
    let mut questions = vec![json!({"id": "recommend", "type": "nps"})];
    questions.extend((0..RATINGS).map(rating));
    questions.push(json!({"id": "effort", "type": "rating", "rateMax": 7}));
    let choices = ["phone", "mail", "face", "web"];
    questions.push(json!({"id": "mode", "type": "single-choice", "choices": choices}));
    let kinds = ["new", "regular", "visitor"];
    questions.push(json!({"id": "customer", "type": "single-choice", "choices": kinds}));
    let issues = ["late", "rude", "dirty", "price", "meals"];
    questions.push(json!({"id": "issues", "type": "multiple-choice", "choices": issues}));
    questions.push(json!({"id": "why", "type": "text", "lines": 3}));
    let all: Vec<String> = (0..RATINGS).map(|at| format!("q{at:02}")).collect();
    json!({
        "askwell": 1, "id": "bench", "version": "1",
        "pages": [{"id": "p", "questions": questions}],
        "scoring": [
            {"id": "nps", "metric": "nps", "questions": ["recommend"]},
            {"id": "csat", "metric": "top-box", "questions": ["q00"]},
            {"id": "effort", "metric": "customer-effort", "questions": ["effort"]},
            {"id": "service", "metric": "mean", "questions": all}
        ]
    })
    .to_string()
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % count
    }

    fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

fn generate(file: &Path, count: usize) -> std::io::Result<()> {
    let started = file.with_extension("part");
    let mut output = BufWriter::with_capacity(1 << 20, File::create(&started)?);
    let mut dice = Dice(20_261_123);
    let mut line = String::new();
    for at in 0..count {
        line.clear();
        let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
        let moment = format!("2026-{month:02}-{day:02}T{:02}:15:30.000Z", dice.below(24));
        let _ = write!(
            line,
            r#"{{"askwell":1,"submissionId":"0198c0de-{:04x}-7000-8000-{at:012x}","survey":{{"id":"bench","version":"1","hash":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}},"status":"complete","locale":"{}","channel":"{}","startedAt":"{moment}","completedAt":"{moment}","durationMs":{},"answers":{{"customer":"{}","effort":{},"issues":["{}"],"mode":"{}""#,
            at & 0xffff,
            dice.one(&["zh-Hant", "en"]),
            dice.one(&["embed", "link", "kiosk"]),
            30_000 + dice.below(400_000),
            dice.one(&["new", "regular", "visitor"]),
            1 + dice.below(7),
            dice.one(&["late", "rude", "dirty", "price", "meals"]),
            dice.one(&["phone", "mail", "face", "web"]),
        );
        for rating in 0..RATINGS {
            let _ = write!(line, r#","q{rating:02}":{}"#, 1 + dice.below(5));
        }
        let _ = write!(
            line,
            r#","recommend":{},"why":"{}"}},"scores":{{}},"context":{{"branch":"{}"}},"consent":{{}},"device":{{"utcOffsetMinutes":480}},"client":{{"askwell":"0.1.0"}}}}"#,
            dice.below(11),
            dice.one(&["", "The guide was wonderful", "巴士遲到了", "ok"]),
            dice.one(&["Taipei", "Taichung", "Tainan", "Kaohsiung", "Hualien"]),
        );
        line.push('\n');
        output.write_all(line.as_bytes())?;
    }
    output.flush()?;
    std::fs::rename(started, file)
}

// ---- serde_json ----

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Submission {
    askwell: u8,
    submission_id: String,
    survey: Reference,
    status: String,
    locale: String,
    channel: String,
    started_at: String,
    completed_at: String,
    duration_ms: u64,
    answers: Answers,
    context: Context,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Reference {
    id: String,
    version: String,
    hash: String,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Context {
    branch: String,
}

macro_rules! answers {
    ($($rating:ident)*) => {
        #[derive(Deserialize)]
        #[allow(dead_code)]
        struct Answers {
            customer: String,
            effort: u8,
            issues: Vec<String>,
            mode: String,
            recommend: u8,
            why: String,
            $($rating: u8,)*
        }
    };
}

answers! {
    q00 q01 q02 q03 q04 q05 q06 q07 q08 q09 q10 q11 q12 q13 q14 q15 q16 q17 q18 q19 q20 q21 q22 q23
}

fn parse(file: &Path) {
    let mut input = BufReader::with_capacity(1 << 20, File::open(file).expect("the file is there"));
    let mut line = String::new();
    while input.read_line(&mut line).expect("the file can be read") > 0 {
        let read: Submission = serde_json::from_str(&line).expect("a line is a submission");
        black_box(read);
        line.clear();
    }
}

// ---- the report ----

fn report(survey: &Path, file: &Path) -> Report {
    let definition = std::fs::read_to_string(survey).expect("the survey is there");
    let survey = Arc::new(Survey::load(&definition).expect("the survey is sound").survey);
    let plan = Arc::new(Plan::new(survey, Settings::default()).expect("names are known"));
    let files = [file.to_string_lossy().into_owned()];
    let tally = reading::read(&plan, &files, &mut |_| ()).expect("the file can be read");
    tally.report()
}

/// The most memory that this process has taken up in megabytes; nothing where that cannot be told.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let high = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(high.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1000.0)
}

// ---- DuckDB ----

fn duckdb(file: &Path) -> Result<f64, String> {
    let python = std::env::var("ASKWELL_PYTHON").unwrap_or_else(|_| String::from("python3"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/report_duckdb.py");
    let output = Command::new(&python).arg(script).arg(file).output();
    let output = output.map_err(|error| format!("{python} does not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    said.parse().map_err(|_| {
        let error = String::from_utf8_lossy(&output.stderr);
        format!("{python} says: {said}{}", error.lines().last().unwrap_or_default())
    })
}
