//! Notes: the marks 【註n】 in texts, the notes themselves, and the options that they list.

use super::cell::Block;
use super::glyphs::{BREAK, Findings, Glyph, digit, half_width, text, trim};

/// A mark in a text.
pub struct Mark {
    pub number: u32,
    /// What stands between the brackets.
    pub label: String,
    pub at: usize,
    pub bytes: usize,
    length: usize,
}

/// The marks in a text, in their order.
pub fn marks(run: &[Glyph], findings: &Findings) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, glyph) in run.iter().enumerate() {
        if is_open(glyph.c) && run.get(index + 1).is_some_and(|next| next.c == '註') {
            marks.extend(mark(&run[index..], findings));
        } else if glyph.c == '註' && !index.checked_sub(1).is_some_and(|i| is_open(run[i].c)) {
            let digits =
                run[index + 1..].iter().take_while(|glyph| digit(glyph.c).is_some()).count();
            let closes = run.get(index + 1 + digits).is_some_and(|glyph| is_close(glyph.c));
            if digits > 0 && closes {
                findings.error(
                    glyph.at,
                    glyph.c.len_utf8(),
                    "expected `【` before this mark of a note",
                );
            }
        }
    }
    marks
}

fn is_open(c: char) -> bool {
    matches!(half_width(c), '【' | '〔' | '[')
}

fn is_close(c: char) -> bool {
    matches!(half_width(c), '】' | '〕' | ']')
}

/// The mark that a run begins with; the brackets are there, so anything else is a mistake.
fn mark(run: &[Glyph], findings: &Findings) -> Option<Mark> {
    let first = run.first()?;
    let inside = run.get(2..)?;
    let not_break = inside.iter().take_while(|glyph| {
        digit(glyph.c).is_some() || glyph.c.is_whitespace() || glyph.c == BREAK
    });
    let length = not_break.count();
    let digits: Vec<u32> = inside.iter().take(length).filter_map(|glyph| digit(glyph.c)).collect();
    if digits.is_empty() || digits.len() > 3 {
        findings.error(
            first.at,
            first.c.len_utf8(),
            "expected the number of a note, such as `【註1】`",
        );
        return None;
    }
    let Some(close) = inside.get(length).filter(|glyph| is_close(glyph.c)) else {
        let message = "this mark of a note does not end: expected `】` after its number";
        findings.error(first.at, first.c.len_utf8(), message);
        return None;
    };
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    let label = text(run.get(1..2 + length)?);
    let bytes = (close.at + close.c.len_utf8()).saturating_sub(first.at);
    Some(Mark { number, label, at: first.at, bytes, length: length + 3 })
}

/// A note with what it lists.
pub struct Found {
    pub mark: Mark,
    pub body: Vec<Glyph>,
}

/// Reads a cell of notes, each of which begins with its mark.
pub fn notes(blocks: &[Block], findings: &Findings) -> Vec<Found> {
    let mut notes: Vec<Found> = Vec::new();
    for block in blocks {
        let first = block.glyphs.first().copied();
        let begins = first.is_some_and(|glyph| is_open(glyph.c))
            && block.glyphs.get(1).is_some_and(|glyph| glyph.c == '註');
        if begins {
            if let Some(mark) = mark(&block.glyphs, findings) {
                let body = block.glyphs.get(mark.length..).unwrap_or_default();
                if trim(body).is_empty() {
                    findings.error(
                        mark.at,
                        mark.bytes,
                        "expected a text after the mark of the note",
                    );
                }
                notes.push(Found { body: body.to_vec(), mark });
            }
            continue;
        }
        match (notes.last_mut(), first) {
            (Some(note), _) if block.after_break => {
                note.body.push(Glyph { c: BREAK, at: 0 });
                note.body.extend_from_slice(&block.glyphs);
            }
            (last, Some(first)) => {
                let wanted = last.map_or(1, |note| note.mark.number + 1);
                let message = format!("expected `【註{wanted}】` at the start of a note");
                findings.error(first.at, first.c.len_utf8(), message);
            }
            (_, None) => {}
        }
    }
    notes
}

