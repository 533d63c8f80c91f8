//! What the assessor needs for a judgement, and the judgement: coverage, critical aspects, signatures, notes.

use std::fmt::Write;

use super::{Page, escaped};
use crate::competency::raters::Combined;

impl Page<'_> {
    pub(super) fn coverage(&mut self, combined: &Combined) {
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
            let open = self.list(&coverage.open);
            let _ = writeln!(
                self.html,
                "<p class=\"mark\">{}{}{open}</p>",
                self.say("open"),
                self.colon()
            );
        }
    }

    pub(super) fn aspects(&mut self, combined: &Combined) {
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
                self.list(&aspect.statements),
                self.list(&aspect.methods),
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

    pub(super) fn sign_off(&mut self, combined: &Combined) {
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

    pub(super) fn notes(&mut self, combined: &Combined) {
        if combined.notes.is_empty() {
            return;
        }
        self.heading("notes");
        self.html.push_str("<ul class=\"hint\">\n");
        for note in &combined.notes {
            let (label, about) = (escaped(&note.label), self.list(&note.referenced_by));
            let _ = writeln!(self.html, "<li>【{label}】({about}) {}</li>", self.text(&note.text));
        }
        self.html.push_str("</ul>\n");
    }
}
