//! Which places of a definition hold wordings: the same shapes tell that its schema is made from.

use super::tree::{Kind, Node};
use super::{Place, Wording};
use crate::definition::{self, Field, Log, Shape};
use crate::metrics;
use crate::questions;
use crate::survey::source::{PageSource, QuestionSource, ScoringSource, SurveySource};
use crate::text::Text;
use crate::validators::{self, ValidatorSource};
use crate::value::Value;

/// Questions whose title nobody sees.
const WITHOUT_TITLE: &[&str] = &["hidden", "consent"];

/// Every wording that respondents may read, in the order of the definition.
pub fn wordings<'a>(json: &'a str, root: &'a Node, default: &'a str) -> Vec<Wording<'a>> {
    let mut finder = Finder { json, default, found: Vec::new() };
    let page = || Shape::Object { name: "", about: "", fields: PageSource::fields };
    finder.object(root, SurveySource::fields(), "$", |finder, name, node, path| match name {
        "pages" => finder.each(node, path, |finder, node, path| {
            finder.shape(node, page(), path);
            if let Some(questions) = node.get("questions") {
                finder.questions(questions, &format!("{path}.questions"));
            }
        }),
        "scoring" => finder.each(node, path, Finder::scoring),
        _ => {}
    });
    finder.found
}

struct Finder<'a> {
    json: &'a str,
    default: &'a str,
    found: Vec<Wording<'a>>,
}

impl<'a> Finder<'a> {
    /// Looks into the fields of an object; `other` is given those that are not listed.
    fn object(
        &mut self,
        node: &'a Node,
        fields: Vec<Field>,
        path: &str,
        other: impl Fn(&mut Self, &str, &'a Node, &str),
    ) {
        for (name, value) in node.entries() {
            let path = format!("{path}.{name}");
            match fields.iter().find(|field| field.name == name) {
                Some(field) => self.shape(value, (field.shape)(), &path),
                None => other(self, name, value, &path),
            }
        }
    }

    fn each(&mut self, list: &'a Node, path: &str, look: impl Fn(&mut Self, &'a Node, &str)) {
        for (index, item) in list.items().iter().enumerate() {
            look(self, item, &format!("{path}[{index}]"));
        }
    }

    fn shape(&mut self, node: &'a Node, shape: Shape, path: &str) {
        match shape {
            Shape::Text => self.text(node, path),
            Shape::List(items) => {
                self.each(node, path, |finder, item, path| finder.shape(item, items(), path));
            }
            Shape::Map(values) => {
                for (key, value) in node.entries() {
                    self.shape(value, values(), &format!("{path}.{key}"));
                }
            }
            Shape::Either(one, other) => match (one(), other()) {
                (Shape::Anything, Shape::Object { fields, .. }) => {
                    self.choice(node, fields(), path);
                }
                (one, other) => {
                    self.shape(node, one, path);
                    self.shape(node, other, path);
                }
            },
            Shape::Object { fields, .. } => self.object(node, fields(), path, |_, _, _, _| {}),
            Shape::Named("questions") => self.questions(node, path),
            Shape::Named("validator") => self.validator(node, path),
            _ => {}
        }
    }

    fn questions(&mut self, list: &'a Node, path: &str) {
        self.each(list, path, |finder, question, path| {
            let log = Log::default();
            let name = question.get("type").and_then(Node::as_text).unwrap_or_default();
            let Some(row) = questions::row(name, &definition::Place::ROOT, &log) else { return };
            if question.get("title").is_none() && finder.shows_title(question, row) {
                finder.absent(question, "id", "title", path);
            }
            let fields = QuestionSource::fields().into_iter().chain((row.fields)()).collect();
            finder.object(question, fields, path, |_, _, _, _| {});
        });
    }

    /// Whether respondents read the title of a question, or its id where there is none.
    fn shows_title(&self, question: &Node, row: &questions::Row) -> bool {
        let json = self.json.get(question.range.clone()).unwrap_or_default();
        let map = match serde_json::from_str(json) {
            Ok(Value::Map(map)) => map,
            _ => return false,
        };
        let kind = questions::read(row, &map, &definition::Place::ROOT, &Log::default());
        let asks = kind.is_some_and(|kind| kind.as_type().takes_answer());
        asks && !WITHOUT_TITLE.contains(&row.name)
    }

