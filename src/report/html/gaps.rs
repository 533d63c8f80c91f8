//! Statements by importance × gap.

use super::charts::{bar, cell, row, table};
use super::section;
use super::tree::{Element, text};
use super::words::{Words, decimals};
use crate::report::model::Report;

pub fn gaps(report: &Report, words: Words) -> Option<Element> {
    let first = report.gaps.first()?;
    let most = first.priority.unwrap_or_default().max(1e-9);
    let lacks = first.priority.is_some_and(|priority| priority > 0.0);
    let summary = match first.gap.value {
        Some(gap) if lacks => {
            words.fill("gaps.summary", &[("first", &first.title), ("gap", &decimals(gap, 2))])
        }
        Some(_) => words.get("gaps.none").to_owned(),
        None => words.reason(first.gap.reason).to_owned(),
    };
    let rows = report.gaps.iter().map(|one| {
        let figure = |figure: Option<f64>| match figure {
            Some(figure) => decimals(figure, 2),
            None => words.reason(one.gap.reason).to_owned(),
        };
        let gap = match one.gap.ci95 {
            Some([low, high]) => {
                format!("{} ({} – {})", figure(one.gap.value), decimals(low, 2), decimals(high, 2))
            }
            None => figure(one.gap.value),
        };
        let n = one.gap.n.map(|n| n.to_string()).unwrap_or_default();
        let cells = vec![
            bar(one.priority.unwrap_or_default().max(0.0) / most),
            cell(figure(one.priority)),
            cell(figure(one.importance)),
            cell(gap),
            cell(figure(one.required)),
            cell(figure(one.rated)),
            cell(n),
        ];
        let name =
            if one.id == one.title { one.id.clone() } else { format!("{} {}", one.id, one.title) };
        row(&name, cells)
    });
    let heads = ["chart", "gaps.priority", "importance", "gaps.gap", "gaps.required", "gaps.rated"];
    let heads = heads.into_iter().chain(["n.head"]).map(|key| words.get(key));
    let heads: Vec<&str> = [""].into_iter().chain(heads).collect();
    let table = table(words.get("gaps"), &heads, rows.collect());
    let about = text("p", "about", words.get("gaps.method"));
    Some(section(words.get("gaps"), summary).child(table).child(about))
}
