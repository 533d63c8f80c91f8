//! Lists that a unit holds: the options of its notes, and the documents that a method names.

use super::Builder;
use super::node::Node;
use crate::competency::document::options;
use crate::competency::unit::{Entry, Note};
use crate::text::Text;

/// Words by which the note that lists something is known where no profile names it.
const SIGNS: &[(&str, &str)] = &[
    ("policies", "政策與程序可能"),
    ("channels", "模式提供"),
    ("feedback", "意見回饋可能"),
    ("research", "研究可能"),
];

impl Builder<'_> {
    /// The note that lists something: the one that the profile names, or the one that says so.
    fn list_note(&self, name: &str) -> Option<&Note> {
        let own =
            self.profile.lists.as_ref().and_then(|lists| lists.get(name)).and_then(Node::as_text);
        if let Some(id) = own {
            return self.unit.note(id);
        }
        let (_, sign) = SIGNS.iter().find(|(known, _)| *known == name)?;
        let says = |note: &&Note| note.text.entries().any(|(_, words)| words.contains(sign));
        self.unit.notes.iter().find(says)
    }

    /// The options as choices or rows, each under its id.
    pub(super) fn list(&self, name: &str) -> Option<Vec<Node>> {
        let items = &self.list_note(name)?.items;
        (!items.is_empty()).then(|| items.iter().map(|entry| self.option(entry)).collect())
    }

    pub(super) fn option(&self, entry: &Entry) -> Node {
        let text = self.wording.text(&entry.text);
        Node::object([("value", Node::text(entry.id.as_str())), ("text", text)])
    }

    /// The documents of a portfolio: those that a method of assessment lists.
    pub(super) fn documents(&self) -> Option<Vec<Entry>> {
        let methods = &self.unit.assessment.methods.as_ref()?.items;
        let own = self
            .profile
            .lists
            .as_ref()
            .and_then(|lists| lists.get("documents"))
            .and_then(Node::as_text);
        let named = |method: &&Entry| match own {
            Some(id) => method.id == id,
            None => !listed(&method.text).is_empty(),
        };
        let method = methods.iter().find(named)?;
        let document = |(index, text): (usize, Text)| Entry {
            id: format!("{}.{}", method.id, index + 1),
            text,
            note_refs: Vec::new(),
        };
        let documents: Vec<Entry> =
            listed(&method.text).into_iter().enumerate().map(document).collect();
        (!documents.is_empty()).then_some(documents)
    }
}

/// What a text lists after its colon, in every language that lists as much.
fn listed(text: &Text) -> Vec<Text> {
    let chinese = options(text.in_language("zh-Hant", ""));
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    for (language, words) in text.entries() {
        let list = if language.starts_with("zh") { options(words) } else { english(words) };
        if list.len() == chinese.len() || chinese.is_empty() {
            lists.push((language, list));
        }
    }
    let count = lists.first().map_or(0, |(_, list)| list.len());
    if count < 2 {
        return Vec::new();
    }
    let one = |index: usize| {
        Text::new(
            lists.iter().filter_map(|(language, list)| Some((*language, list.get(index)?.clone()))),
        )
    };
    (0..count).map(one).collect()
}

/// `…: one, another, and a third.`
fn english(words: &str) -> Vec<String> {
    let Some((_, list)) = words.rsplit_once(": ") else { return Vec::new() };
    let parts = list.trim_end_matches('.').split(", ");
    parts.map(|part| part.strip_prefix("and ").unwrap_or(part).trim().to_owned()).collect()
}
