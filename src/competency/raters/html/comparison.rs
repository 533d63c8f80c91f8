//! How self and others have rated, how far they agree, and what they have written.

use std::fmt::Write;

use super::{Page, escaped, figure};
use crate::competency::raters::Combined;
use crate::competency::raters::agreement::{Number, Within};
use crate::competency::raters::statements::{Cell, Row};

impl Page<'_> {
    pub(super) fn comparison(&mut self, combined: &Combined) {
        let shown: Vec<&'static str> = combined
            .raters
            .iter()
            .filter(|count| count.perspective != "self" && count.n > 0)
            .map(|count| count.perspective)
            .collect();
        self.heading("comparison");
        let _ = writeln!(self.html, "<p class=\"hint\">{}</p>", self.say("comparison-note"));
        let mut heads = vec![self.say("statement"), self.say("picture"), self.say("self")];
        let required = combined.statements.iter().any(|row| row.required.is_some());
        if required {
            heads.push(self.say("required"));
        }
        heads.extend(shown.iter().map(|name| self.say(name)));
        heads.extend([self.say("others"), self.say("difference")]);
        let rows: Vec<String> =
            combined.statements.iter().map(|row| self.row(row, required, &shown)).collect();
        self.table("figures compare", &heads, rows.into_iter());
    }

    fn row(&self, row: &Row, required: bool, shown: &[&str]) -> String {
        let mut html = format!(
            "<th scope=\"row\">{} {}</th><td>{}</td><td class=\"n\">{}</td>",
            escaped(&row.id),
            self.text(&row.text),
            dumbbell(row.own, row.others),
            figure(row.own)
        );
        if required {
            let _ = write!(html, "<td class=\"n\">{}</td>", figure(row.required));
        }
        for name in shown {
            let cell = row.cells.iter().find(|cell| cell.perspective == *name);
            let class = if cell.is_some_and(|cell| cell.reason.is_some()) { "n why" } else { "n" };
            let _ = write!(html, "<td class=\"{class}\">{}</td>", self.cell(cell));
        }
        let verdict = row
            .verdict
            .map(|verdict| format!("<br><span class=\"mark\">{}</span>", self.say(verdict)));
        let _ = write!(
            html,
            "<td class=\"n\">{}</td><td>{}{}</td>",
            figure(row.others),
            figure(row.difference),
            verdict.unwrap_or_default()
        );
        html
    }

    fn cell(&self, cell: Option<&Cell>) -> String {
        match cell {
            None => "–".to_owned(),
            Some(Cell { reason: Some(reason), .. }) => self.say(reason),
            Some(Cell { mean, n, .. }) => {
                format!("{} <span class=\"hint\">n={}</span>", figure(*mean), n.unwrap_or_default())
            }
        }
    }

    fn number(&self, number: &Number) -> String {
        match number.value {
            Some(value) => figure(Some(value)),
            None => self.say("undefined"),
        }
    }

    pub(super) fn agreement(&mut self, combined: &Combined) {
        self.heading("agreement");
        let heads = ["perspective", "count", "statements", "rwg", "icc"].map(|key| self.say(key));
        let row = |within: &Within| {
            format!(
                "<th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                self.say(within.perspective),
                within.raters,
                within.statements,
                self.number(&within.rwg),
                self.number(&within.icc1k)
            )
        };
        let rows: Vec<String> = combined.agreement.within.iter().map(row).collect();
        if !rows.is_empty() {
            self.table("figures", &heads, rows.into_iter());
        }
        let kappa = self.number(&combined.agreement.self_supervisor);
        let _ = writeln!(self.html, "<p>{}{}{kappa}</p>", self.say("kappa"), self.colon());
    }

    pub(super) fn comments(&mut self, combined: &Combined) {
        if combined.comments.is_empty() {
            return;
        }
        self.heading("comments");
        self.html.push_str("<ul>\n");
        for comment in &combined.comments {
            let (who, group) = (self.say(comment.perspective), escaped(&comment.group));
            let _ = writeln!(
                self.html,
                "<li>{group} · {who}{}{}</li>",
                self.colon(),
                escaped(&comment.text)
            );
        }
        self.html.push_str("</ul>\n");
    }
}

/// Self and others on the scale from 0 to 3, joined by a line. The figures stand beside it.
fn dumbbell(own: Option<f64>, others: Option<f64>) -> String {
    let x = |value: f64| 8.0 + value.clamp(0.0, 3.0) * 48.0;
    let mut svg = String::from(
        "<svg viewBox=\"0 0 160 24\" aria-hidden=\"true\"><path d=\"M8 12h144M8 8v8M56 8v8M104 8v8M152 8v8\" stroke=\"currentColor\" stroke-opacity=\".3\"/>",
    );
    if let (Some(own), Some(others)) = (own, others) {
        let _ = write!(
            svg,
            "<path d=\"M{:.1} 12H{:.1}\" stroke=\"currentColor\" stroke-width=\"3\"/>",
            x(own),
            x(others)
        );
    }
    if let Some(others) = others {
        let _ = write!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"12\" r=\"6\" fill=\"currentColor\"/>",
            x(others)
        );
    }
    if let Some(own) = own {
        let _ = write!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"12\" r=\"6\" fill=\"Canvas\" stroke=\"currentColor\" stroke-width=\"2.5\"/>",
            x(own)
        );
    }
    svg + "</svg>"
}
