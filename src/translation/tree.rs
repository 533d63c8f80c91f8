//! JSON with the place of every value, so that some can be changed and the rest stay as written.

use std::ops::Range;

/// A value and the bytes where it stands.
pub struct Node {
    pub range: Range<usize>,
    pub kind: Kind,
}

pub enum Kind {
    Text(String),
    List(Vec<Node>),
    /// In the order in which they are written.
    Map(Vec<(String, Node)>),
    /// A number, true, false or null.
    Other,
}

impl Node {
    /// Reads a text that is known to be JSON; of anything else, what can be made out.
    pub fn read(json: &str) -> Option<Node> {
        let mut reader =
            Reader { json, at: json.len() - json.trim_start_matches('\u{feff}').len() };
        reader.node()
    }

    /// The value of a field; the last one wins, as it does when the definition is loaded.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries().iter().rev().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// The fields of an object; none of anything else.
    pub fn entries(&self) -> &[(String, Node)] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }
}

struct Reader<'a> {
    json: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.json.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        self.at = self.json.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: char) -> Option<()> {
        self.space();
        self.rest().starts_with(sign).then(|| self.at += 1)
    }

    fn node(&mut self) -> Option<Node> {
        self.space();
        let start = self.at;
        let kind = match self.rest().chars().next()? {
            '"' => Kind::Text(self.text()?),
            '[' => Kind::List(self.all('[', ']', Reader::node)?),
            '{' => Kind::Map(self.all('{', '}', Reader::entry)?),
            _ => {
                let length = self.rest().find([',', ']', '}', ' ', '\n', '\r', '\t']);
                self.at += length.unwrap_or(self.rest().len());
                Kind::Other
            }
        };
        Some(Node { range: start..self.at, kind })
    }

    fn all<T>(
        &mut self,
        open: char,
        close: char,
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::new();
        self.take(open)?;
        while self.take(close).is_none() {
            if !all.is_empty() {
                self.take(',')?;
            }
            all.push(one(self)?);
        }
        Some(all)
    }

    fn entry(&mut self) -> Option<(String, Node)> {
        self.space();
        let key = self.text()?;
        self.take(':')?;
        Some((key, self.node()?))
    }

    fn text(&mut self) -> Option<String> {
        let mut escaped = false;
        let closing = self.rest().char_indices().skip(1).find(|(_, sign)| {
            let closes = *sign == '"' && !escaped;
            escaped = *sign == '\\' && !escaped;
            closes
        });
        let end = self.at + closing?.0 + 1;
        let text = serde_json::from_str(self.json.get(self.at..end)?).ok()?;
        self.at = end;
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_where_it_stands() {
        let json = "\u{feff} {\"a\\\"\": [1, \"x\\\\\", {}], \"b\" : null }";
        let root = Node::read(json).unwrap();
        let list = root.get("a\"").unwrap();
        let texts: Vec<&str> = list.items().iter().map(|node| &json[node.range.clone()]).collect();
        assert_eq!(texts, ["1", "\"x\\\\\"", "{}"]);
        assert_eq!(list.items()[1].as_text(), Some("x\\"));
        assert_eq!(&json[root.get("b").unwrap().range.clone()], "null");
    }

    #[test]
    fn what_is_no_json_is_nothing() {
        for text in ["", "{", "[1", "{\"a\" 1}", "\"open", "{1: 2}"] {
            assert!(Node::read(text).is_none(), "{text}");
        }
    }
}
