//! Texts with their Markdown as views. Piped answers are filled in after parsing, so that
//! nothing a respondent writes becomes markup.

use super::{Element, Field, View, Words, element, live};
use crate::text::{Block, Inline, Text, markdown};

/// Fills the `{names}` of a stretch of text.
pub type Fill = Box<dyn FnMut(&str) -> String + Send>;

/// A question's text as paragraphs and lists.
pub fn prose(field: Field, text: &Text) -> View {
    prose_from(wording(field, text), Box::new(move |text| field.fill(text)))
}

/// A question's text on one line, for titles and choices: paragraphs follow each other.
pub fn inline_prose(field: Field, text: &Text) -> View {
    let mut source = wording(field, text);
    let inlines = move || -> Vec<View> {
        let mut views = Vec::new();
        for block in markdown(&source()) {
            let lines = match block {
                Block::Paragraph(line) => vec![line],
                Block::List(lines) => lines,
            };
            let inlines = lines.into_iter().flatten();
            views.extend(inlines.map(|inline| inline_view(inline, &mut |text| field.fill(text))));
        }
        views
    };
    live(inlines)
}

fn wording(field: Field, text: &Text) -> Words {
    let text = text.clone();
    Box::new(move || field.wording(&text))
}

/// Any text as paragraphs and lists. Both closures may be tracked.
pub fn prose_from(mut source: Words, mut fill: Fill) -> View {
    let blocks = move || -> Vec<Element> {
        let blocks = markdown(&source());
        blocks.into_iter().map(|block| block_view(block, &mut *fill)).collect()
    };
    live(blocks)
}

fn block_view(block: Block, fill: &mut dyn FnMut(&str) -> String) -> Element {
    let mut line = |tag, line: Vec<Inline>| {
        let inlines = line.into_iter().map(|inline| inline_view(inline, fill));
        element(tag).child(inlines.collect::<Vec<View>>())
    };
    match block {
        Block::Paragraph(inlines) => line("p", inlines),
        Block::List(items) => {
            element("ul").children(items.into_iter().map(|item| line("li", item)))
        }
    }
}

fn inline_view(inline: Inline, fill: &mut dyn FnMut(&str) -> String) -> View {
    match inline {
        Inline::Text(text) => fill(&text).into(),
        Inline::Strong(text) => element("strong").child(fill(&text)).into(),
        Inline::Emphasis(text) => element("em").child(fill(&text)).into(),
        Inline::Link { text, href } => element("a")
            .set("href", href)
            .set("target", "_blank")
            .set("rel", "noopener noreferrer")
            .child(fill(&text))
            .into(),
        Inline::Break => element("br").into(),
    }
}
