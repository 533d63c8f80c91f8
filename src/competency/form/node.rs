//! JSON that keeps its order, as authors like to read it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A part of a definition under construction.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A text, a number, true, false or null.
    Plain(Value),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub fn text(text: impl Into<String>) -> Node {
        Node::Plain(Value::String(text.into()))
    }

    pub fn number(number: u32) -> Node {
        Node::Plain(number.into())
    }

    pub fn yes() -> Node {
        Node::Plain(true.into())
    }

    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Node {
        Node::List(texts.into_iter().map(Node::text).collect())
    }

    pub fn object<const N: usize>(fields: [(&str, Node); N]) -> Node {
        Node::Object(fields.into_iter().map(|(name, node)| (name.to_owned(), node)).collect())
    }

    pub fn get(&self, name: &str) -> Option<&Node> {
        match self {
            Node::Object(fields) => {
                fields.iter().find(|(key, _)| key == name).map(|(_, node)| node)
            }
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Node::Plain(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<f64> {
        match self {
            Node::Plain(value) => value.as_f64(),
            _ => None,
        }
    }

    pub fn items(&self) -> &[Node] {
        match self {
            Node::List(items) => items,
            _ => &[],
        }
    }

    pub fn fields(&self) -> &[(String, Node)] {
        match self {
            Node::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The object with one more field, or with another value in it.
    #[must_use]
    pub fn with(mut self, name: &str, node: Node) -> Node {
        if let Node::Object(fields) = &mut self {
            match fields.iter_mut().find(|(key, _)| key == name) {
                Some((_, known)) => *known = node,
                None => fields.push((name.to_owned(), node)),
            }
        }
        self
    }

    /// The object with the fields of another one in the place of its own.
    #[must_use]
    pub fn merged(self, other: &Node) -> Node {
        let fields = other.fields().iter();
        fields.fold(self, |node, (name, value)| node.with(name, value.clone()))
    }

    /// The definition as text: what fits on a line of 120 columns stands on one.
    pub fn to_json(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0, 0);
        text.push('\n');
        text
    }

    fn write(&self, text: &mut String, indent: usize, lead: usize) {
        let line = self.on_one_line();
        let short = indent + lead + line.chars().map(columns).sum::<usize>() <= WIDTH;
        let (open, close, count) = match self {
            Node::Plain(_) => return text.push_str(&line),
            Node::List(items) => ('[', ']', items.len()),
            Node::Object(fields) => ('{', '}', fields.len()),
        };
        // A list of texts stays on its line: ids are not read one by one.
        let flat =
            matches!(self, Node::List(items) if items.iter().all(|i| matches!(i, Node::Plain(_))));
        if flat || (short && indent > 0 && !self.holds_parts()) {
            return text.push_str(&line);
        }
        text.push(open);
        let inner = indent + 2;
        for index in 0..count {
            text.push_str(if index > 0 { ",\n" } else { "\n" });
            text.push_str(&" ".repeat(inner));
            match self {
                Node::List(items) => {
                    if let Some(item) = items.get(index) {
                        item.write(text, inner, 0);
                    }
                }
                Node::Object(fields) => {
                    if let Some((name, node)) = fields.get(index) {
                        let name = Node::text(name.as_str()).on_one_line();
                        text.push_str(&name);
                        text.push_str(": ");
                        node.write(text, inner, name.len() + 2);
                    }
                }
                Node::Plain(_) => {}
            }
        }
        text.push('\n');
        text.push_str(&" ".repeat(indent));
        text.push(close);
    }

    /// Whether it holds lists of objects: pages, questions, choices.
    fn holds_parts(&self) -> bool {
        match self {
            Node::Plain(_) => false,
            Node::List(items) => items.iter().any(|item| matches!(item, Node::Object(_))),
            Node::Object(fields) => fields.iter().any(|(_, node)| node.holds_parts()),
        }
    }

    fn on_one_line(&self) -> String {
        match self {
            Node::Plain(value) => value.to_string(),
            Node::List(items) => {
                let items: Vec<String> = items.iter().map(Node::on_one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Node::Object(fields) => {
                let field = |(name, node): &(String, Node)| {
                    format!("{}: {}", Value::String(name.clone()), node.on_one_line())
                };
                let fields: Vec<String> = fields.iter().map(field).collect();
                if fields.is_empty() {
                    "{}".to_owned()
                } else {
                    format!("{{ {} }}", fields.join(", "))
                }
            }
        }
    }
}

const WIDTH: usize = 120;

/// Chinese characters take two columns.
fn columns(c: char) -> usize {
    if ('\u{1100}'..'\u{fffe}').contains(&c) { 2 } else { 1 }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Plain(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = access.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Object(fields))
    }
}
