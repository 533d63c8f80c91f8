//! Writing translations into the text of a definition, in the style of what stands around them.

use std::ops::Range;

use super::judge::Taken;
use super::tree::{Kind, Node};
use super::{Definition, Place, Wording};
use crate::value::Value;

/// The longest line that a text becomes an object in.
const LONGEST_LINE: usize = 100;

pub fn edit(definition: &Definition, wordings: &[Wording], taken: &[Taken]) -> String {
    let editor = Editor { definition, style: Style::of(definition.json) };
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (index, wording) in wordings.iter().enumerate() {
        let new = taken.iter().filter(|taken| taken.wording == index);
        let new: Vec<(&str, &str)> = new.map(|t| (t.language, t.text.as_str())).collect();
        if !new.is_empty() {
            editor.write(wording, &new, &mut edits);
        }
    }
    editor.name_languages(taken, &mut edits);
    // From the end, so that places before an edit stay where they are.
    edits.sort_by_key(|(range, _)| range.start);
    let mut json = definition.json.to_owned();
    for (range, text) in edits.into_iter().rev() {
        json.replace_range(range, &text);
    }
    json
}

/// How a definition is laid out.
struct Style {
    /// What stands behind colons and commas, and inside braces.
    space: &'static str,
    indent: &'static str,
}

impl Style {
    fn of(json: &str) -> Style {
        let colon = json.split_once("\":").map_or("", |(_, rest)| rest);
        let space = if colon.starts_with([' ', '\n']) { " " } else { "" };
        let indented = json.lines().skip(1).find(|line| line.starts_with([' ', '\t']));
        let margin = indented.map_or("  ", margin_of);
        let indent = match margin.len() {
            _ if margin.starts_with('\t') => "\t",
            4 => "    ",
            _ => "  ",
        };
        Style { space, indent }
    }
}

fn margin_of(line: &str) -> &str {
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

struct Editor<'a> {
    definition: &'a Definition<'a>,
    style: Style,
}

impl Editor<'_> {
    fn write(
        &self,
        wording: &Wording,
        new: &[(&str, &str)],
        edits: &mut Vec<(Range<usize>, String)>,
    ) {
        let default = self.definition.default_locale();
        match &wording.place {
            Place::Written(node) if matches!(node.kind, Kind::Map(_)) => {
                self.add_languages(node, new, edits);
            }
            Place::Written(node) => match new {
                [(language, text)] if language.eq_ignore_ascii_case(default) => {
                    edits.push((node.range.clone(), quoted(text)));
                }
                _ => edits.push((node.range.clone(), self.languages(wording, new, node))),
            },
            Place::Bare(node) => {
                let texts = self.languages(wording, new, node);
                let choice = [("value", self.raw(node).to_owned()), ("text", texts)];
                edits.push((node.range.clone(), self.object(&choice)));
            }
            Place::Absent { object, after, field } => {
                let texts = self.languages(wording, new, object);
                edits.push(self.inserted(object, Some(*after), field, &texts));
            }
        }
    }

    /// An object of all languages, on one line where that is not too long.
    fn languages(&self, wording: &Wording, new: &[(&str, &str)], node: &Node) -> String {
        let old = wording.text.entries().filter(|(language, _)| {
            !new.iter().any(|(other, _)| other.eq_ignore_ascii_case(language))
        });
        let all = old.chain(new.iter().copied());
        let fields: Vec<(&str, String)> = all.map(|(tag, text)| (tag, quoted(text))).collect();
        let line = self.object(&fields);
        let before = self.definition.json.get(..node.range.start).unwrap_or_default();
        let own_line = before.rsplit('\n').next().unwrap_or_default();
        // Nothing but the key stands before it.
        let is_alone = before.contains('\n') && own_line.matches('"').count() == 2;
        if !is_alone || own_line.chars().count() + line.chars().count() <= LONGEST_LINE {
            return line;
        }
        let margin = margin_of(own_line);
        let indent = self.style.indent;
        let field = |(tag, text): &(&str, String)| {
            format!("\n{margin}{indent}{}:{}{text}", quoted(tag), self.style.space)
        };
        let fields: Vec<String> = fields.iter().map(field).collect();
        format!("{{{}\n{margin}}}", fields.join(","))
    }

    fn object(&self, fields: &[(&str, String)]) -> String {
        let space = self.style.space;
        let field = |(tag, text): &(&str, String)| format!("{}:{space}{text}", quoted(tag));
        let fields: Vec<String> = fields.iter().map(field).collect();
        format!("{{{space}{}{space}}}", fields.join(&format!(",{space}")))
    }

    fn add_languages(
        &self,
        node: &Node,
        new: &[(&str, &str)],
        edits: &mut Vec<(Range<usize>, String)>,
    ) {
        for (language, text) in new {
            let mut written = node.entries().iter().rev();
            let written = written.find(|(tag, _)| tag.eq_ignore_ascii_case(language));
            edits.push(match written {
                Some((_, old)) => (old.range.clone(), quoted(text)),
                None => self.inserted(node, None, language, &quoted(text)),
            });
        }
    }

    /// A new field of an object: behind the field `after`, else at its end.
    fn inserted(
        &self,
        object: &Node,
        after: Option<&str>,
        name: &str,
        value: &str,
    ) -> (Range<usize>, String) {
        let entries = object.entries();
        let known = entries.iter().rev().find(|(key, _)| Some(key.as_str()) == after);
        let field = format!("{}:{}{value}", quoted(name), self.style.space);
        match known.or(entries.last()) {
            Some((_, before)) => {
                let at = before.range.end;
                (at..at, format!(",{}{field}", self.gap(object)))
            }
            None => (object.range.clone(), self.object(&[(name, value.to_owned())])),
        }
    }

    /// What stands before the first thing inside braces or brackets: a line break with its
    /// margin where there is one, else a space or nothing.
    fn gap(&self, node: &Node) -> &str {
        let inside = self.raw(node).get(1..).unwrap_or_default();
        match margin_of(inside) {
            gap if gap.contains('\n') => gap,
            _ => self.style.space,
        }
    }

    fn raw(&self, node: &Node) -> &str {
        self.definition.json.get(node.range.clone()).unwrap_or_default()
    }

    /// A survey offers the languages that it lists, so a new one is listed.
    fn name_languages(&self, taken: &[Taken], edits: &mut Vec<(Range<usize>, String)>) {
        let mut new: Vec<&str> = Vec::new();
        let listed = &self.definition.locales;
        for language in taken.iter().map(|taken| taken.language) {
            let known = listed.iter().map(String::as_str).chain(new.iter().copied());
            let is_default = listed.is_empty()
                && language.eq_ignore_ascii_case(self.definition.default_locale());
            if !is_default && !known.into_iter().any(|known| known.eq_ignore_ascii_case(language)) {
                new.push(language);
            }
        }
        if new.is_empty() {
            return;
        }
        let root = &self.definition.root;
        match root.get("locales").and_then(|list| Some((list, list.items().last()?))) {
            Some((list, last)) => {
                let at = last.range.end;
                for language in new {
                    edits.push((at..at, format!(",{}{}", self.gap(list), quoted(language))));
                }
            }
            None => {
                let all = std::iter::once(self.definition.default_locale()).chain(new);
                let all: Vec<String> = all.map(quoted).collect();
                let all = format!("[{}]", all.join(&format!(",{}", self.style.space)));
                edits.push(match root.get("locales") {
                    Some(empty) => (empty.range.clone(), all),
                    None => self.inserted(root, Some("id"), "locales", &all),
                });
            }
        }
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_json()
}
