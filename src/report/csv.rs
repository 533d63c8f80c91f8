//! A report as one long table: a line per figure, for spreadsheets and other programs.

use super::model::{Figure, Report};
use crate::value::number_text;

/// The report as CSV: section, id, title, category, n, value, low, high, reason.
pub fn write(report: &Report) -> String {
    let mut table = Table { text: String::from("\u{feff}") };
    table.row(&["section", "id", "title", "category", "n", "value", "low", "high", "reason"]);
    for score in &report.scores {
        let figure =
            Figure { n: score.n, value: score.value, ci95: score.ci95, reason: score.reason };
        table.figure("score", &score.id, &score.title, "", &figure);
        for part in &score.parts {
            table.figure("score", &score.id, &score.title, &part.id, &part.figure);
        }
        if let Some(change) = &score.change {
            let waves = format!("{} → {}", change.from, change.to);
            let figure =
                Figure { n: None, value: change.value, ci95: change.ci95, reason: change.reason };
            table.figure("change", &score.id, &score.title, &waves, &figure);
        }
    }
    for rating in &report.distributions {
        table.figure("mean", &rating.id, &rating.title, "", &rating.mean);
        for step in &rating.steps {
            let share =
                Figure { n: Some(step.n), value: Some(step.share), ci95: None, reason: None };
            table.figure("distribution", &rating.id, &rating.title, &step.label, &share);
        }
    }
    for statement in &report.gaps {
        let (id, title) = (&statement.id, &statement.title);
        table.figure("gap", id, title, "", &statement.gap);
        for (category, value) in [
            ("required", statement.required),
            ("rated", statement.rated),
            ("importance", statement.importance),
            ("priority", statement.priority),
        ] {
            let figure = Figure { value, ci95: None, ..statement.gap.clone() };
            table.figure("gap", id, title, category, &figure);
        }
    }
    for map in &report.maps {
        for attribute in &map.attributes {
            for (section, value) in
                [("importance", attribute.importance), ("performance", attribute.performance)]
            {
                let n = Some(attribute.n);
                let figure = Figure { n, value: Some(value), ci95: None, reason: None };
                table.figure(section, &attribute.id, &attribute.title, attribute.quadrant, &figure);
            }
        }
    }
    for scale in &report.reliability {
        let dimension = scale.dimension.as_deref().unwrap_or_default();
        table.figure("alpha", &scale.id, &scale.title, dimension, &scale.alpha);
        table.figure("omega", &scale.id, &scale.title, dimension, &scale.omega);
        for item in &scale.items {
            let figure = Figure { n: scale.n, value: item.item_total, ci95: None, reason: None };
            table.figure("item-total", &item.id, &item.title, &scale.id, &figure);
        }
    }
    if let Some(drivers) = &report.drivers {
        for driver in &drivers.drivers {
            let n = drivers.n;
            let around = driver.shapley.zip(driver.shapley_error);
            let ci95 = around.map(|(value, error)| [value - 1.96 * error, value + 1.96 * error]);
            let figure = Figure { n, value: driver.shapley, ci95, reason: drivers.reason };
            table.figure("driver", &driver.id, &driver.title, &drivers.outcome, &figure);
        }
    }
    for choices in report.issues.iter().chain(&report.choices) {
        for choice in &choices.choices {
            let n = Some(choice.n);
            let figure = Figure { n, value: Some(choice.share), ci95: None, reason: None };
            table.figure("choice", &choices.id, &choices.title, &choice.label, &figure);
        }
    }
    for breakdown in &report.breakdowns {
        for category in &breakdown.categories {
            for (score, figure) in report.scores.iter().zip(&category.scores) {
                let name = format!("{}={}", breakdown.by, category.label);
                table.figure("breakdown", &score.id, &score.title, &name, figure);
            }
        }
    }
    if let Some(heatmap) = &report.heatmap {
        for row in &heatmap.statements {
            for (team, cell) in heatmap.teams.iter().zip(&row.cells) {
                table.figure("heatmap", &row.id, &row.title, team, cell);
            }
        }
    }
    for grid in &report.policies {
        for row in &grid.rows {
            for (column, cell) in grid.columns.iter().zip(&row.cells) {
                let id = format!("{}.{}", grid.id, row.id);
                table.figure("policy", &id, &row.title, column, cell);
            }
        }
    }
    for stage in report.funnel.statuses.iter().chain(&report.funnel.pages) {
        let figure =
            Figure { n: Some(stage.n), value: Some(stage.share), ci95: None, reason: None };
        table.figure("funnel", &stage.id, &stage.title, "", &figure);
    }
    table.text
}

struct Table {
    text: String,
}

impl Table {
    fn figure(&mut self, section: &str, id: &str, title: &str, category: &str, figure: &Figure) {
        let number = |number: Option<f64>| number.map(number_text).unwrap_or_default();
        let n = figure.n.map(|n| n.to_string()).unwrap_or_default();
        let (low, high) = figure.ci95.map_or((None, None), |[low, high]| (Some(low), Some(high)));
        let (value, low, high) = (number(figure.value), number(low), number(high));
        let reason = figure.reason.unwrap_or_default();
        let words = [section, id, title, category].map(guarded);
        let [section, id, title, category] = &words;
        self.row(&[section, id, title, category, &n, &value, &low, &high, reason]);
    }

    fn row(&mut self, cells: &[&str]) {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            if cell.contains([',', '"', '\n', '\r']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str("\r\n");
    }
}

/// Text that a spreadsheet would run as a formula begins with an apostrophe.
fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}
