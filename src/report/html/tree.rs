//! A page as a tree: written as HTML for a file, or built node by node in a browser.

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::value::number_text;

/// An element with its attributes and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Element(Element),
    Text(String),
}

/// An empty element.
pub fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Vec::new() }
}

/// An element of a class that holds text.
pub fn text(tag: &'static str, class: &str, words: impl Into<String>) -> Element {
    let element = element(tag).words(words);
    if class.is_empty() { element } else { element.set("class", class) }
}

impl Element {
    pub fn set(mut self, name: &'static str, value: impl Into<String>) -> Element {
        self.attributes.push((name, value.into()));
        self
    }

    pub fn number(self, name: &'static str, value: f64) -> Element {
        self.set(name, number_text((value * 100.0).round() / 100.0))
    }

    pub fn class(self, class: &str) -> Element {
        self.set("class", class)
    }

    pub fn child(mut self, child: Element) -> Element {
        self.children.push(Node::Element(child));
        self
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Element {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    pub fn words(mut self, words: impl Into<String>) -> Element {
        self.children.push(Node::Text(words.into()));
        self
    }

    /// The element as HTML. Text and attributes are escaped, so that what respondents wrote stays text.
    pub fn to_html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.tag);
        for (name, value) in &self.attributes {
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(value, html);
            html.push('"');
        }
        html.push('>');
        if matches!(self.tag, "meta" | "br" | "hr") {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(html),
                // A style sheet is our own and holds nothing to escape.
                Node::Text(text) if self.tag == "style" => html.push_str(text),
                Node::Text(text) => escape(text, html),
            }
        }
        html.push_str("</");
        html.push_str(self.tag);
        html.push('>');
    }
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            character => html.push(character),
        }
    }
}

/// `[tag, [name, value, …], child, …]`, where text is a string: what a page builds elements from.
impl Serialize for Element {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(self.tag)?;
        let attributes = self.attributes.iter().flat_map(|(name, value)| [*name, value.as_str()]);
        list.serialize_element(&attributes.collect::<Vec<_>>())?;
        for child in &self.children {
            match child {
                Node::Element(element) => list.serialize_element(element)?,
                Node::Text(text) => list.serialize_element(text)?,
            }
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{element, text};

    #[test]
    fn text_stays_text() {
        let page = element("p").set("title", "\"><script>").child(text("b", "x", "<i>&"));
        assert_eq!(
            page.to_html(),
            "<p title=\"&quot;&gt;&lt;script&gt;\"><b class=\"x\">&lt;i&gt;&amp;</b></p>"
        );
        let json = serde_json::to_string(&page).unwrap();
        assert_eq!(json, r#"["p",["title","\"><script>"],["b",["class","x"],"<i>&"]]"#);
    }
}