    fn validator(&mut self, validator: &'a Node, path: &str) {
        let name = validator.get("type").and_then(Node::as_text).unwrap_or_default();
        let own = validators::TABLE.iter().find(|row| row.name == name).map(|row| (row.fields)());
        let fields = ValidatorSource::fields().into_iter().chain(own.unwrap_or_default()).collect();
        self.object(validator, fields, path, |_, _, _, _| {});
    }

    fn scoring(&mut self, score: &'a Node, path: &str) {
        let name = score.get("metric").and_then(Node::as_text).unwrap_or_default();
        let own = metrics::TABLE.iter().find(|row| row.name == name).map(|row| (row.fields)());
        let fields = ScoringSource::fields().into_iter().chain(own.unwrap_or_default()).collect();
        self.object(score, fields, path, |_, _, _, _| {});
    }

    /// A bare value and a choice without a text are shown as the value.
    fn choice(&mut self, node: &'a Node, fields: Vec<Field>, path: &str) {
        match &node.kind {
            Kind::Map(_) if node.get("text").is_none() && has_text(&fields) => {
                self.absent(node, "value", "text", path);
            }
            Kind::Text(value) if has_text(&fields) => {
                let text = Text::new([(self.default, value.as_str())]);
                self.push(format!("{path}.text"), text, Place::Bare(node));
            }
            _ => {}
        }
        self.object(node, fields, path, |_, _, _, _| {});
    }

    /// A text that is not there, so that the value of another field is shown in its place.
    fn absent(&mut self, object: &'a Node, shown: &'static str, field: &'static str, path: &str) {
        let Some(value) = object.get(shown) else { return };
        let shown_text = match &value.kind {
            Kind::Text(text) => text.clone(),
            _ => return,
        };
        let text = Text::new([(self.default, shown_text.as_str())]);
        let place = Place::Absent { object, after: shown, field };
        self.push(format!("{path}.{field}"), text, place);
    }

    fn text(&mut self, node: &'a Node, path: &str) {
        let entries: Vec<(&str, &str)> = match &node.kind {
            Kind::Text(text) => vec![(self.default, text)],
            _ => {
                let entries = node.entries().iter();
                let texts = entries.filter_map(|(tag, text)| Some((tag.as_str(), text.as_text()?)));
                texts
                    .map(|(tag, text)| (if tag.is_empty() { self.default } else { tag }, text))
                    .collect()
            }
        };
        self.push(path.to_owned(), Text::new(entries), Place::Written(node));
    }

    /// Numbers, signs and what only shows values say the same in every language.
    fn push(&mut self, path: String, text: Text, place: Place<'a>) {
        if text.entries().any(|(_, wording)| super::has_words(wording)) {
            self.found.push(Wording { path, text, place });
        }
    }
}

fn has_text(fields: &[Field]) -> bool {
    ["value", "text"].iter().all(|name| fields.iter().any(|field| field.name == *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(shape: Shape, found: &mut Vec<&'static str>) {
        match shape {
            Shape::List(inner) | Shape::Map(inner) => names(inner(), found),
            Shape::Either(one, other) => {
                names(one(), found);
                names(other(), found);
            }
            Shape::Object { fields, .. } => all(fields(), found),
            Shape::Named(name) => found.push(name),
            _ => {}
        }
    }

    fn all(fields: Vec<Field>, found: &mut Vec<&'static str>) {
        fields.into_iter().for_each(|field| names((field.shape)(), found));
    }

    #[test]
    fn every_shape_that_is_described_elsewhere_is_looked_into() {
        let mut found = Vec::new();
        [SurveySource::fields, PageSource::fields, QuestionSource::fields, ScoringSource::fields]
            .into_iter()
            .for_each(|fields| all(fields(), &mut found));
        questions::TABLE.iter().for_each(|row| all((row.fields)(), &mut found));
        metrics::TABLE.iter().for_each(|row| all((row.fields)(), &mut found));
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, ["questions", "validator"]);
    }
}
