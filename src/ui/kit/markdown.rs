//! Texts with their Markdown as views. Piped answers are filled in after parsing, so that
//! nothing a respondent writes becomes markup.

use leptos::prelude::*;

use super::{Field, element};
use crate::text::{Block, Inline, Text, markdown};

/// A text as paragraphs and lists.
pub fn prose(field: Field, text: &Text) -> AnyView {
    let text = text.clone();
    let blocks = move || -> Vec<AnyView> {
        let blocks = markdown(&field.wording(&text));
        blocks.into_iter().map(|block| block_view(field, block)).collect()
    };
    blocks.into_any()
}

/// A text on one line, for titles and choices: paragraphs follow each other without a break.
pub fn inline_prose(field: Field, text: &Text) -> AnyView {
    let text = text.clone();
    let inlines = move || -> Vec<AnyView> {
        let mut views = Vec::new();
        for block in markdown(&field.wording(&text)) {
            let lines = match block {
                Block::Paragraph(line) => vec![line],
                Block::List(lines) => lines,
            };
            views.extend(lines.into_iter().flatten().map(|inline| inline_view(field, inline)));
        }
        views
    };
    inlines.into_any()
}

fn block_view(field: Field, block: Block) -> AnyView {
    let line = |tag, line: Vec<Inline>| {
        let inlines = line.into_iter().map(|inline| inline_view(field, inline));
        element(tag).child(inlines.collect::<Vec<AnyView>>())
    };
    match block {
        Block::Paragraph(inlines) => line("p", inlines).into_any(),
        Block::List(items) => {
            element("ul").children(items.into_iter().map(|item| line("li", item))).into_any()
        }
    }
}

fn inline_view(field: Field, inline: Inline) -> AnyView {
    match inline {
        Inline::Text(text) => field.fill(&text).into_any(),
        Inline::Strong(text) => element("strong").child(field.fill(&text)).into_any(),
        Inline::Emphasis(text) => element("em").child(field.fill(&text)).into_any(),
        Inline::Link { text, href } => element("a")
            .set("href", href)
            .set("target", "_blank")
            .set("rel", "noopener noreferrer")
            .child(field.fill(&text))
            .into_any(),
        Inline::Break => element("br").into_any(),
    }
}
