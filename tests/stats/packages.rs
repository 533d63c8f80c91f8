//! The same random data given to Python's packages (`packages.py`): pingouin, krippendorff, scikit-learn,
//! statsmodels. `ASKWELL_PYTHON` names an interpreter that has them: it has to. Where none is named, `python3` is
//! asked, and without the packages the test is skipped aloud.

use std::io::Write;
use std::process::Command;

use askwell::stats::change::Precision;
use askwell::stats::nps::Nps;
use askwell::stats::wave::{self, Change};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Said {
    missing: Option<String>,
    #[serde(default)]
    cases: Vec<Case>,
    #[serde(default)]
    waves: Vec<Value>,
    #[serde(default)]
    changes: Vec<Value>,
}

#[derive(Deserialize)]
struct Case {
    statistic: String,
    settings: serde_json::Map<String, Value>,
    rows: Vec<Vec<Option<f64>>>,
    expected: Value,
}

#[test]
fn packages_of_python_say_the_same_of_random_data() {
    let Some(said) = ask() else { return };
    assert!(said.cases.len() > 25);
    let mut failures = Vec::new();
    for (number, case) in said.cases.iter().enumerate() {
        let columns = super::columns(&case.rows);
        let reply = super::cases::compute(&case.statistic, &columns, &case.settings).unwrap();
        if let Err(fault) = super::cases::same(&reply, &case.expected, 1e-6, "reply") {
            failures.push(format!("{} ({number}): {fault}", case.statistic));
        }
    }
    for expected in &said.waves {
        let change = change(expected);
        let reply = json!({
            "statistic": change.statistic.unwrap(), "p": change.p.unwrap(), "ci95": change.ci95.unwrap()
        });
        let expected = json!({
            "statistic": expected["statistic"], "p": expected["p"], "ci95": expected["ci95"]
        });
        if let Err(fault) = super::cases::same(&reply, &expected, 1e-6, "change") {
            failures.push(fault);
        }
    }
    for expected in &said.changes {
        if let Err(fault) = super::cases::same(&precision(expected), expected, 1e-6, "precision") {
            failures.push(fault);
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn ask() -> Option<Said> {
    let named = std::env::var("ASKWELL_PYTHON").ok();
    let python = named.clone().unwrap_or_else(|| String::from("python3"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stats/packages.py");
    let output = match Command::new(&python).args(["-W", "ignore", script]).output() {
        Ok(output) => output,
        Err(error) if named.is_some() => panic!("{python} does not start: {error}"),
        Err(error) => return skipped(&format!("{python} does not start: {error}")),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said: Said = serde_json::from_slice(&output.stdout).unwrap();
    match &said.missing {
        Some(name) if named.is_some() => panic!("{python} has no {name}"),
        Some(name) => skipped(&format!("{python} has no {name} (see ASKWELL_PYTHON)")),
        None => Some(said),
    }
}

/// Past the capture of test output, so that nobody takes a skipped judge for a verdict.
fn skipped(reason: &str) -> Option<Said> {
    let _ = writeln!(std::io::stderr(), "SKIPPED: Python's packages were not asked, {reason}");
    None
}

fn change(expected: &Value) -> Change {
    if let Some(counts) = expected["share"].as_array() {
        let count = |at: usize| counts[at].as_u64().unwrap() as usize;
        return wave::share((count(0), count(1)), (count(2), count(3)));
    }
    if let Some(counts) = expected["nps"].as_array() {
        let wave = |at: usize| {
            let count = |kind: usize| counts[at][kind].as_u64().unwrap() as usize;
            Nps { promoters: count(0), passives: count(1), detractors: count(2) }
        };
        return wave::nps(&wave(0), &wave(1));
    }
    let sample = |at: usize| -> Vec<f64> {
        let numbers = expected["means"][at].as_array().unwrap();
        numbers.iter().map(|number| number.as_f64().unwrap()).collect()
    };
    wave::mean_of(&sample(0), &sample(1))
}

fn precision(given: &Value) -> Value {
    let number = |name: &str| given[name].as_f64().unwrap();
    let precision =
        Precision { standard_deviation: number("deviation"), reliability: number("reliability") };
    let change = precision.reliable_change(number("earlier"), number("later"));
    json!({
        "reliability": given["reliability"], "deviation": given["deviation"],
        "earlier": given["earlier"], "later": given["later"],
        "error": precision.standard_error().unwrap(), "change": change.unwrap(),
        "smallest": precision.smallest_change().unwrap()
    })
}
