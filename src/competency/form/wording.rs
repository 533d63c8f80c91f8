//! Wordings of instruments: the unit's and Askwell's own, in the languages of the unit.

use super::node::Node;
use crate::competency::unit::{Note, Unit};
use crate::text::Text;

/// The languages that Askwell's own wordings of instruments are in.
const OWN: [&str; 2] = ["zh-Hant", "en"];

/// What stands between per cent signs in a wording.
pub struct Wording<'u> {
    pub unit: &'u Unit,
    pub languages: Vec<String>,
    pub count: usize,
}

impl<'u> Wording<'u> {
    pub fn new(unit: &'u Unit) -> Self {
        let mut languages: Vec<String> = unit.languages().into_iter().map(str::to_owned).collect();
        if languages.is_empty() {
            languages.push("en".to_owned());
        }
        Wording { unit, languages, count: 0 }
    }

    /// A part of an instrument with its wordings filled in and in the languages that are wanted.
    pub fn fill(&self, node: &Node) -> Node {
        match node {
            Node::Plain(_) => node.clone(),
            Node::List(items) => Node::List(items.iter().map(|item| self.fill(item)).collect()),
            Node::Object(fields) if is_wording(fields) => self.words(fields),
            Node::Object(fields) => {
                let fill = |(name, node): &(String, Node)| (name.clone(), self.fill(node));
                Node::Object(fields.iter().map(fill).collect())
            }
        }
    }

    fn words(&self, fields: &[(String, Node)]) -> Node {
        let wanted = |(language, _): &&(String, Node)| self.languages.contains(language);
        let mut kept: Vec<&(String, Node)> = fields.iter().filter(wanted).collect();
        if kept.is_empty() {
            // Of a language that Askwell does not speak, authors see what is to be translated.
            kept = fields.iter().filter(|(language, _)| language == "en").collect();
        }
        let fill = |(language, node): &&(String, Node)| {
            let filled = node.as_text().map(|words| Node::text(self.replaced(words, language)));
            (language.clone(), filled.unwrap_or_else(|| node.clone()))
        };
        Node::Object(kept.iter().map(fill).collect())
    }

    fn replaced(&self, words: &str, language: &str) -> String {
        if !words.contains('%') {
            return words.to_owned();
        }
        let unit = self.unit;
        let level = match (unit.level, language) {
            (None, _) => String::new(),
            (Some(level), "zh-Hant") => format!("（級別 {level}）"),
            (Some(level), _) => format!(" (level {level})"),
        };
        let minutes = (self.count / 2).next_multiple_of(5).max(5);
        words
            .replace(
                "%title%",
                plain(unit.title.in_language(language, "")).trim_end_matches(['。', '.']),
            )
            .replace("%code%", &unit.code)
            .replace("%level%", &level)
            .replace("%count%", &self.count.to_string())
            .replace("%minutes%", &minutes.to_string())
    }

    /// A text of the unit without the marks of its notes.
    pub fn text(&self, text: &Text) -> Node {
        let words =
            text.entries().map(|(language, words)| (language.to_owned(), Node::text(plain(words))));
        match words.collect::<Vec<_>>() {
            words if matches!(&words[..], [(language, _)] if language.is_empty()) => {
                words.into_iter().next().map_or(Node::text(""), |(_, words)| words)
            }
            words => Node::Object(words),
        }
    }

    /// The same as a name: without a full stop.
    pub fn name(&self, text: &Text) -> Node {
        let cut = |node: Node| match node.as_text() {
            Some(words) => Node::text(words.trim_end_matches(['。', '.'])),
            None => node,
        };
        match self.text(text) {
            Node::Object(words) => Node::Object(
                words.into_iter().map(|(language, words)| (language, cut(words))).collect(),
            ),
            plain => cut(plain),
        }
    }

    /// What notes say, each after its label.
    pub fn help(&self, label: &Node, notes: &[&Note]) -> Option<Node> {
        if notes.is_empty() {
            return None;
        }
        let mut words: Vec<(String, Node)> = Vec::new();
        for language in &self.languages {
            let known = label.get(language).or_else(|| label.get("en")).and_then(Node::as_text);
            let one = |note: &&Note| {
                let wording = note.text.in_language(language, "");
                labelled(known.unwrap_or_default(), note) + wording
            };
            let all: Vec<String> = notes.iter().map(one).collect();
            words.push((language.clone(), Node::text(all.join("\n\n"))));
        }
        Some(Node::Object(words))
    }
}

/// A wording about a note.
pub fn labelled(words: &str, note: &Note) -> String {
    words.replace("%label%", &note.label).replace("%number%", note.id.trim_start_matches('N'))
}

fn is_wording(fields: &[(String, Node)]) -> bool {
    !fields.is_empty() && fields.iter().all(|(name, _)| OWN.contains(&name.as_str()))
}

/// A wording without the marks of notes: `【註1】`, `[Note 1]`. Braces would be read as names.
pub fn plain(words: &str) -> String {
    let mut plain = words.replace('{', "｛").replace('}', "｝");
    for (open, close) in [("【註", '】'), ("[Note ", ']')] {
        while let Some(start) = plain.find(open) {
            let rest = plain.get(start..).unwrap_or_default();
            let Some(length) = rest.find(close).map(|end| end + close.len_utf8()) else { break };
            plain.replace_range(start..start + length, "");
            let before = plain.get(..start).unwrap_or_default();
            if before.ends_with(' ')
                && plain
                    .get(start..)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', ',']))
            {
                plain.remove(start - 1);
            }
        }
    }
    plain
}
