//! Whom and what the record is about, who has rated, and what to be careful of.

use std::fmt::Write;

use super::{Page, escaped};
use crate::competency::raters::words::word;
use crate::competency::raters::{Combined, RaterCount};

impl Page<'_> {
    pub(super) fn facts(&mut self, combined: &Combined, ratee: Option<&str>) {
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
        let row = |count: &RaterCount| {
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

    pub(super) fn warnings(&mut self, combined: &Combined) {
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
}
