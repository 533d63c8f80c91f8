//! `cargo xtask fuzz`: inputs that nobody thought of, as many as wanted, until one breaks something.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::command::{run, step};
use crate::project::{Project, files};
use crate::setup;

/// A target with the longest input that it is given: short ones run faster, and few mistakes need long ones.
struct Target {
    name: &'static str,
    longest: usize,
    /// Whether to watch what is compared with what. It finds words, and takes most of the time where
    /// a table of letters is searched at every step.
    watches: bool,
}

const TARGETS: [Target; 5] = [
    Target { name: "definitions", longest: 1024, watches: true },
    Target { name: "expressions", longest: 96, watches: true },
    Target { name: "masks", longest: 64, watches: true },
    Target { name: "patterns", longest: 40, watches: false },
    Target { name: "converted", longest: 512, watches: true },
];

/// Enough to see that every target still runs.
const RUNS: &str = "100000";

pub fn run_chore(project: &Project, options: &[&str]) -> Result<()> {
    let (name, runs) = match options {
        [] => (None, RUNS),
        ["--runs", runs] => (None, *runs),
        [name] => (Some(*name), RUNS),
        [name, "--runs", runs] => (Some(*name), *runs),
        _ => bail!("cargo xtask fuzz [TARGET] [--runs N]"),
    };
    let runs: u64 = runs.parse().with_context(|| format!("`{runs}` is no number of runs"))?;
    let wanted: Vec<&Target> =
        TARGETS.iter().filter(|target| name.is_none_or(|name| name == target.name)).collect();
    if wanted.is_empty() {
        let names = TARGETS.map(|target| target.name).join(", ");
        bail!("there is no such target; there are: {names}");
    }
    println!("Setting up");
    setup::cargo_fuzz()?;
    step(
        "no sanitizer: the engine holds no unsafe code, and stable Rust fuzzes twice as fast without",
    );
    for target in wanted {
        println!("\nFuzzing: {}, {runs} runs", target.name);
        seed(project, target)?;
        run(&mut command(project, target, runs))?;
    }
    Ok(())
}

fn command(project: &Project, target: &Target, runs: u64) -> Command {
    let fuzz = project.root.join("fuzz");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).env("CARGO_TARGET_DIR", project.target.join("fuzz"));
    // Overflow checks and debug assertions stay on; they are what finds most.
    cargo.args(["fuzz", "run", "--sanitizer", "none", "--debug-assertions"]);
    if !target.watches {
        cargo.arg("--no-trace-compares");
    }
    cargo.arg(target.name);
    cargo.args(["--", &format!("-runs={runs}"), &format!("-max_len={}", target.longest)]);
    cargo.args(["-timeout=30", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0"]);
    let words = fuzz.join("dictionaries").join(target.name).with_extension("dict");
    if words.is_file() {
        cargo.arg(format!("-dict={}", words.display()));
    }
    cargo
}

/// Starts a target from what the repository holds, so that it need not invent JSON first.
fn seed(project: &Project, target: &Target) -> Result<()> {
    let corpus = project.root.join("fuzz/corpus").join(target.name);
    std::fs::create_dir_all(&corpus).context("creating the folder of inputs")?;
    let seeds = match target.name {
        "definitions" => definitions(project)?,
        "expressions" => expressions(project)?,
        "converted" => documents(project)?,
        _ => Vec::new(),
    };
    for (number, seed) in seeds.iter().filter(|seed| seed.len() <= target.longest).enumerate() {
        let file = corpus.join(format!("seed-{number}"));
        std::fs::write(&file, seed).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// Every example of every question type as a survey of its own.
fn definitions(project: &Project) -> Result<Vec<String>> {
    let folder = project.root.join("src/questions");
    let mut surveys = Vec::new();
    for name in files(&folder)?.iter().filter(|name| name.ends_with("examples.json")) {
        for example in list(&folder.join(name))? {
            let page = json!({ "id": "p", "questions": [example["question"]] });
            surveys.push(json!({ "askwell": 1, "id": "s", "pages": [page] }).to_string());
        }
    }
    Ok(surveys)
}

/// The same examples as documents of another tool: many words are the same there.
fn documents(project: &Project) -> Result<Vec<String>> {
    let folder = project.root.join("src/questions");
    let mut documents = Vec::new();
    for name in files(&folder)?.iter().filter(|name| name.ends_with("examples.json")) {
        for example in list(&folder.join(name))? {
            let mut element = example["question"].clone();
            element["name"] = element["id"].take();
            documents.push(json!({ "pages": [{ "elements": [element] }] }).to_string());
        }
    }
    Ok(documents)
}

fn expressions(project: &Project) -> Result<Vec<String>> {
    let cases = list(&project.root.join("tests/expressions/recorded.json"))?;
    Ok(cases.iter().filter_map(|case| Some(case["expression"].as_str()?.to_owned())).collect())
}

fn list(file: &Path) -> Result<Vec<Value>> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no list", file.display()))
}
