//! Numbered lists: one level of entries, or headings with entries below them.

use super::cell::Block;
use super::glyphs::{BREAK, Findings, Glyph, text, trim};
use super::numerals::{Marker, Script, expected, marker};

/// An entry with its number.
pub struct Item {
    pub number: Marker,
    pub body: Vec<Glyph>,
}

/// A heading with the entries below it.
pub struct Heading {
    pub item: Item,
    pub entries: Vec<Item>,
}

/// Reads `一、… 二、…` (or `1. … 2. …`); `end` is where the cell ends.
pub fn entries(blocks: &[Block], end: usize, findings: &Findings) -> Vec<Item> {
    let items = items(blocks, false, end, findings);
    let mut wanted = 1;
    for item in &items {
        check(item, wanted, findings);
        wanted = item.number.value + 1;
    }
    items
}

/// Reads headings `一、…`, each with entries `1. …`.
pub fn headings(blocks: &[Block], end: usize, findings: &Findings) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for item in items(blocks, true, end, findings) {
        match (item.number.script, headings.last_mut()) {
            (Script::Chinese, last) => {
                let wanted = last.map_or(1, |heading| heading.item.number.value + 1);
                check(&item, wanted, findings);
                headings.push(Heading { item, entries: Vec::new() });
            }
            (Script::Arabic, Some(heading)) => {
                let wanted = heading.entries.last().map_or(1, |entry| entry.number.value + 1);
                check(&item, wanted, findings);
                heading.entries.push(item);
            }
            (Script::Arabic, None) => {
                let Marker { at, bytes, .. } = item.number;
                findings.error(
                    at,
                    bytes,
                    format!("expected `一、`, found `{}.`", item.number.written),
                );
            }
        }
    }
    for heading in &headings {
        if heading.entries.is_empty() {
            let Marker { at, bytes, written, .. } = &heading.item.number;
            let message = format!("`{written}、` has no entries: expected `1.` below it");
            findings.error(*at, *bytes, message);
        }
    }
    headings
}

fn check(item: &Item, wanted: u32, findings: &Findings) {
    let Marker { script, value, written, at, bytes, .. } = &item.number;
    if *value != wanted {
        let message = format!("expected `{}`, found `{written}`", expected(*script, wanted));
        findings.error(*at, *bytes, message);
    }
    if trim(&item.body).is_empty() {
        findings.error(*at, *bytes, format!("expected a text after `{written}`"));
    }
}

/// All numbered entries of a cell in their order. `two_levels` tells whether Arabic numbers
/// stand below Chinese ones.
fn items(blocks: &[Block], two_levels: bool, end: usize, findings: &Findings) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for block in blocks {
        let mut rest = &block.glyphs[..];
        match marker(rest) {
            Some(number) => rest = begin(&mut items, number, rest),
            None => match (items.last_mut(), rest.first()) {
                // A page break can cut an entry, even inside a word.
                (Some(item), _) if block.after_break => {
                    item.body.push(Glyph { c: BREAK, at: 0 });
                }
                (last, Some(first)) => {
                    let wanted = next_of(last.as_deref(), two_levels);
                    let shown: String = text(rest).chars().take(12).collect();
                    let message = format!("expected {wanted}, found `{shown}…`");
                    findings.error(first.at, first.c.len_utf8(), message);
                    continue;
                }
                (_, None) => continue,
            },
        }
        // The numbers of a list are literal, all in one stretch of text.
        let mut index = 0;
        while index < rest.len() {
            let after_gap = index > 0
                && rest
                    .get(index - 1)
                    .is_some_and(|glyph| glyph.c.is_whitespace() || glyph.c == '。');
            let number = if after_gap { marker(&rest[index..]) } else { None };
            match number.filter(|number| belongs(number, items.last(), two_levels)) {
                Some(number) => {
                    finish(&mut items, &rest[..index]);
                    rest = begin(&mut items, number, &rest[index..]);
                    index = 0;
                }
                None => index += 1,
            }
        }
        finish(&mut items, rest);
    }
    if items.is_empty() {
        let wanted = next_of(None, two_levels);
        findings.error(end, 0, format!("there is no entry here: expected {wanted}"));
    }
    items
}

fn next_of(last: Option<&Item>, two_levels: bool) -> String {
    match last.map(|item| &item.number) {
        None => "`一、`".to_owned(),
        Some(number) if two_levels && number.script == Script::Chinese => "`1.`".to_owned(),
        Some(number) => format!("`{}`", expected(number.script, number.value + 1)),
    }
}

/// Whether a number inside a text begins an entry: any where lists of such numbers stand,
/// so that a missing one is noticed, but a heading only where it is the next.
fn belongs(number: &Marker, last: Option<&Item>, two_levels: bool) -> bool {
    let Some(last) = last.map(|item| &item.number) else { return false };
    match (number.script, last.script) {
        (Script::Arabic, Script::Chinese) => two_levels && number.value <= 5,
        (Script::Arabic, Script::Arabic) => number.value <= last.value + 5,
        (Script::Chinese, Script::Chinese) => number.value == last.value + 1,
        (Script::Chinese, Script::Arabic) => false,
    }
}

fn begin<'r>(items: &mut Vec<Item>, number: Marker, rest: &'r [Glyph]) -> &'r [Glyph] {
    let rest = rest.get(number.length..).unwrap_or_default();
    items.push(Item { number, body: Vec::new() });
    rest
}

fn finish(items: &mut [Item], body: &[Glyph]) {
    if let Some(item) = items.last_mut() {
        item.body.extend_from_slice(body);
    }
}
