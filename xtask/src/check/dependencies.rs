//! Every direct dependency has a reason, in one table: `xtask/dependencies.md`.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command::answer;
use crate::project::Project;

const TABLE: &str = "xtask/dependencies.md";

/// A package of ours and something it depends on.
type Edge = (String, String);

pub fn check(project: &Project) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata =
        answer(&mut cargo).context("cargo cannot read the manifests: run `cargo metadata`")?;
    let used =
        edges(&serde_json::from_str(&metadata).context("reading what cargo metadata prints")?);
    let table = std::fs::read_to_string(project.root.join(TABLE))
        .with_context(|| format!("reading {TABLE}"))?;
    let faults = compare(&used, &table);
    if !faults.is_empty() {
        bail!("{TABLE} and the manifests differ:\n  {}", faults.join("\n  "));
    }
    Ok(())
}

fn edges(metadata: &Value) -> BTreeSet<Edge> {
    let text = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .flat_map(|package| {
            list(&package["dependencies"])
                .into_iter()
                .map(|dependency| (text(package), text(&dependency)))
        })
        .collect()
}

/// Rows read `| package | dependency | why |`.
fn compare(used: &BTreeSet<Edge>, table: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut explained = BTreeSet::new();
    for line in table.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let &[package, dependency, why] = cells.as_slice() else {
            faults.push(format!("this row has not three cells: {line}"));
            continue;
        };
        let edge = (package.to_owned(), dependency.to_owned());
        if why.is_empty() {
            faults.push(format!("the row of {dependency} in {package} gives no reason"));
        }
        if !used.contains(&edge) {
            faults.push(format!("{package} no longer depends on {dependency}: remove its row"));
        }
        if !explained.insert(edge) {
            faults.push(format!("{dependency} of {package} has two rows"));
        }
    }
    for (package, dependency) in used.difference(&explained) {
        faults.push(format!("{package} depends on {dependency} without a reason: add a row"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::compare;

    const HEAD: &str = "| package | dependency | why |\n|---|---|---|\n";

    fn faults(rows: &str) -> Vec<String> {
        let used = [("askwell".to_owned(), "serde".to_owned())].into();
        compare(&used, &format!("{HEAD}{rows}"))
    }

    #[test]
    fn one_row_with_a_reason_for_each_dependency_is_fine() {
        assert_eq!(faults("| askwell | serde | definitions are JSON |"), Vec::<String>::new());
    }

    #[test]
    fn missing_stale_repeated_and_empty_rows_are_faults() {
        assert!(faults("")[0].contains("without a reason"));
        assert!(
            faults("| askwell | serde | why |\n| askwell | regex | why |")[0].contains("no longer")
        );
        assert!(
            faults("| askwell | serde | why |\n| askwell | serde | why |")[0].contains("two rows")
        );
        assert!(faults("| askwell | serde | |")[0].contains("no reason"));
        assert!(faults("| askwell | serde |")[0].contains("three cells"));
    }
}
