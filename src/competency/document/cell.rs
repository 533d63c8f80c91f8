//! From a cell with its markup to blocks of text.

use super::glyphs::{BREAK, Findings, Glyph, trim};

/// A stretch of text between two tags.
pub struct Block {
    pub glyphs: Vec<Glyph>,
    /// Whether a page break stands between this block and the one before.
    pub after_break: bool,
}

/// Tags that end a stretch of text. Lists are often never closed, and hold no `<li>`.
const BLOCK_TAGS: &[&str] = &["p", "ol", "ul", "li", "br", "div", "td", "tr", "table", "tbody"];

/// Cuts a cell at its tags.
pub fn blocks(cell: &[Glyph], findings: &Findings) -> Vec<Block> {
    let mut cutter = Cutter { blocks: Vec::new(), current: Vec::new(), after_break: false };
    let mut open_paragraph = None;
    let mut strays = 0;
    let mut index = 0;
    while let Some(glyph) = cell.get(index) {
        let begins_tag = glyph.c == '<'
            && cell
                .get(index + 1)
                .is_some_and(|next| next.c == '/' || next.c.is_ascii_alphabetic());
        if begins_tag {
            let Some(length) = tag_length(&cell[index..]) else {
                findings.error(glyph.at, 1, "this tag does not end: expected `>`");
                return cutter.finish();
            };
            let tag = Tag::read(&cell[index..index + length]);
            if BLOCK_TAGS.contains(&tag.name.as_str()) {
                cutter.cut();
            } else {
                let message = format!("the tag `<{}>` is left out", tag.name);
                findings.warning(glyph.at, tag.bytes, message);
            }
            if tag.name == "p" {
                // A page break inside a list closes a paragraph that was never opened, and opens
                // one that is never closed.
                strays += usize::from(tag.closes && open_paragraph.is_none());
                open_paragraph = (!tag.closes).then_some(glyph.at);
            }
            index += length;
        } else if let Some((c, length)) = entity(&cell[index..]) {
            cutter.current.push(Glyph { c, at: glyph.at });
            index += length;
        } else {
            cutter.push(*glyph);
            index += 1;
        }
    }
    if let Some(at) = open_paragraph.filter(|_| strays == 0) {
        findings.error(at, 1, "this paragraph does not end: expected `</p>`");
    }
    cutter.finish()
}

struct Cutter {
    blocks: Vec<Block>,
    current: Vec<Glyph>,
    after_break: bool,
}

impl Cutter {
    fn push(&mut self, glyph: Glyph) {
        let empty = trim(&self.current).is_empty();
        if glyph.c == BREAK && empty {
            self.after_break = true;
        } else {
            self.current.push(glyph);
        }
    }

    fn cut(&mut self) {
        let current = std::mem::take(&mut self.current);
        let glyphs = trim(&current).to_vec();
        if !glyphs.is_empty() {
            // A break right before a tag belongs to what follows.
            let after_break = std::mem::replace(&mut self.after_break, false);
            self.blocks.push(Block { glyphs, after_break });
            let mut tail = current.iter().rev().take_while(|glyph| glyph.c.is_whitespace());
            self.after_break = tail.any(|glyph| glyph.c == BREAK);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.cut();
        self.blocks
    }
}

/// How many glyphs a tag takes, its brackets included.
fn tag_length(glyphs: &[Glyph]) -> Option<usize> {
    let rest = glyphs.get(1..)?;
    let end = rest.iter().position(|glyph| matches!(glyph.c, '<' | '>'))?;
    (rest.get(end)?.c == '>').then_some(end + 2)
}

struct Tag {
    name: String,
    closes: bool,
    bytes: usize,
}

impl Tag {
    fn read(glyphs: &[Glyph]) -> Tag {
        let inside: String =
            glyphs.iter().map(|glyph| glyph.c).filter(|c| *c != BREAK && *c != '<').collect();
        let closes = inside.starts_with('/');
        let name = inside.trim_start_matches('/').chars();
        let name = name.take_while(char::is_ascii_alphanumeric).collect::<String>();
        let bytes =
            glyphs.last().zip(glyphs.first()).map_or(1, |(last, first)| last.at + 1 - first.at);
        Tag { name: name.to_ascii_lowercase(), closes, bytes }
    }
}

/// A character reference at the start, and how many glyphs it takes.
fn entity(glyphs: &[Glyph]) -> Option<(char, usize)> {
    if glyphs.first()?.c != '&' {
        return None;
    }
    let end = glyphs.iter().take(10).position(|glyph| glyph.c == ';')?;
    let name: String = glyphs.get(1..end)?.iter().map(|glyph| glyph.c).collect();
    let c = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, end + 1))
}
