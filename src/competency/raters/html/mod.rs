//! The record as a page to print: A4, no scripts, nothing fetched.

mod comparison;
mod head;
mod judgement;

use std::fmt::Write;

use super::Combined;
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

    /// Ids one after the other.
    fn list(&self, ids: &[String]) -> String {
        escaped(&ids.join(if self.language == "en" { ", " } else { "、" }))
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
}
