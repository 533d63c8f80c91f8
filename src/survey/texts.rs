//! Which texts show which values.

use super::names::{Key, Names, Scope, Slot};
use super::path::Layout;
use super::source::SurveySource;
use super::{QuestionId, TextPlace};
use crate::text::{Piece, Text, pieces};

/// Every text that holds a `{name}`, by what the name stands for.
pub fn text_readers(source: &SurveySource, layout: Layout, names: &Names) -> Vec<(Key, TextPlace)> {
    let mut readers = Readers { found: Vec::new(), layout, names };
    let completion = source.completion.iter();
    let conditional = completion.clone().flat_map(|c| &c.texts).flat_map(|c| [&c.title, &c.text]);
    let completion = completion.flat_map(|c| [&c.title, &c.text]).chain(conditional);
    let ends = source.screen_outs.iter().flat_map(|end| [&end.title, &end.text]);
    let headings = [&source.title, &source.description].into_iter().chain(completion).chain(ends);
    let pages = layout.pages.iter().flat_map(|page| [&page.source.title, &page.source.description]);
    for text in headings.chain(pages).flatten() {
        readers.add(text, TextPlace::Heading, 0);
    }
    for block in 0..=layout.blocks.len() {
        for (index, question) in layout.block(block).iter().enumerate() {
            let source = &question.source;
            let place = TextPlace::Question(QuestionId { block, index });
            let own = [
                &source.title,
                &source.description,
                &source.help,
                &source.comment_text,
                &source.comment_placeholder,
            ];
            let own = own.into_iter().flatten();
            let validators = source.validators.iter().filter_map(|v| v.source.text.as_ref());
            for text in own.chain(question.kind.as_type().texts()).chain(validators) {
                readers.add(text, place, block);
            }
        }
    }
    readers.found
}

struct Readers<'a> {
    found: Vec<(Key, TextPlace)>,
    layout: Layout<'a>,
    names: &'a Names,
}

impl Readers<'_> {
    fn add(&mut self, text: &Text, place: TextPlace, block: usize) {
        let scope = Scope { names: self.names, blocks: self.layout.blocks, block, item: false };
        for (_, wording) in text.entries().filter(|(_, wording)| wording.contains('{')) {
            for piece in pieces(wording) {
                let Piece::Name(name) = piece else { continue };
                let slot = piped(name, &scope);
                let key = slot.and_then(|slot| Key::read(slot, block, self.layout.blocks));
                let Some(key) = key else { continue };
                let at = self.found.partition_point(|entry| *entry < (key, place));
                if self.found.get(at) != Some(&(key, place)) {
                    self.found.insert(at, (key, place));
                }
            }
        }
    }
}

/// The slot that a name in a text shows; of a dotted name, its longest known beginning.
fn piped(name: &str, scope: &Scope) -> Option<Slot> {
    let name = name.strip_prefix('#').unwrap_or(name);
    let mut rest = name;
    loop {
        if let Some(slot) = scope.get(rest) {
            return Some(slot);
        }
        rest = &rest[..rest.rfind(['.', '['])?];
    }
}
