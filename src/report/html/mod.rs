//! A report as a page: one file without anything from elsewhere, to read on a screen and on paper.

mod charts;
mod figures;
mod gaps;
mod groups;
mod tree;
mod words;

pub use tree::Element;
use tree::{element, text};
use words::Words;

use super::model::{Report, SUPPRESSED, Score};

/// How it looks, also for a page that shows the report itself.
pub const STYLE: &str = include_str!("report.css");

/// The report as a file.
pub fn write(report: &Report) -> String {
    let words = Words::of(&report.locale);
    let title = format!("{} – {}", report.survey.title, words.get("report"));
    let head = element("head")
        .child(element("meta").set("charset", "utf-8"))
        .child(
            element("meta")
                .set("name", "viewport")
                .set("content", "width=device-width, initial-scale=1"),
        )
        .child(element("meta").set("name", "color-scheme").set("content", "light dark"))
        .child(text("title", "", title))
        .child(text("style", "", STYLE));
    let body = element("body").child(element("main").class("report").child(article(report, words)));
    let page = element("html").set("lang", words.language).child(head).child(body);
    format!("<!doctype html>\n{}\n", page.to_html())
}

fn article(report: &Report, words: Words) -> Element {
    element("article").set("lang", words.language).children(parts(report))
}

/// The report in parts, each a tree, for a page that builds one after the other.
pub fn parts(report: &Report) -> Vec<Element> {
    let words = Words::of(&report.locale);
    let mut parts = vec![header(report, words)];
    if let Some(reason) = report.reason {
        let minimum = report.minimum.to_string();
        let why = match reason {
            SUPPRESSED => words.fill("too-few", &[("minimum", &minimum)]),
            _ => words.get("none").to_owned(),
        };
        parts.push(text("p", "lead", why));
    } else {
        let sections = [
            figures::scores(report, words),
            groups::trend(report, words),
            gaps::gaps(report, words),
            figures::maps(report, words),
            figures::drivers(report, words),
            figures::reliability(report, words),
            figures::issues(report, words),
            figures::distributions(report, words),
            groups::breakdowns(report, words),
            groups::heatmap(report, words),
            groups::policies(report, words),
            figures::choices(report, words),
            groups::comments(report, words),
            groups::funnel(report, words),
            groups::duration(report, words),
        ];
        parts.extend(sections.into_iter().flatten());
    }
    parts.push(method(report, words));
    parts
}

fn header(report: &Report, words: Words) -> Element {
    let mut header = element("header")
        .child(text("p", "eyebrow", words.get("report")))
        .child(text("h1", "", report.survey.title.clone()));
    let mut about = Vec::new();
    if let Some(n) = report.submissions.counted {
        about.push(words.fill("counted", &[("n", &n.to_string())]));
    }
    if !report.conditions.is_empty() {
        about.push(
            words.fill("condition", &[("conditions", &report.conditions.join(words.get("list")))]),
        );
    }
    about.push(format!("{} {}", report.survey.id, report.survey.version).trim_end().to_owned());
    header = header.child(text("p", "about", about.join(" · ")));
    if let Some(framework) = &report.survey.framework {
        let revision = framework.revision.as_ref().map(|revision| format!("({revision})"));
        let title = Some(framework.title.clone()).filter(|title| *title != framework.code);
        let parts = [Some(framework.code.clone()), title, revision];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        header = header.child(text("p", "about", words.fill("framework", &[("framework", &name)])));
    }
    if report.reason.is_none() {
        header = header.child(text("p", "lead", lead(report, words)));
    }
    header
}

/// What a person can act on, in a few sentences.
fn lead(report: &Report, words: Words) -> String {
    let mut sentences = Vec::new();
    if let Some((first, value)) = report.scores.iter().find_map(|score| Some((score, score.value?)))
    {
        let value = words.value(first, value);
        sentences.push(words.fill("lead.score", &[("title", &first.title), ("value", &value)]));
    }
    let real = |score: &&Score| {
        score.change.as_ref().is_some_and(|change| change.beyond_noise == Some(true))
    };
    if let Some((score, change)) =
        report.scores.iter().find(real).and_then(|score| Some((score, score.change.as_ref()?)))
    {
        let value = change.value.unwrap_or_default();
        let key = if value > 0.0 { "lead.better" } else { "lead.worse" };
        let size = words.difference(score, value);
        let size = size.trim_start_matches(['+', '−']).to_owned();
        let values = [("title", score.title.as_str()), ("change", &size), ("wave", &change.from)];
        sentences.push(words.fill(key, &values));
    }
    if let Some(first) = report.maps.iter().find_map(figures::first_to_act) {
        sentences.push(words.fill("lead.act", &[("first", first)]));
    }
    if report.scores.iter().any(|score| score.small) {
        sentences.push(words.get("lead.few").to_owned());
    }
    sentences.join(" ")
}

fn method(report: &Report, words: Words) -> Element {
    let counts = &report.submissions;
    let minimum = report.minimum.to_string();
    let read = words.fill(
        "method.read",
        &[
            ("read", &counts.read.to_string()),
            ("duplicates", &counts.duplicates.to_string()),
            ("other", &counts.other_survey.to_string()),
            ("unreadable", &counts.unreadable.to_string()),
        ],
    );
    let versions = (!counts.versions.is_empty()).then(|| {
        words.fill("method.versions", &[("versions", &counts.versions.join(words.get("list")))])
    });
    let nps = report.scores.iter().any(|score| score.metric == "nps");
    let nps = nps.then(|| words.get("method.nps").to_owned());
    let paragraphs =
        [Some(words.fill("method.text", &[("minimum", &minimum)])), Some(read), versions, nps];
    element("footer")
        .child(text("h2", "", words.get("method")))
        .children(paragraphs.into_iter().flatten().map(|words| text("p", "", words)))
}

/// A part of the report under a heading, led by what its picture says.
fn section(title: impl Into<String>, summary: impl Into<String>) -> Element {
    let summary = summary.into();
    let section = element("section").child(text("h2", "", title));
    if summary.is_empty() { section } else { section.child(text("p", "summary", summary)) }
}
