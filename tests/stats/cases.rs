//! Each file in `cases` holds data and what statistics say about them.
//!
//! `columns` names the columns of `rows`, or `rows` stands alone and its columns are a, b, c, …; `expect`
//! lists statistics of the table with `settings` and either the `reply` (its numbers within `tolerance`,
//! relative to those above 1, 1e-7 where absent; fields that are not named are free) or a part of the message with which the data
//! are `refused`.

use std::fs;
use std::path::Path;

use askwell::stats::{Columns, Settings, TABLE};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    #[serde(rename = "source")]
    _source: String,
    columns: Option<Vec<String>>,
    rows: Vec<Vec<Option<f64>>>,
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    statistic: String,
    #[serde(default)]
    settings: serde_json::Map<String, Value>,
    reply: Option<Value>,
    tolerance: Option<f64>,
    refused: Option<String>,
}

#[test]
fn every_case_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stats/cases");
    let mut count = 0;
    let mut failures = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let all: Vec<Data> = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        for (number, data) in all.iter().enumerate() {
            for expected in &data.expect {
                count += 1;
                if let Err(fault) = check(data, expected) {
                    failures.push(format!("{name}[{number}] {}: {fault}", expected.statistic));
                }
            }
        }
    }
    assert!(count > 0);
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn check(data: &Data, expected: &Expected) -> Result<(), String> {
    let columns = match &data.columns {
        None => super::columns(&data.rows),
        Some(names) => {
            let names = names.iter().enumerate();
            let column = |at: usize| data.rows.iter().map(|row| row[at]).collect();
            Columns::new(names.map(|(at, name)| (name.clone(), column(at)))).unwrap()
        }
    };
    let reply = compute(&expected.statistic, &columns, &expected.settings);
    match (reply, &expected.refused) {
        (Err(refusal), Some(part)) if refusal.contains(part) => Ok(()),
        (Err(refusal), _) => Err(format!("refused: {refusal}")),
        (Ok(reply), Some(_)) => Err(format!("not refused: {reply}")),
        (Ok(reply), None) => {
            let wanted = expected.reply.as_ref().ok_or("neither reply nor refused")?;
            same(&reply, wanted, expected.tolerance.unwrap_or(1e-7), "reply")
        }
    }
}

/// The reply of the statistic with this name, as JSON.
pub fn compute(
    statistic: &str,
    columns: &Columns,
    settings: &serde_json::Map<String, Value>,
) -> Result<Value, String> {
    let row = TABLE.iter().find(|row| row.name == statistic).ok_or("no such statistic")?;
    let reply = row.compute(columns, &self::settings(settings));
    reply.map(|reply| serde_json::from_str(&reply.to_json()).unwrap()).map_err(|r| r.to_string())
}

fn settings(given: &serde_json::Map<String, Value>) -> Settings {
    let mut settings = Settings::default();
    for (name, value) in given {
        match name.as_str() {
            "boxes" => settings.boxes = Some(value.as_u64().unwrap() as u32),
            "max" => settings.max = value.as_f64(),
            "points" => settings.points = Some(value.as_u64().unwrap() as u32),
            "outcome" => settings.outcome = Some(value.as_str().unwrap().to_owned()),
            "level" => settings.level = Some(value.as_str().unwrap().parse().unwrap()),
            "weights" => settings.weights = Some(value.as_str().unwrap().parse().unwrap()),
            other => panic!("no setting {other}"),
        }
    }
    settings
}

/// Whether all that is wanted is there; numbers may differ by the tolerance.
pub fn same(reply: &Value, wanted: &Value, tolerance: f64, path: &str) -> Result<(), String> {
    match (reply, wanted) {
        (Value::Object(reply), Value::Object(wanted)) => {
            wanted.iter().try_for_each(|(name, wanted)| {
                let found = reply.get(name).ok_or_else(|| format!("{path} has no {name}"))?;
                same(found, wanted, tolerance, &format!("{path}.{name}"))
            })
        }
        (Value::Array(reply), Value::Array(wanted)) if reply.len() == wanted.len() => {
            let mut pairs = reply.iter().zip(wanted).enumerate();
            pairs.try_for_each(|(at, (r, w))| same(r, w, tolerance, &format!("{path}[{at}]")))
        }
        (Value::Number(found), Value::Number(number)) => {
            let difference = found.as_f64().unwrap() - number.as_f64().unwrap();
            let close = difference.abs() <= tolerance * number.as_f64().unwrap().abs().max(1.0);
            close.then_some(()).ok_or_else(|| format!("{path} is {found}, expected {number}"))
        }
        _ if reply == wanted => Ok(()),
        _ => Err(format!("{path} is {reply}, expected {wanted}")),
    }
}