/// The options that a note lists after its colon; none where it lists nothing.
///
/// They are parted by `、`, the last by `及`; where commas part them outside brackets and `、` does
/// not, by commas. An option goes on where the part before ends in `的` (全方位的、平易近人的政策),
/// and where a Latin word is joined to another (網路及 APP).
pub fn options(note: &str) -> Vec<String> {
    let Some((_, list)) = note.split_once(['：', ':']) else { return Vec::new() };
    let list = first_sentence(list);
    for separator in ['；', '、', '，'] {
        let mut parts = split(list, separator);
        if parts.len() > 1 || separator == '，' {
            if separator != '，' || parts.len() == 1 {
                split_last(&mut parts);
            }
            parts.retain(|part| !part.is_empty());
            return parts;
        }
    }
    Vec::new()
}

/// Up to the first full stop outside brackets.
fn first_sentence(text: &str) -> &str {
    let end = outside_brackets(text).find(|(_, c)| *c == '。').map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

fn outside_brackets(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0u32;
    text.char_indices().filter(move |(_, c)| {
        match half_width(*c) {
            '(' | '「' | '『' | '【' => depth += 1,
            ')' | '」' | '』' | '】' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in outside_brackets(text) {
        let before = text.get(start..at).unwrap_or_default();
        if half_width(c) == half_width(separator) && !before.ends_with('的') {
            parts.push(before.trim().to_owned());
            start = at + c.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim().to_owned());
    parts
}

/// Parts the last two options at the `及` between them.
fn split_last(parts: &mut Vec<String>) {
    let Some(last) = parts.last() else { return };
    let Some((before, after)) = conjunction(last) else { return };
    let (before, after) = (before.to_owned(), after.to_owned());
    parts.pop();
    parts.push(before);
    parts.push(after);
}

fn conjunction(text: &str) -> Option<(&str, &str)> {
    // Words that 及 is a part of: 普及, 涉及, 及時 …
    const BEFORE: &str = "普涉顧提波觸論危遍擴累";
    const AFTER: &str = "時格早第物至";
    let mut places: Vec<usize> =
        outside_brackets(text).filter(|(_, c)| *c == '及').map(|(at, _)| at).collect();
    places.reverse();
    places.into_iter().find_map(|at| {
        let before = text.get(..at)?.trim_end_matches('以').trim_end();
        let after = text.get(at + '及'.len_utf8()..)?;
        let last = before.chars().next_back()?;
        let next = after.chars().next()?;
        let in_a_word = BEFORE.contains(last) || AFTER.contains(next) || last == '的';
        let latin = next.is_whitespace() || next.is_ascii_alphanumeric();
        (!in_a_word && !latin).then_some((before, after.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::options;

    #[test]
    fn a_note_lists_its_options_in_the_ways_that_notes_do() {
        for (note, expected) in [
            ("可能包括：甲、乙及丙。", vec!["甲", "乙", "丙"]),
            ("可能包括：甲乙(丙、丁及戊)、己以及庚。", vec!["甲乙(丙、丁及戊)", "己", "庚"]),
            (
                "來自：外部(甲、乙)，內部(丙)，新的或定期的及訪客。",
                vec!["外部(甲、乙)", "內部(丙)", "新的或定期的及訪客"],
            ),
            ("模式：電話、網路及 APP。", vec!["電話", "網路及 APP"]),
            (
                "包括：研究要求、編輯全方位的、平易近人的政策。",
                vec!["研究要求", "編輯全方位的、平易近人的政策"],
            ),
            ("包括：客戶滿意度及業務績效。", vec!["客戶滿意度", "業務績效"]),
            ("包括：甲；乙、丙；丁。", vec!["甲", "乙、丙", "丁"]),
            ("包括：推廣普及、涉及範圍。另有規定者，從其規定。", vec!["推廣普及", "涉及範圍"]),
            ("包括：甲", vec!["甲"]),
            ("沒有清單。", vec![]),
            ("空的：", vec![]),
        ] {
            assert_eq!(options(note), expected, "{note}");
        }
    }
}
