//! The record as a page to print: A4, no scripts, nothing fetched.

use std::fmt::Write;

use super::Combined;
use super::agreement::Number;
use super::statements::{Cell, Row};
use super::words::word;
use crate::competency::form::plain;
use crate::text::Text;
use crate::value::rounded_text;

const STYLE: &str = include_str!("page.css");

/// The page in a language, `zh-Hant` or `en`; `ratee` is the code of the person.
pub fn page(combined: &Combined, language: &str, ratee: Option<&str>) -> String {
    let mut page = Page { html: String::new(), language };
    page.whole(combined, ratee);
    page.html
}

struct Page<'l> {
    html: String,
    language: &'l str,
}

/// Text as text: whatever it holds, it is no markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

fn figure(number: Option<f64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| rounded_text(number, 0, 0, 2).replace('-', "−"))
}

impl Page<'_> {
    fn say(&self, key: &str) -> String {
        escaped(word(key, self.language))
    }

    /// What stands between a name and what it is.
    fn colon(&self) -> &'static str {
        if self.language == "en" { ": " } else { "：" }
    }

    fn text(&self, text: &Text) -> String {
        escaped(&plain(text.in_language(self.language, "zh-Hant")))
    }

    fn heading(&mut self, key: &str) {
        let _ = writeln!(self.html, "<h2>{}</h2>", self.say(key));
    }

    fn table(&mut self, class: &str, heads: &[String], rows: impl Iterator<Item = String>) {
        let heads: String =
            heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
        let rows: String = rows.map(|row| format!("<tr>{row}</tr>\n")).collect();
        let _ = writeln!(
            self.html,
            "<div class=\"scroll\"><table class=\"{class}\"><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></div>"
        );
    }

    fn whole(&mut self, combined: &Combined, ratee: Option<&str>) {
        let (language, title) = (escaped(self.language), self.say("title"));
        let _ = writeln!(
            self.html,
            "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
             <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>"
        );
        self.facts(combined, ratee);
        self.warnings(combined);
        self.comparison(combined);
        self.agreement(combined);
        self.comments(combined);
        self.coverage(combined);
        self.aspects(combined);
        self.sign_off(combined);
        self.notes(combined);
        self.html.push_str("</body></html>\n");
    }

    fn facts(&mut self, combined: &Combined, ratee: Option<&str>) {
        let unit = &combined.unit;
        let mut facts = format!(
            "{}{}{} {}",
            self.say("unit"),
            self.colon(),
            escaped(&unit.code),
            self.text(&unit.title)
        );
        if let Some(level) = unit.level {
            let _ = write!(facts, " · {} {level}", self.say("level"));
        }
        if let Some(revision) = &unit.revision {
            let _ = write!(facts, " · {}", self.text(revision));
        }
        let _ = writeln!(self.html, "<p>{facts}</p>");
        if let Some(ratee) = ratee {
            let _ = writeln!(
                self.html,
                "<p>{}{}{}</p>",
                self.say("ratee"),
                self.colon(),
                escaped(ratee)
            );
        }
        let heads = ["perspective", "count", "minimum"].map(|key| self.say(key));
        let row = |count: &super::RaterCount| {
            let name = self.say(count.perspective);
            format!(
                "<th scope=\"row\">{name}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                count.n, count.minimum
            )
        };
        let rows: Vec<String> = combined.raters.iter().map(row).collect();
        self.heading("raters");
        self.table("figures", &heads, rows.into_iter());
        let _ = writeln!(self.html, "<aside><p>{}</p></aside>", self.say("caution"));
        let unofficial = self.say("unofficial");
        if !unofficial.is_empty() && unit.title.languages().any(|language| language == "en") {
            let _ = writeln!(self.html, "<p class=\"hint\">{unofficial}</p>");
        }
    }

    fn warnings(&mut self, combined: &Combined) {
        if combined.warnings.is_empty() {
            return;
        }
        self.heading("warnings");
        self.html.push_str("<ul>\n");
        for warning in &combined.warnings {
            let words = self.say(&format!("warning.{}", warning.code));
            let about = warning.about.as_deref().map(|about| match word(about, self.language) {
                "" => escaped(about) + self.colon(),
                name => escaped(name) + self.colon(),
            });
            let _ = writeln!(self.html, "<li>{}{words}</li>", about.unwrap_or_default());
        }
        self.html.push_str("</ul>\n");
    }

    fn comparison(&mut self, combined: &Combined) {
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

    fn agreement(&mut self, combined: &Combined) {
        self.heading("agreement");
        let heads = ["perspective", "count", "statements", "rwg", "icc"].map(|key| self.say(key));
        let row = |within: &super::agreement::Within| {
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

    fn comments(&mut self, combined: &Combined) {
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

    fn coverage(&mut self, combined: &Combined) {
        let coverage = &combined.coverage;
        self.heading("coverage");
        let mut heads = vec![self.say("statement")];
        heads.extend(coverage.methods.iter().map(|method| escaped(&method.id)));
        let covered = self.say("covered");
        let rows = coverage.statements.iter().map(|one| {
            let mut row = format!("<th scope=\"row\">{}</th>", escaped(&one.id));
            for method in &coverage.methods {
                let mark = if one.methods.contains(&method.id) { covered.as_str() } else { "–" };
                let _ = write!(row, "<td>{mark}</td>");
            }
            row
        });
        let rows: Vec<String> = rows.collect();
        self.table("cover", &heads, rows.into_iter());
        let methods = coverage.methods.iter();
        let methods: String = methods
            .map(|m| format!("<li>{}{}{}</li>", escaped(&m.id), self.colon(), self.text(&m.text)))
            .collect();
        let _ = writeln!(self.html, "<ul class=\"hint\">{methods}</ul>");
        if !coverage.open.is_empty() {
            let open = escaped(&coverage.open.join(", "));
            let _ = writeln!(
                self.html,
                "<p class=\"mark\">{}{}{open}</p>",
                self.say("open"),
                self.colon()
            );
        }
    }

    fn notes(&mut self, combined: &Combined) {
        if combined.notes.is_empty() {
            return;
        }
        self.heading("notes");
        self.html.push_str("<ul class=\"hint\">\n");
        for note in &combined.notes {
            let (label, about) = (escaped(&note.label), escaped(&note.referenced_by.join(", ")));
            let _ = writeln!(self.html, "<li>【{label}】({about}) {}</li>", self.text(&note.text));
        }
        self.html.push_str("</ul>\n");
    }

    fn aspects(&mut self, combined: &Combined) {
        self.heading("aspects");
        let _ = writeln!(self.html, "<p class=\"hint\">{}</p>", self.say("aspects-note"));
        let heads =
            ["statement", "rests-on", "methods", "judgement", "reason"].map(|key| self.say(key));
        let mut rows = Vec::new();
        for (aspect, judged) in combined.coverage.aspects.iter().zip(&combined.record.aspects) {
            let judgement = match &judged.judgement {
                Some(judgement) => self.say(judgement),
                None => ["satisfactory", "not-yet", "more-evidence"]
                    .map(|key| format!("☐ {}", self.say(key)))
                    .join("<br>"),
            };
            rows.push(format!(
                "<th scope=\"row\">{} {}</th><td>{}</td><td>{}</td><td class=\"ask\">{judgement}</td><td>{}</td>",
                escaped(&aspect.id),
                self.text(&aspect.text),
                escaped(&aspect.statements.join(", ")),
                escaped(&aspect.methods.join(", ")),
                escaped(judged.reason.as_deref().unwrap_or_default())
            ));
        }
        self.table("aspects", &heads, rows.into_iter());
        if combined.record.context.is_empty() {
            return;
        }
        self.heading("context");
        self.html.push_str("<ul>\n");
        for point in &combined.record.context {
            let entered = match point.entered.as_deref() {
                Some(answer @ ("yes" | "no")) => self.say(answer),
                Some(entered) => escaped(entered),
                None => "____".to_owned(),
            };
            let _ = writeln!(
                self.html,
                "<li>{} {}{}{entered}</li>",
                escaped(&point.id),
                self.text(&point.text).trim_end_matches(['。', '.']),
                self.colon()
            );
        }
        self.html.push_str("</ul>\n");
    }

    fn sign_off(&mut self, combined: &Combined) {
        let record = &combined.record;
        self.heading("sign-off");
        let decision = match &record.decision {
            Some(decision) => self.say(decision),
            None => ["competent", "not-yet-competent"]
                .map(|key| format!("☐ {}", self.say(key)))
                .join("　"),
        };
        let _ = writeln!(self.html, "<p>{}{}{decision}</p>", self.say("decision"), self.colon());
        let feedback = escaped(record.feedback.as_deref().unwrap_or_default());
        let _ = writeln!(
            self.html,
            "<p>{}</p><div class=\"line\">{feedback}</div>",
            self.say("feedback")
        );
        self.html.push_str("<div class=\"sign\">");
        let date = escaped(record.assessed_on.as_deref().unwrap_or_default());
        let assessor = escaped(record.assessor.as_deref().unwrap_or_default());
        let signed = |yes: bool| if yes { self.say("signed") } else { String::new() };
        for (label, filled) in [
            (self.say("assessor"), assessor),
            (
                format!("{} · {}", self.say("assessor"), self.say("signature")),
                signed(record.signed),
            ),
            (
                format!("{} · {}", self.say("ratee"), self.say("signature")),
                signed(record.signed_by_ratee),
            ),
            (self.say("date"), date),
        ] {
            let _ =
                write!(self.html, "<div><p>{label}</p><div class=\"line\">{filled}</div></div>");
        }
        self.html.push_str("</div>\n");
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
